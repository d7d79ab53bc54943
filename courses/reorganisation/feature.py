"""What reorganisations bring to the application."""
from lms.kernel.i18n import _l
from lms.organisations.links import links

from courses.reorganisation.policies import may_read_reorganisations
from courses.reorganisation.views import bp, link_to_wizard


def init_app(app):
    """The wizard, its place in the navigation, and the way to it from the page of a unit."""
    app.register_blueprint(bp)
    links.add(link_to_wizard)
    app.menu.add("reorganisation.all_acts", _l("Reorganisations"), "unit",
                 may_read_reorganisations, 53, _l("Lists"))
