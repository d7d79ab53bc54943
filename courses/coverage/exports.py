"""Figures and lists of people as workbooks that agree with the screen."""
from lms.kernel.i18n import _, last_day, named
from lms.kernel.sheets import Table, write_workbook
from lms.organisations.ahead import words_ahead


def status_word(status):
    """The word for a status in the language in force."""
    return {"met": _("met"), "exempt": _("exempt"), "overdue": _("overdue"),
            "within_time": _("within time")}[status]


def cause_words():
    """The words for the causes of a change, in the language in force."""
    return {"corrected": _("Corrected afterwards"), "completed": _("Completed since"),
            "ran_out": _("Completions ran out"), "revoked": _("Completions revoked"),
            "joined": _("Joined the group or the office"),
            "left": _("Left the group or the office"),
            "moved_in": _("Came from another unit"), "moved_away": _("Went to another unit"),
            "exempted": _("Exempted"), "exemption_ended": _("Exemptions ended"),
            "goal": _("The goal began or ended")}


def notes(on, known, who, recast=False):
    """The lines every workbook of figures carries: as of when, as known when, counted how; of a
    day to come, which acts wait until then."""
    ahead = words_ahead(on)
    return [(_("As of the day"), on), (_("As known at"), known or _("now")),
            (_("Unit"), who),
            *([(_("Acts that wait"), ahead)] if ahead else []),
            (_("Structure"), _("Recast to today's structure") if recast else _("As it was")),
            (_("How people are counted"),
             _("Each person once in a unit, whatever posts they hold in it; met means a valid "
               "completion of every course of the goal on the day. Parts can add up to more than "
               "the whole, because a person may work in two units."))]


def matrix_workbook(figures, on, known, who, recast=False):
    """A workbook with a line for each unit and goal in which somebody is meant."""
    header = [_("Unit"), _("Goal"), _("Members"), _("Exempt"), _("Required"), _("Met"),
              _("Overdue"), _("Within time"), _("Rate (%)"), _("Target (%)")]
    rows = [[named(f.unit), named(f.goal), f.members, f.exempt, f.required, f.met, f.overdue,
             f.within_time, float(f.rate) if f.rate is not None else None,
             float(f.goal.share) if f.goal.share is not None else None]
            for f in figures if f.members]
    return write_workbook([Table(_("Figures"), header, rows)], notes(on, known, who, recast))


def people_workbook(rows, goal, on, known, who, recast=False):
    """A workbook of the people behind a figure, as the page lists them."""
    header = [_("No."), _("Full name"), _("Born"), _("Unit"), _("Status"), _("Due on"),
              *(state.course.title_vi for state in (rows[0].courses if rows else ())),
              _("Reason of the exemption"), _("Exempt from"), _("Exempt until")]
    lines = [[number, row.person.full_name, row.person.birth[:4],
              ", ".join(named(unit) for unit in row.units), status_word(row.status), row.due_on,
              *(state.completion.learned_on if state.completion else None
                for state in row.courses),
              *((row.exemption.reason, row.exemption.valid_from,
                 last_day(row.exemption.valid_to)) if row.exemption else (None, None, None))]
             for number, row in enumerate(rows, 1)]
    return write_workbook([Table(_("People"), header, lines, named(goal))],
                          notes(on, known, who, recast))


def path_workbook(path, goal, on, who):
    """A workbook of the path to a goal: who is missing, seats and classes, the pace."""
    people = [[number, row.person.full_name, row.person.birth[:4], named(row.units[0]), place,
               "; ".join(named(state.course) for state in row.courses if not state.completion),
               status_word(row.status), row.due_on,
               "; ".join(begun.code for begun in row.under_way if begun.code)]
              for number, (place, row) in enumerate(
                  ((place, row) for place, _count, units in path.places
                   for one in units for row in one.rows), 1)]
    seats = [[named(need.course), need.missing, need.planned,
              None if need.online and not need.classes else need.free, need.shortfall,
              *((need.online.ready, need.online.begun, need.online.without_account)
                if need.online else (None, None, None))] for need in path.needs]
    classes = [[named(need.course), one.place, one.classes, one.people,
                "; ".join(f"{place}: {count}" for place, count in one.sources)]
               for need in path.needs for one in need.suggestions]
    paces = [[pace.months, pace.since, pace.until, pace.before, pace.now, pace.gain, pace.short,
              pace.days_left, pace.reached_on] for pace in path.outlook.paces]
    return write_workbook([
        Table(_("People"), [_("No."), _("Full name"), _("Born"), _("Unit"), _("Place"),
                            _("Courses missing"), _("Status"), _("Due on"), _("Class")],
              people, named(goal)),
        Table(_("Seats"), [_("Course"), _("People missing"), _("Enrolled"), _("Free seats"),
                           _("Short by"), _("Can begin online at once"), _("Begun online"),
                           _("Without an account")], seats),
        Table(_("Classes suggested"), [_("Course"), _("Place"), _("Classes"), _("How many"),
                                       _("Who comes")], classes),
        Table(_("Pace"), [_("Months"), _("From"), _("To"), _("Met before"), _("Met now"),
                          _("Gain"), _("Short by"), _("Days left"), _("Reached on")], paces),
    ], notes(on, None, who))


def change_workbook(account, people, goal, who, recast=False):
    """A workbook of an account: its parts, and everybody with the part they are in.

    ``people`` are pairs of a part and its rows, see ``people_of``.
    """
    words, first, second = cause_words(), account.first, account.second
    parts = [[_("As of the day"), first.on, first.met, first.required],
             *([words[part.cause], None, part.met, part.required] for part in account.parts),
             [_("As of the day"), second.on, second.met, second.required]]
    names = [[words[part.cause], row.full_name, row.birth[:4], met, required]
             for part, rows in people for row, met, required in rows]
    return write_workbook(
        [Table(_("Parts"), [_("Part"), _("Day"), _("Met"), _("Required")], parts, named(goal)),
         Table(_("People"), [_("Part"), _("Full name"), _("Born"), _("Met"), _("Required")],
               names, named(goal))],
        notes(second.on, second.known, who, recast))
