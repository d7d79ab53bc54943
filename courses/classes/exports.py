"""Lists of classes and of the people in one, as workbooks."""
from lms.kernel.i18n import _, named
from lms.kernel.sheets import Table, write_workbook

from courses.classes.words import HEADINGS, MODES, SOURCES, STATES


def class_workbook(course_class, rows):
    """The bytes of a workbook with ``rows`` (results of people) and how they stand."""
    header = [_("No."), _("Full name"), _("Year of birth"), _("Unit"), _("Sessions attended"),
              _("Absent with leave"), _("Sessions"), _("Mark"), _("Result")]
    lines = []
    for number, row in enumerate(rows, 1):
        enrolment, outlook = row.enrolment, row.outlook
        lines.append([
            number, enrolment.person.full_name, enrolment.person.birth_year,
            named(enrolment.unit) if enrolment.unit else "", outlook.attended, outlook.excused,
            outlook.sessions, enrolment.mark, result_word(enrolment)])
    return write_workbook([Table(course_class.code, header, lines, named(course_class))],
                          [(_("Class"), named(course_class)), (_("Code"), course_class.code),
                           (_("First day of the class"), course_class.starts_on),
                           (_("Last day of the class"), course_class.ends_on)])


def result_word(enrolment):
    """The result of a participant in a word; nothing before the class is closed."""
    if enrolment.passed is None:
        return ""
    return _("passed") if enrolment.passed else _("not passed")


def costs_workbook(course_class, costs):
    """The bytes of a workbook with what the class costs, in đồng."""
    header = [_("No."), _("What for"), _("Where the money comes from"), _("Who pays"),
              _("Planned (đồng)"), _("Spent (đồng)")]
    rows = [[number, HEADINGS[one.heading], SOURCES[one.source], named(one.payer), one.planned,
             one.actual] for number, one in enumerate(costs, 1)]
    return write_workbook([Table(_("Costs of the class"), header, rows, named(course_class))],
                          [(_("Class"), named(course_class)), (_("Code"), course_class.code)])


def lecturers_workbook(rows, topics, year):
    """The bytes of a workbook with the lecturers ``rows`` (each Taught); ``topics``: person id →
    what they taught in ``year`` (None: in all years).
    """
    header = [_("No."), _("Academic title and degree"), _("Full name"), _("Topics"), _("Classes"),
              _("Sessions"), _("Periods (tiết)")]
    lines = [[number, row.title, row.person.full_name, "; ".join(topics.get(row.person.id, ())),
              row.classes, row.sessions, row.periods] for number, row in enumerate(rows, 1)]
    return write_workbook([Table(_("Lecturers"), header, lines)],
                          [(_("Year"), year or _("all years"))])


def classes_workbook(classes, day):
    """The bytes of a workbook with ``classes`` as they stand on ``day``."""
    header = [_("No."), _("Code"), _("Class"), _("Course"), _("Organised by"),
              _("First day of the class"), _("Last day of the class"), _("Mode"), _("Place"),
              _("Seats"), _("State")]
    rows = [[number, one.code, named(one), named(one.course), named(one.organiser), one.starts_on,
             one.ends_on, MODES[one.mode], one.place, one.seats, STATES[one.state(day)]]
            for number, one in enumerate(classes, 1)]
    return write_workbook([Table(_("Classes"), header, rows)], [(_("Day"), day)])
