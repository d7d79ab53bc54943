"""Units as papers name them, in Vietnamese."""

#: Units named after a place: the word for the kind stands small inside a sentence, and a people's
#: committee acts for them.
PLACES = ("province", "district", "commune", "ward")


def in_a_sentence(unit):
    """The Vietnamese name of ``unit`` inside a sentence: tỉnh Cao Bằng, Sở Nội vụ."""
    name = unit.name_vi
    return f"{name[:1].lower()}{name[1:]}" if unit.kind in PLACES else name


def agency(unit):
    """Who acts for ``unit`` on paper: for one named after a place its people's committee."""
    return f"UBND {in_a_sentence(unit)}" if unit.kind in PLACES else unit.name_vi
