"""For officers: who holds which role, granting one, ending one."""
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.accounts.forms import RoleEndForm, RoleForm
from lms.accounts.policies import may_end, may_see_roles
from lms.accounts.queries import main_units, roles_held, roles_left_behind
from lms.accounts.role_actions import end_role, grant_role
from lms.accounts.role_names import ROLE_NAMES
from lms.accounts.views.blueprint import bp
from lms.kernel import clock
from lms.kernel.i18n import _, day, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.organisations.queries import units_on
from lms.people.models import ANSWERING, CONTACT, Person, Role
from lms.people.queries import people_seen_by

ONE_DAY = timedelta(days=1)


@bp.get("/roles")
def roles():
    """Who holds which role now and later, or held one before."""
    require(may_see_roles)
    over, today = request.args.get("over") == "1", clock.today()
    held = roles_held(today, over)
    return render_template(
        "accounts/roles.html", roles=held, over=over, role_names=ROLE_NAMES, today=today,
        may_end={role.id for role in held if may_end(viewer(), role)}, answering=ANSWERING,
        left_behind=roles_left_behind(today),
        held_today=sum(role.holds(today) for role in held))


def line_on_roles(person):
    """On the officer's first page: roles whose holders have moved on, and still see what they saw.
    """
    count = len(roles_left_behind(clock.today())) if may_see_roles(person) else 0
    if not count:
        return None
    return Markup('<a href="{}">{}</a>').format(url_for("accounts.roles"), ngettext(
        "%(num)s role is held by somebody who has no post there any more: end it",
        "%(num)s roles are held by people who have no post there any more: end them", count))


@bp.get("/roles/person")
def find_person():
    """The first step of granting a role: to whom."""
    require(may_see_roles)
    q = request.args.get("q", "").strip()
    part = paged(people_seen_by(viewer(), q)) if q else None
    units = main_units([person.id for person in part.rows]) if part else {}
    return render_template("accounts/find_person.html", q=q, part=part, units=units,
                           width="narrow")


@bp.route("/roles/people/<int:key>/new", methods=["GET", "POST"])
def new_role(key):
    """The second step: which role, where, from when to when."""
    person = load(Person, key, lambda viewer, _person: may_see_roles(viewer))
    asked = request.args.get("unit", type=key_of)
    form = RoleForm(valid_from=clock.today(), kind=CONTACT if asked else None, unit=asked)
    units = units_on(clock.today())
    form.offer(units)
    if form.validate_on_submit():
        unit = next((unit for unit in units if unit.id == form.unit.data), None)
        last = form.last_day.data
        grant_role(person, form.kind.data, unit, form.valid_from.data,
                   last + ONE_DAY if last else None, by=viewer())
        flash(_("%(name)s is now: %(role)s.", name=person.full_name,
                role=ROLE_NAMES[form.kind.data]), "good")
        return redirect(url_for(".roles"))
    return render_template("accounts/new_role.html", form=form, person=person, width="narrow")


@bp.route("/roles/<int:key>/ending", methods=["GET", "POST"], endpoint="end_role")
def end(key):
    """A role ends: now, or after a last day."""
    role = load(Role, key, may_end)
    form = RoleEndForm()
    if form.validate_on_submit():
        last = form.last_day.data
        end_role(role, last + ONE_DAY if last else clock.today(), by=viewer())
        flash(_("The role of %(name)s ended on %(day)s.", name=role.person.full_name,
                day=day(role.valid_to - ONE_DAY)), "good")
        return redirect(url_for(".roles"))
    return render_template("accounts/end_role.html", form=form, role=role,
                           role_name=ROLE_NAMES[role.kind], width="narrow")
