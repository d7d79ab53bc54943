"""For officers: a role handed over at once, and the units where nobody is the contact person."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.accounts.forms import HandOverForm
from lms.accounts.policies import may_hand_over, may_see_roles
from lms.accounts.queries import main_units, vacancies, vacancies_counted
from lms.accounts.role_actions import hand_over
from lms.accounts.role_names import ROLE_NAMES
from lms.accounts.views.blueprint import bp
from lms.kernel import clock
from lms.kernel.i18n import _, day, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.people.models import Person, Role
from lms.people.queries import people_seen_by


@bp.get("/roles/<int:key>/successor")
def find_successor(key):
    """The first step of handing a role over: to whom."""
    role = load(Role, key, may_hand_over)
    q = request.args.get("q", "").strip()
    part = paged(people_seen_by(viewer(), q)) if q else None
    units = main_units([person.id for person in part.rows]) if part else {}
    return render_template("accounts/find_person.html", q=q, part=part, units=units, role=role,
                           role_name=ROLE_NAMES[role.kind], width="narrow")


@bp.route("/roles/<int:key>/successor/<int:person_key>", methods=["GET", "POST"])
def hand_role_over(key, person_key):
    """The second step: for good, or until a day."""
    role = load(Role, key, may_hand_over)
    person = load(Person, person_key, lambda viewer, _person: may_see_roles(viewer))
    form = HandOverForm()
    if form.validate_on_submit():
        former, last = role.person.full_name, form.last_day.data
        hand_over(role, person, last, by=viewer())
        flash(_("%(name)s acts in the place of %(former)s until %(day)s.", name=person.full_name,
                former=former, day=day(last)) if last else
              _("%(name)s has taken over from %(former)s.", name=person.full_name, former=former),
              "good")
        return redirect(url_for(".roles"))
    return render_template("accounts/hand_over.html", form=form, role=role, person=person,
                           role_name=ROLE_NAMES[role.kind], width="narrow")


@bp.get("/roles/vacant")
def vacant():
    """The units with people but without a contact person of their own."""
    require(may_see_roles)
    return render_template("accounts/vacant.html", vacancies=vacancies(clock.today()))


def line_on_vacancies(person):
    """On the officer's first page: how many units have nobody whom their people can ask."""
    count = vacancies_counted(clock.today()) if may_see_roles(person) else 0
    if not count:
        return None
    return Markup('<a href="{}">{}</a>').format(url_for("accounts.vacant"), ngettext(
        "%(num)s unit has no contact person of its own",
        "%(num)s units have no contact person of their own", count))
