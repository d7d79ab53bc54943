"""The yearly confirmation: a unit ticks through its list, officers see who has not."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel import clock
from lms.kernel.forms import taken
from lms.kernel.i18n import _, day, named, ngettext
from lms.kernel.pages import cut
from lms.kernel.web import key_of, load, made_file, require, viewer
from lms.organisations.models import Unit
from lms.people.actions import join_group
from lms.people.models import Person, TargetGroup
from lms.people.policies import is_officer, may_change_person

from courses.groups.actions import confirm, open_round, remind
from courses.groups.exports import confirmations_workbook
from courses.groups.forms import EndRuleForm, RoundForm
from courses.groups.policies import (
    may_confirm,
    may_open_round,
    may_read_confirmations,
    may_read_groups,
)
from courses.groups.queries import (
    colleagues,
    confirmations_of,
    last_round,
    standings,
    stated_groups,
    stated_in,
    units_asked,
)
from courses.groups.views.blueprint import bp

#: A province has fewer; of thousands a page would take as long as there are units.
UNITS_A_PAGE = 200


def line_on_confirmations(person):
    """On the officer's first page: how many units have not confirmed in the open round."""
    asked = last_round() if is_officer(person) else None
    if asked is None:
        return None
    late = sum(not one.confirmed for one in units_asked(person, asked))
    if not late:
        return None
    return Markup('<a href="{}">{}</a>').format(url_for("groups.confirmations"), ngettext(
        "%(num)s unit has not confirmed its groups for %(year)s (by %(day)s)",
        "%(num)s units have not confirmed their groups for %(year)s (by %(day)s)", late,
        year=asked.year, day=day(asked.due_on)))


@bp.get("/confirmations")
def confirmations():
    """The units and whether they have confirmed; officers open the round of a year."""
    require(may_read_confirmations)
    asked = last_round()
    units = units_asked(viewer(), asked)
    page = cut(units, UNITS_A_PAGE)
    return render_template(
        "groups/confirmations.html", asked=asked, page=page, rows=standings(page.rows, asked),
        done=sum(one.confirmed for one in units), today=clock.today(),
        may_open=may_open_round(viewer()), may=viewer_may_confirm,
        form=RoundForm(year=clock.today().year))


def viewer_may_confirm(unit):
    """Whether the viewer confirms for ``unit``."""
    return may_confirm(viewer(), unit)


@bp.get("/confirmations.xlsx")
def confirmations_file():
    """The page of the confirmations as a workbook, with whom to ask."""
    require(may_read_confirmations)
    asked = last_round()
    return made_file(confirmations_workbook(asked, standings(units_asked(viewer(), asked), asked)),
                     f"xac-nhan-{clock.today()}.xlsx")


@bp.post("/confirmations")
def new_round():
    """Ask all units."""
    require(may_open_round)
    form = RoundForm()
    if form.validate():
        asked = open_round(form.year.data, form.due_on.data, by=viewer())
        flash(_("The units were asked for %(year)s; whoever answers for one has a message.",
                year=asked.year), "good")
    else:
        flash(_("Give the year and the last day. Nothing was saved."), "bad")
    return redirect(url_for(".confirmations"))


@bp.post("/confirmations/reminder")
def reminder():
    """Remind those who have not confirmed."""
    require(may_open_round)
    asked = last_round()
    count = remind(asked, by=viewer()) if asked else 0
    flash(ngettext("%(num)s person was told; once a day is enough.",
                   "%(num)s people were told; once a day is enough.", count), "good")
    return redirect(url_for(".confirmations"))


@bp.get("/confirmations/<int:key>")
def confirmation(key):
    """The list of a unit to tick through."""
    return list_page(load(Unit, key, may_confirm), EndRuleForm(on=clock.today()))


def list_page(unit, form, missing=None):
    """The list with what was confirmed so far; ``missing`` is the form of somebody who was missing
    in a group, which could not be taken.
    """
    return render_template(
        "groups/confirmation.html", unit=unit, form=form, lists=stated_in(unit),
        asked=last_round(), missing=missing, earlier=confirmations_of(unit),
        people=colleagues(unit),
        groups=stated_groups(), today=clock.today(), may_change=viewer_may_change)


def with_fault(unit, missing):
    """The list, with the form of somebody who was missing as it was sent."""
    return list_page(unit, EndRuleForm(formdata=None, on=clock.today()), missing)


def viewer_may_change(person):
    """Whether the viewer may end memberships of ``person``."""
    return may_change_person(viewer(), person)


@bp.post("/confirmations/<int:key>")
def confirming(key):
    """Confirm the list; who is no longer ticked belongs no more."""
    unit = load(Unit, key, may_confirm)
    form = EndRuleForm()
    if not form.validate():
        return list_page(unit, form)
    shown, kept = (request.form.getlist(name, type=key_of) for name in ("shown", "kept"))
    # Whoever stands above the viewer is shown without a box, and stays.
    kept += [one.membership.id for _group, several in stated_in(unit) for one in several
             if not viewer_may_change(one.membership.person)]
    confirm(unit, shown, set(kept), form.on.data, by=viewer())
    flash(_("Confirmed for %(unit)s.", unit=named(unit)), "good")
    return redirect(url_for(".confirmations"))


@bp.post("/confirmations/<int:key>/people")
def missing_person(key):
    """Somebody of the unit was missing in a group."""
    unit = load(Unit, key, may_confirm)
    form = EndRuleForm()
    if not form.validate():
        return with_fault(unit, form)
    person = load(Person, request.form.get("person", 0, type=key_of), may_change_person)
    group = load(TargetGroup, request.form.get("group", 0, type=key_of), may_read_groups)
    if not taken(form.on, lambda: join_group(person, group, form.on.data, by=viewer())):
        return with_fault(unit, form)
    flash(_("%(name)s belongs to the group from that day on.", name=person.full_name), "good")
    return redirect(url_for(".confirmation", key=unit.id))
