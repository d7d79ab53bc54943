"""The list of a class as a workbook."""
from lms.kernel.i18n import _, named, partial_day
from lms.kernel.sheets import Table, write_workbook


def class_workbook(course_class, people, outlooks):
    """The bytes of a workbook with ``people`` (enrolments) and how they stand."""
    header = [_("No."), _("Full name"), _("Born"), _("Unit"), _("Sessions attended"),
              _("Sessions"), _("Mark"), _("Result")]
    rows = []
    for number, enrolment in enumerate(people, 1):
        outlook = outlooks[enrolment.id]
        rows.append([number, enrolment.person.full_name, partial_day(enrolment.person.birth),
                     named(enrolment.unit) if enrolment.unit else "", outlook.attended,
                     outlook.sessions, enrolment.mark, result_word(enrolment)])
    return write_workbook([Table(course_class.code, header, rows, named(course_class))],
                          [(_("Class"), named(course_class)), (_("Code"), course_class.code),
                           (_("First day"), course_class.starts_on),
                           (_("Last day"), course_class.ends_on)])


def result_word(enrolment):
    """The result of a participant in a word; nothing before the class is closed."""
    if enrolment.passed is None:
        return ""
    return _("passed") if enrolment.passed else _("not passed")
