"""The words of lists: what a column holds, what happens to a row."""
from lms.kernel.i18n import _l

FIELD_WORDS = {
    "number": _l("No."), "full_name": _l("Full name"),
    "family_middle": _l("Family and middle name"),
    "given": _l("Given name"), "birth": _l("Date or year of birth"),
    "birth_male": _l("Year of birth (men)"), "birth_female": _l("Year of birth (women)"),
    "gender": _l("Gender"), "title": _l("Job title"), "unit": _l("Unit"), "phone": _l("Phone"),
    "email": _l("E-mail"), "staff_code": _l("Staff code"), "group": _l("Group of people"),
    "note": _l("Note"),
}
OUTCOME_WORDS = {
    "new": _l("new person"), "moved": _l("moves to the unit"), "changed": _l("changes"),
    "unchanged": _l("nothing to change"), "fault": _l("fault: left out"),
}
#: Of whom the list finds a record without any post on the day: left, or an import undone.
WITHOUT_POST = _l("takes a post again")

#: What can have happened to somebody, as a workbook of staff changes says it.
HAPPENING_WORDS = {
    "moved": _l("Moved"), "retitled": _l("Another title"), "took-on": _l("One more post"),
    "came-back": _l("Came back"), "resigned": _l("Resigned"), "retired": _l("Retired"),
    "elsewhere": _l("Went to an office outside this province"),
}
CHANGE_WORDS = {
    "staff_code": _l("Staff code"), "full_name": _l("Full name"), "birth": _l("Born"),
    "unit": _l("Unit"), "title": _l("Job title"), "happening": _l("What happened"),
    "since": _l("From"), "new_unit": _l("New unit"), "new_title": _l("New job title"),
}


def outcome_word(item):
    """What happens to a row of a plan, as a batch keeps it, in the reader's language."""
    elsewhere = any(note["code"] == "main-elsewhere" for note in item["warnings"])
    if item["outcome"] == "moved" and not item.get("left_unit_id") and not elsewhere:
        return str(WITHOUT_POST)
    return str(OUTCOME_WORDS[item["outcome"]])
