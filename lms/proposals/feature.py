"""What proposals bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.people import offers
from lms.people.offers import holdings
from lms.people.signals import people_linked, person_erased
from lms.proposals.actions import follow, forget_proposals
from lms.proposals.holdings import own_holdings
from lms.proposals.kinds import offer
from lms.proposals.linking import take_over
from lms.proposals.policies import may_list_proposals
from lms.proposals.roles import ROLE
from lms.proposals.traces import PLACES, VERBS
from lms.proposals.views import bp, line_on_proposals, links_for


def init_app(app):
    """The pages, their place, and what is done elsewhere and answers a proposal."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES, people_data=True)
    audit.followers.add(follow)
    holdings.add(own_holdings)
    offer(ROLE)
    app.menu.add("proposals.proposals", _l("Proposals"), "mail", may_list_proposals, 58,
                 _l("Lists"), also=("proposals.proposal", "proposals.new_proposal"))
    offers.officer_lines.add(line_on_proposals)
    offers.career_links.add(links_for)
    person_erased.connect(forget_proposals)
    people_linked.connect(take_over)
