"""Lists of people as workbooks."""
from lms.kernel.db import db
from lms.kernel.i18n import _, named, partial_day
from lms.kernel.sheets import Table, write_workbook
from lms.people.fault_words import fault_word
from lms.people.import_actions import read_batch
from lms.people.queries import people_seen_by, posts_today
from lms.people.words import OUTCOME_WORDS


def people_workbook(viewer, search):
    """The people ``viewer`` may follow, as the page lists them, without private fields."""
    people = db.session.scalars(people_seen_by(viewer, search)).all()
    posts = posts_today([person.id for person in people])
    header = [_("No."), _("Staff code"), _("Full name"), _("Year of birth"), _("Gender"),
              _("Job title"), _("Unit")]
    rows = []
    for number, person in enumerate(people, 1):
        held = posts.get(person.id, [])
        rows.append([number, person.key, person.full_name, person.birth_year,
                     {"f": _("Female"), "m": _("Male")}.get(person.gender, ""),
                     "; ".join(post.title for post in held if post.title),
                     "; ".join(named(post.unit) for post in held)])
    return write_workbook([Table(_("People"), header, rows)])


def answered_workbook(batch):
    """The list as it was read, with a column that says what happens to each row and why."""
    listing = read_batch(batch)
    items = {item["row"]["line"]: item for item in (batch.plan or {"rows": []})["rows"]}
    header = [_("Row"), _("Full name"), _("Born"), _("Job title"), _("Unit"), _("Phone"),
              _("What happens"), _("Why")]
    rows = [[row.line, row.full_name, partial_day(row.birth), row.title, row.unit, row.phone,
             *_answer(items.get(row.line))] for row in listing.rows]
    return write_workbook([Table(_("Answer"), header, rows, batch.file.name)])


def _answer(item):
    if item is None:
        return ["", ""]
    notes = [*item["faults"], *item["warnings"]]
    return [str(OUTCOME_WORDS[item["outcome"]]),
            " ".join(fault_word(note["code"]) for note in notes)]
