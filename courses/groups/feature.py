"""What the room of groups brings to the application."""
from lms.kernel.i18n import _l
from lms.people.offers import officer_lines

from courses.groups.policies import may_read_confirmations, may_read_groups
from courses.groups.views import confirming, rules
from courses.groups.views.blueprint import bp

#: The modules whose import puts their pages on the blueprint.
PAGES = (rules, confirming)


def init_app(app):
    """The pages, their places, and the officer's line."""
    app.register_blueprint(bp)
    app.menu.add("groups.groups", _l("Groups of people"), "users", may_read_groups, 51,
                 _l("Lists"), also=("groups.rule", "groups.rule_end"))
    app.menu.add("groups.confirmations", _l("Confirmations"), "unit", may_read_confirmations, 57,
                 _l("Lists"), also=("groups.confirming",))
    officer_lines.add(confirming.line_on_confirmations)
