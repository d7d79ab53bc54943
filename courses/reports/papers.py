"""From a report or a unit to its papers."""
from dataclasses import replace

from flask import current_app

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import VIETNAMESE, _, speaking
from lms.kernel.paper import MissingGlyph
from lms.organisations.ahead import words_ahead
from lms.people.queries import people_by_id

from courses.classes.queries import classes_open_for
from courses.reports.contents import Text
from courses.reports.drawing import DRAWN
from courses.reports.queries.measuring import matter_of, proposed_heading
from courses.reports.queries.working import (
    give_phones,
    missing_in,
    next_classes,
    unit_figures,
)
from courses.reports.working import call_sheet, summary
from courses.reports.writing import official_report


def drawn(paper, kind):
    """The bytes of ``paper`` as a file of this kind: docx, pdf or xlsx."""
    try:
        return DRAWN[kind](paper)
    except MissingGlyph as fault:
        raise Refusal(_("These letters cannot be printed: %(letters)s. Look again at the names and "
                        "titles.", letters=fault)) from None


def draft_paper(matter):
    """The report that is not locked."""
    return official_report(matter)


def locked_paper(report, names=False):
    """The paper of a locked report, with the names behind every figure where asked."""
    matter = matter_of(report)
    people = names_behind(matter) if names else None
    return official_report(matter, address_of(report), people)


def address_of(report):
    """The address behind the QR of a locked report."""
    return f"{current_app.config['SITE_URL']}/r/{report.code}"


def names_behind(matter):
    """id → (key to sort by, name, year of birth, names of units) for everybody behind a figure."""
    people = people_by_id({key for rows in matter.people.values() for key in rows})
    units = {unit.id: unit.name_vi for unit in matter.units}
    posts = {key: ids for rows in matter.people.values() for key, (_status, ids) in rows.items()}
    return {key: (f"{person.sort_key} {person.key}", person.full_name, person.birth_year,
                  "; ".join(units[unit] for unit in posts[key] if unit in units))
            for key, person in people.items()}


def summary_paper(unit, on, viewer):
    """The one page of a unit for its head."""
    found = unit_figures(unit, on)
    missing = missing_in(unit, found, on)
    courses = {course for one in missing for course in one.courses}
    classes = classes_open_for(courses, clock.today(), viewer) if courses else []
    return _with_acts_ahead(summary(unit, on, found, missing, classes,
                                    proposed_heading(viewer, unit)), on)


def call_paper(unit, on, viewer):
    """The list of those of a unit still to be trained, with the phone numbers."""
    missing = give_phones(missing_in(unit, unit_figures(unit, on), on), viewer)
    return _with_acts_ahead(call_sheet(unit, on, missing, next_classes(missing, viewer),
                                       proposed_heading(viewer, unit)), on)


def _with_acts_ahead(paper, on):
    """The ``paper``, which of a day to come says first which acts wait until then."""
    with speaking(VIETNAMESE):
        words = words_ahead(on)
    return replace(paper, body=(Text(words), *paper.body)) if words else paper
