"""The words for what is wrong, or worth a look, in a row of a list."""
from lms.kernel.i18n import _l, of_both

#: What is wrong, and what to do.
FAULTS = {
    "name-missing": _l("The name is missing. Type it, or delete the row."),
    "name-digits": _l("A name has no digits. Type the name."),
    "birth-day": _l("The month has no such day. Type dd/mm/yyyy, or only the year."),
    "birth-month": _l("There are only twelve months; the day comes first. Type dd/mm/yyyy."),
    "birth-year": _l("Nobody of that year works here. Check the year of birth."),
    "birth-form": _l("This is not a date. Type dd/mm/yyyy, or only the year."),
    "text-long": _l("The text is too long for this column. Shorten it."),
    "gender-form": _l("The gender is neither “Nam” nor “Nữ”. Type one of them, or nothing."),
    "gender-twice": _l("Both “Nam” and “Nữ” are filled in. Clear one of them."),
    "email-form": _l("This is not an e-mail address. Leave it empty if unknown."),
    "code-twice": _l("An earlier row has this staff code already. Correct one of them."),
    "phone-rounded": _l("The spreadsheet shortened the number. Type it again as text."),
    "phone-form": _l("A phone number has ten digits and begins with 0. Leave it empty if unknown."),
    "unit-missing": _l("The unit is missing. Type its name in the column or above the rows."),
    "unit-unknown": _l("There is no unit of this name on that day."),
    "unit-beyond": _l("You do not answer for this unit. Ask its contact person or an officer."),
    "person-beyond": _l("This person works in a unit you do not answer for. Ask an officer to move "
                        "them."),
    "person-above": _l("Only an officer changes the people who organise or check the training."),
    "group-unknown": _l("There is no group of this name."),
    "two-fit": _l("Two people fit. Add the staff code of the right one."),
    "twice": _l("An earlier row seems to be the same person. Delete one of the rows, or tell the "
                "two apart by birth or staff code."),
    "two-units": _l("The list has this person in two units. Keep the row of the main post; one "
                    "more post is recorded on the person's page."),
    "person-unknown": _l("Nobody is known by this name and code. Correct it, or enter the person "
                         "first."),
    "two-changes": _l("An earlier row has a change of this person. Record one now and the other "
                      "with a further workbook."),
    "happening-missing": _l("Say what happened, or empty the other cells of the row."),
    "happening-unknown": _l("This is none of the words of the column. Choose one of them."),
    "day-missing": _l("The day is missing. Type dd/mm/yyyy."),
    "day-form": _l("This is not a date. Type dd/mm/yyyy, for example 05/02/2026."),
    "day-far": _l("The day lies too far back or ahead. Check the year."),
    "new-unit-missing": _l("Type the unit to which the person goes."),
    "unit-two": _l("Two units have this name. Type the code of the right one."),
    "title-missing": _l("Type the new job title."),
    "code-other": _l("The staff code belongs to somebody with another name."),
}

#: What a clerk should look at; the row is taken as shown.
WARNINGS = {
    "zero-restored": _l("The spreadsheet had lost the zero in front; it is put back."),
    "first-phone": _l("Several numbers: the first is kept."),
    "old-prefix": _l("A mobile number of before 2018: written with its new prefix."),
    "first-email": _l("Several addresses: the first is kept."),
    "young": _l("Born so late? Check the year."),
    "month-dropped": _l("Only month and year: the year is kept."),
    "from-tcvn3": _l("Read from the old code TCVN3 (.VnTime). Check the name."),
    "from-vni": _l("Read from the old code VNI. Check the name."),
    "letter-lost": _l("A letter “ư” seems to be lost, as happens with TCVN3. Check the name."),
    "prefix-dropped": _l("The form of address or degree in front is left out."),
    "letterhead-moves": _l("Only the letterhead says so. Check that this person moves there."),
    "remark": _l("This seems to hold more than a name. Check it."),
    "one-word": _l("A name of one word. Check it."),
    "capitals": _l("Typed in capitals; written with ordinary letters here. Check it."),
    "main-elsewhere": _l("The main post is in a unit you do not answer for and stays; this is "
                         "recorded as one more post."),
    "group-ruled": _l("A rule says who belongs to this group; what the list says is left out."),
    "hidden-row": _l("This row is hidden in the workbook, perhaps by a filter. If it is not meant, "
                     "delete it there."),
    "twice-elsewhere": _l("An earlier row has this name and birth in another unit. If it is the "
                          "same person, delete one of the rows in the file."),
    "same-name": _l("Somebody of the same name exists already; the birth dates differ."),
}


def note_word(note):
    """The sentence for a fault or warning as a plan keeps it; a refusal is its own sentence."""
    return of_both(note["text"]) if note["code"] == "refused" else fault_word(note["code"])


def fault_word(code):
    """The sentence for the fault or warning ``code`` in the reader's language."""
    return str(FAULTS.get(code) or WARNINGS[code])
