"""The units a form offers."""
from lms.kernel import clock
from lms.kernel.forms import choices
from lms.kernel.i18n import _, named
from lms.kernel.web import viewer
from lms.organisations.queries import units_on
from lms.people.policies import scope_of


def own_units(form):
    """Give the form the units for which the viewer may act; among several none is chosen yet."""
    scope = scope_of(viewer())
    own = [(unit.id, named(unit)) for unit in units_on(clock.today())
           if scope is None or unit.id in scope]
    form.unit_id.choices = choices(own if len(own) == 1 else [("", _("Choose a unit…")), *own])
    return form
