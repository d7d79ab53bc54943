"""Lists of people as workbooks."""
from datetime import time

from lms.kernel.db import db
from lms.kernel.i18n import _, named, ngettext
from lms.kernel.legacy import read
from lms.kernel.sheets import Table, write_workbook
from lms.kernel.text import clean
from lms.people.fault_words import note_word
from lms.people.import_reading import read_batch
from lms.people.lists.headers import NAMES
from lms.people.lists.lines import Line
from lms.people.lists.names import with_capitals
from lms.people.queries import people_seen_by, posts_today
from lms.people.tracing import traces_for_file
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


def trail_workbook(viewer, narrowed):
    """What ``viewer`` may read of the trail, ``narrowed`` as its page is."""
    header = [_("When"), _("Who did it"), _("What was done"), _("About whom"), _("Unit"),
              _("Reason")]
    rows = [[one.at, one.who or _("the system"), one.what, told_about(one), one.unit, one.reason]
            for one in traces_for_file(viewer, **narrowed)]
    return write_workbook([Table(_("Trail of changes"), header, rows)])


def told_about(one):
    """Whom a Trace is about, in words."""
    more = [ngettext("and %(num)s other", "and %(num)s others", one.more)] if one.more else []
    return " ".join([", ".join(name for _key, name in one.people), *more])


def gender_word(gender):
    """The word for ``gender``, “f” or “m”; nothing where it is not known."""
    return {"f": _("Female"), "m": _("Male")}.get(gender, "")


#: A fault of a field may stand in other columns: a name in two, a birth by gender.
BESIDE = {"full_name": NAMES, "birth": ("birth", "birth_male", "birth_female"),
          "gender": ("gender", "birth_male", "birth_female")}


def answered_workbook(batch):
    """The clerk's own list, cell by cell, with columns that say what happens to each row and why.

    It can be corrected and sent again: what stands in the other columns is as it came, only
    text of before Unicode is written as it reads.
    """
    sheet, listing = read_batch(batch)
    items = {item["row"]["line"]: item for item in (batch.plan or {"rows": []})["rows"]}
    rows, marked = [], set()
    header = [*listing.headings, *[""] * (len(sheet.rows[0]) - len(listing.headings)), _("Row"),
              _("What was done") if batch.confirmed_at else _("What happens"), _("What changes"),
              _("Why")]
    for index in range(listing.begins, len(sheet.rows)):
        cells, item = _own_cells(sheet, index, listing.mapping), items.get(index + 1)
        if item:
            marked |= {(len(rows), column) for column in _faulty_columns(item, listing.mapping)}
            what, why = _answer(item)
            changes = ", ".join(str(FIELD_WORDS[name]) for name in item["changes"])
            cells = _with_unit(cells, item, listing.mapping) + [index + 1, what, changes, why]
        if any(cell != "" for cell in cells):
            rows.append(cells)
    return write_workbook([Table(_("Answer"), header, rows, batch.file.name, frozenset(marked))])


def _own_cells(sheet, index, mapping):
    """The cells of a row as they were typed, text in Unicode; times of day as text."""
    line = Line.of(sheet, index)
    cells = [line.texts.get(column, "") if isinstance(value, str | time) else value
             for column, value in enumerate(sheet.rows[index])]
    for column, field in mapping.items():
        if field in NAMES and column < len(cells) and cells[column]:
            value = str(sheet.rows[index][column])
            cells[column] = clean(with_capitals(read(value, sheet.font(index, column), line.hint)))
    return cells


def _with_unit(cells, item, mapping):
    """``cells`` with the unit where one cell held it for several rows."""
    return [item["row"]["unit"] if cell == "" and mapping.get(column) == "unit" else cell
            for column, cell in enumerate(cells)]


def _faulty_columns(item, mapping):
    """The columns in which a fault of the row lies."""
    fields = {field for fault in item["faults"]
              for field in BESIDE.get(fault["field"], (fault["field"],))}
    return [column for column, field in mapping.items() if field in fields]


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
