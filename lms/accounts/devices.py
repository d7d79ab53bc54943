"""What a browser says of itself, in two words a reader knows."""

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"),
            ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))


def device_of(agent):
    """``Chrome, Android`` from the header User-Agent; what is not known is left out."""
    return ", ".join(word for word in (_first(BROWSERS, agent), _first(SYSTEMS, agent)) if word)


def _first(table, agent):
    return next((word for sign, word in table if sign in agent), "")
