"""What moves between units bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.people import offers
from lms.people.offers import holdings
from lms.people.signals import people_linked, person_erased
from lms.transfers.actions import forget_requests
from lms.transfers.holdings import own_holdings
from lms.transfers.linking import take_over
from lms.transfers.policies import may_list_transfers
from lms.transfers.traces import PLACES, VERBS
from lms.transfers.views import bp, line_on_transfers, links_for


def init_app(app):
    """The pages, their place, and the ways to them from the pages of people and units."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES, people_data=True)
    holdings.add(own_holdings)
    app.menu.add("transfers.transfers", _l("Moves between units"), "users", may_list_transfers, 57,
                 _l("Lists"), also=("transfers.new_transfer",))
    offers.officer_lines.add(line_on_transfers)
    offers.unit_lines.add(line_on_transfers)
    offers.career_links.add(links_for)
    person_erased.connect(forget_requests)
    people_linked.connect(take_over)
