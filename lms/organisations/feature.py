"""What organisations bring to the application."""
from lms.kernel.i18n import _l
from lms.organisations.ahead import acts_ahead, not_in_it
from lms.organisations.views import bp


def init_app(app):
    """The tree of units, open to everybody signed in."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(acts_ahead=acts_ahead, not_in_it=not_in_it)
    app.menu.add("organisations.units", _l("Units"), "unit", lambda _person: True, 52,
                 _l("Lists"))
