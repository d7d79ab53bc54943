"""Lists of people as workbooks."""
from lms.kernel.db import db
from lms.kernel.i18n import _, named, partial_day
from lms.kernel.sheets import Table, write_workbook
from lms.people.fault_words import note_word
from lms.people.import_actions import read_batch
from lms.people.lists.phones import shown
from lms.people.queries import people_seen_by, posts_today
from lms.people.words import CHANGE_WORDS, FIELD_WORDS, HAPPENING_WORDS, outcome_word


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
                     gender_word(person.gender),
                     "; ".join(post.title for post in held if post.title),
                     "; ".join(named(post.unit) for post in held)])
    return write_workbook([Table(_("People"), header, rows)])


def gender_word(gender):
    """The word for ``gender``, “f” or “m”; nothing where it is not known."""
    return {"f": _("Female"), "m": _("Male")}.get(gender, "")


def answered_workbook(batch):
    """The list as it was read, with a column that says what happens to each row and why."""
    listing = read_batch(batch)
    items = {item["row"]["line"]: item for item in (batch.plan or {"rows": []})["rows"]}
    fields = ("full_name", "birth", "gender", "title", "unit", "group", "phone", "email")
    header = [_("Row"), *(str(FIELD_WORDS[name]) for name in fields),
              _("What was done") if batch.confirmed_at else _("What happens"), _("What changes"),
              _("Why")]
    rows = []
    for row in listing.rows:
        item = items.get(row.line)
        changes = item["changes"] if item else ()
        what, why = _answer(item)
        rows.append([row.line, row.full_name, partial_day(row.birth), gender_word(row.gender),
                     row.title, row.unit, row.group, shown(row.phone), row.email, what,
                     ", ".join(str(FIELD_WORDS[name]) for name in changes), why])
    return write_workbook([Table(_("Answer"), header, rows, batch.file.name)])


def _answer(item):
    if item is None:
        return ["", ""]
    notes = [*item["faults"], *item["warnings"]]
    return [outcome_word(item), " ".join(map(note_word, notes))]


def changes_workbook(people, units):
    """A workbook to fill in: ``people`` with their main post, and what happened to them.

    ``units`` are those to which the clerk may move somebody; their names are offered.
    """
    posts = posts_today([person.id for person in people])
    rows = []
    for number, person in enumerate(people, 1):
        held = posts[person.id][0]
        rows.append([number, person.key, person.full_name, person.birth_year, named(held.unit),
                     held.title, None, None, None, None])
    fields = ("staff_code", "full_name", "birth", "unit", "title", "happening", "since",
              "new_unit", "new_title")
    changes = Table(_("Staff changes"), [_("No."), *(str(CHANGE_WORDS[name]) for name in fields)],
                    rows, choices=((6, [str(word) for word in HAPPENING_WORDS.values()]),
                                   (8, _("Units"))))
    return write_workbook(
        [changes, Table(_("Units"), [_("Unit")], [[named(unit)] for unit in units])],
        _how_to_fill_it_in(), _("How to fill it in"))


def _how_to_fill_it_in():
    return [
        (CHANGE_WORDS["happening"], _("Choose a word of the list. Leave the cell empty where "
                                      "nothing happened.")),
        (CHANGE_WORDS["since"], _("The first day of the change, dd/mm/yyyy; it may lie in the past."
                                  " Whoever leaves is not counted any more on that day.")),
        (CHANGE_WORDS["new_unit"], _("For a move, one more post and a return.")),
        (CHANGE_WORDS["new_title"], _("For another title; for a move where it changes.")),
        (HAPPENING_WORDS["came-back"], _("Add the person in a new row: staff code, or name and "
                                         "year of birth.")),
    ]


def answered_changes(batch):
    """The changes as they were read, with a column that says what happens and why."""
    fields = ("staff_code", "full_name", "happening", "since", "new_unit", "new_title")
    header = [_("Row"), *(str(CHANGE_WORDS[name]) for name in fields), _("What happens"), _("Why")]
    rows = [[item["row"]["line"], *(item["row"][name] for name in fields), *_answer(item)]
            for item in (batch.plan or {"rows": []})["rows"] if item["outcome"] != "unchanged"]
    return write_workbook([Table(_("Answer"), header, rows, batch.file.name)])
