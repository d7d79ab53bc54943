"""For officers and contact persons: who has an account, slips, new codes, closing."""
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for

from lms.accounts.actions import (
    close_account,
    end_sessions,
    give_code,
    hand_out,
    reopen_account,
)
from lms.accounts.models import STATES
from lms.accounts.policies import (
    Ground,
    may_close,
    may_give_code,
    may_hand_out,
    may_see_account,
)
from lms.accounts.queries import (
    account_of,
    keyholder,
    keyholders,
    open_sessions,
    people_chosen,
    units_of_ground,
    with_units,
)
from lms.accounts.role_names import ROLE_NAMES
from lms.accounts.views.blueprint import bp
from lms.accounts.views.paper import paper
from lms.kernel.i18n import _, named, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.people.models import Person
from lms.people.policies import roles_today


@bp.get("/accounts")
def people():
    """The people the viewer acts for, and the state of their accounts."""
    require(may_hand_out)
    ground = Ground(viewer())
    units = units_of_ground(ground)
    unit = next((u for u in units if u.id == request.args.get("unit", type=key_of)), None)
    state = request.args.get("state", "")
    q = request.args.get("q", "").strip()
    part = paged(keyholders(ground, q, unit, state if state in STATES else ""), scalars=False)
    part = replace(part, rows=with_units(part.rows))
    to_tick = {row.person.id for row in part.rows
               if row.waits_for_slip and ground.serves(row.person)}
    return render_template("accounts/people.html", unit=unit, state=state, q=q,
                           choices=[(one.id, named(one)) for one in units],
                           part=part, to_tick=to_tick, help_topic="manager")


@bp.post("/accounts/slips")
def slips():
    """Slips for the people ticked, as the answer: their codes are shown this once."""
    require(may_hand_out)
    chosen = set(request.form.getlist("person", type=key_of))
    found = people_chosen(Ground(viewer()), chosen)
    if len(found) != len(chosen):
        abort(404)
    return paper(hand_out(found, by=viewer()))


@bp.get("/accounts/people/<int:key>")
def person(key):
    """One person's account, and what can be done about it."""
    someone = load(Person, key, may_see_account)
    row = keyholder(someone)
    return render_template(
        "accounts/person.html", person=someone, row=row, width="narrow", help_topic="manager",
        sessions=open_sessions(row.account) if row.account else [],
        roles=roles_today(someone, *ROLE_NAMES), role_names=ROLE_NAMES,
        may_give=may_give_code(viewer(), someone), may_close=may_close(viewer(), someone))


@bp.post("/accounts/people/<int:key>/code")
def code(key):
    """A slip with a new code for one person; a password chosen before is over."""
    someone = load(Person, key, may_see_account)
    return paper([give_code(someone, by=viewer())])


@bp.post("/accounts/people/<int:key>/sessions/ending")
def end_sessions_of(key):
    """All sessions of somebody else end: a telephone was lost, or somebody forgot to sign out."""
    someone = load(Person, key, may_close)
    count = end_sessions(account_of(someone) or abort(404), by=viewer())
    flash(ngettext("%(num)s session was ended.", "%(num)s sessions were ended.", count), "good")
    return redirect(url_for(".person", key=key))


@bp.post("/accounts/people/<int:key>/closing")
def close(key):
    """The account of the person is closed."""
    someone = load(Person, key, may_close)
    close_account(account_of(someone) or abort(404), by=viewer())
    flash({"text": _("The account of %(name)s is closed.", name=someone.full_name),
           "undo_url": url_for(".reopen", key=key)}, "undo")
    return redirect(url_for(".person", key=key))


@bp.post("/accounts/people/<int:key>/reopening")
def reopen(key):
    """The closed account of the person opens again."""
    someone = load(Person, key, may_close)
    reopen_account(account_of(someone) or abort(404), by=viewer())
    flash(_("The account of %(name)s is open again.", name=someone.full_name), "good")
    return redirect(url_for(".person", key=key))
