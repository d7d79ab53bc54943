"""The order of options: shuffled, but for those whose words depend on their place.  Pure."""
from quizzes.questions.places import names_letters, stays_last

#: Options of these kinds stand as every reader expects them.
STANDING = ("truefalse",)
#: The author's order of these gives the key away.
ALWAYS = ("ordering",)


def option_order(kind, options, shuffled, chance):
    """The keys of ``options`` in the order a paper shows them."""
    keys = [option["key"] for option in options]
    if kind in STANDING or not (shuffled or kind in ALWAYS):
        return keys
    if kind not in ALWAYS and names_letters(options):
        return keys
    last = [option["key"] for option in options if stays_last(option)]
    free = [key for key in keys if key not in last]
    chance.shuffle(free)
    return free + last
