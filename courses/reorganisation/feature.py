"""What reorganisations bring to the application."""
from lms.kernel import audit, jobs
from lms.kernel.i18n import _l
from lms.organisations.links import acts_until, coming, links, list_links, move_acts
from lms.people.offers import officer_lines, shelves

from courses.reorganisation.actions import take_effect
from courses.reorganisation.coming import acts_by, coming_acts, line_on_acts
from courses.reorganisation.left_over import line_on_people_left_over
from courses.reorganisation.mentions import act_texts, succession_texts, unit_texts
from courses.reorganisation.policies import may_read_reorganisations
from courses.reorganisation.queries import acts_of_moves
from courses.reorganisation.traces import PLACES, VERBS
from courses.reorganisation.views import (
    bp,
    link_to_details,
    link_to_new_unit,
    link_to_wizard,
    list_link,
)


def init_app(app):
    """The wizard, its place in the navigation, and the ways to it from the pages of units."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES)
    links.add(link_to_wizard)
    links.add(link_to_new_unit)
    links.add(link_to_details)
    list_links.add(list_link)
    move_acts.add(acts_of_moves)
    coming.add(coming_acts)
    acts_until.add(acts_by)
    officer_lines.add(line_on_acts)
    officer_lines.add(line_on_people_left_over)
    jobs.every_minute(take_effect)
    for texts in (unit_texts, act_texts, succession_texts):
        shelves.add(texts)
    app.menu.add("reorganisation.all_acts", _l("Reorganisations"), "unit",
                 may_read_reorganisations, 53, _l("Lists"))
