"""What the room of groups brings to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.people.offers import officer_lines

from courses.completions import records
from courses.coverage import extras
from courses.groups.policies import may_read_confirmations, may_read_groups
from courses.groups.traces import PLACES, VERBS
from courses.groups.views import confirming, placing, rules
from courses.groups.views.blueprint import bp
from courses.groups.words import lacking_word

#: The modules whose import puts their pages on the blueprint.
PAGES = (rules, confirming, placing)


def init_app(app):
    """The pages, their places, and the officer's line."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES, people_data=True)
    app.menu.add("groups.groups", _l("Groups of people"), "users", may_read_groups, 51,
                 _l("Lists"), also=("groups.rule", "groups.rule_end"))
    app.menu.add("groups.confirmations", _l("Confirmations"), "edit", may_read_confirmations, 57,
                 _l("Lists"), also=("groups.confirming",))
    app.add_template_filter(lacking_word)
    officer_lines.add(confirming.line_on_confirmations)
    records.blocks.add(placing.record_block)
    extras.why_not_links.add(placing.link_to_placing)
    extras.left_out_links.add(placing.link_to_left_out)
