"""What is typed about an act, and the plan that it makes."""
from dataclasses import dataclass

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from lms.kernel import storage
from lms.kernel.forms import DayField, Form, SharedForm, choices
from lms.kernel.i18n import _, _l, named
from lms.kernel.text import clean

from courses.reorganisation.models import MERGE, MOVE, RENAME, SPLIT, TRANSFER
from courses.reorganisation.plan import NOWHERE, Heir, Plan

#: How many units an act names as heirs; a split as many as it needs.
PLACES = {RENAME: 1, MERGE: 1, SPLIT: 4, TRANSFER: 1}
#: So many places more are offered at a press, up to so many.
MORE, MOST = 4, 80
#: What a scan may be.
SCANS = (".pdf", ".jpg", ".jpeg", ".png")


class PlanForm(Form):
    """The act, its day, and where a moved unit goes."""

    on = DayField(_l("Takes effect on"), [InputRequired()],
                  description=_l("The first day on which it is so. It may lie in the past or still "
                                 "be to come."))
    act = StringField(_l("Number of the act"), [InputRequired(), Length(max=200)],
                      description=_l("For example: Nghị quyết 864/NQ-UBTVQH14"))
    act_on = DayField(_l("Day of the act"), [Optional()])
    scan = FileField(_l("Scan of the act"), [Optional()])
    #: The fingerprint of a scan that was sent before.
    kept = HiddenField()
    parent = SelectField(_l("Stands from then on under"), coerce=int, validate_choice=False)

    def offer(self, units):
        """Let one of ``units`` be chosen as the unit above."""
        self.parent.choices = choices((unit.id, named(unit)) for unit in units)


class DetailsForm(SharedForm):
    """What is told of a unit beside its name, and where it stands."""

    name_en = StringField(_l("Name in English"), [Optional(), Length(max=200)])
    short_name = StringField(_l("Short name"), [InputRequired(), Length(max=40)], description=_l(
        "Lists may name the unit by it, for example SVHTTDL."))
    after = SelectField(_l("Stands after"), coerce=int, description=_l(
        "In this order units stand in every table and report."))

    def offer(self, others):
        """Let one of ``others``, or none, be chosen to stand before the unit."""
        self.after.choices = choices([(0, _("Before all others")), *(
            (unit.id, named(unit)) for unit in others)])


class UnitForm(Form):
    """A unit that follows no other."""

    name_vi = StringField(_l("Name in Vietnamese"), [InputRequired(), Length(max=200)])
    name_en, short_name = DetailsForm.name_en, DetailsForm.short_name
    kind = SelectField(_l("Kind of unit"))
    parent = SelectField(_l("Stands under"), coerce=int)
    valid_from = DayField(_l("From"), [InputRequired()], description=_l(
        "The first day on which there is this unit. Posts in it begin on that day or later."))

    def offer(self, kinds, units):
        """Let one of ``kinds`` be chosen and, where there are any, the unit above of ``units``."""
        self.kind.choices = choices(kinds.items())
        if units:
            self.parent.choices = choices((unit.id, named(unit)) for unit in units)
        else:
            del self.parent


@dataclass
class Row:
    """An heir as it was typed: an existing unit or the names of a new one."""

    unit: int | None
    name_vi: str
    name_en: str
    short_name: str

    @property
    def empty(self):
        """Whether nothing was typed."""
        return not (self.unit or self.name_vi)


def slots(kind, typed):
    """How many places for heirs the form has: a split's grow when more are asked for."""
    least = PLACES.get(kind, 0)
    if kind != SPLIT:
        return least
    asked = max(number(typed.get("places")) or least, least)
    return min(asked + (MORE if "more" in typed else 0), MOST)


def rows_typed(kind, typed):
    """The heirs as typed, a row for each place there is."""
    return [Row(unit=number(typed.get(f"heir{place}-unit")),
                **{name: clean(typed.get(f"heir{place}-{name}", ""))[:200]
                   for name in ("name_vi", "name_en", "short_name")})
            for place in range(slots(kind, typed))]


def number(text):
    """``text`` as a number of a row, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def places_typed(typed, prefix, heirs):
    """For each id after ``prefix`` the heir chosen for it, as a place in the plan.

    ``heirs`` are the rows that name one, by where they stand in the form; a row left empty has
    no heir, and whoever is sent there is sent to none that was named.
    """
    found = {}
    for name, value in typed.items():
        key = number(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if key is not None:
            place = number(value)
            found[key] = NOWHERE if place is None else heirs.get(place, len(heirs))
    return found


def plan_of(form, kind, sources, units, typed):
    """The plan that ``form`` and the further fields ``typed`` make; ``units`` are by their id.

    Heirs left empty are left out; the scan is kept or found again.
    """
    named_rows = [(at, row) for at, row in enumerate(rows_typed(kind, typed)) if not row.empty]
    heirs = [Heir(unit=units.get(row.unit), name_vi="" if row.unit else row.name_vi,
                  name_en=row.name_en, short_name=row.short_name) for _at, row in named_rows]
    places = {at: place for place, (at, _row) in enumerate(named_rows)}
    return Plan(
        kind=kind, sources=sources, on=form.on.data, heirs=heirs,
        parent=units.get(form.parent.data) if kind == MOVE else None,
        act=form.act.data, act_on=form.act_on.data, scan=scan_of(form),
        people=places_typed(typed, "post-", places), roles=places_typed(typed, "role-", places),
        children=places_typed(typed, "child-", places),
        classes={number(key) for key in typed.getlist("classes")},
        courses={number(key) for key in typed.getlist("courses")})


def scan_of(form):
    """The scan sent now, or the one sent before; None without one."""
    if form.scan.data:
        kept = storage.keep(form.scan.data.stream, form.scan.data.filename, allowed=SCANS)
        form.kept.data = kept.sha256
        return kept
    return storage.with_fingerprint(form.kept.data) if form.kept.data else None
