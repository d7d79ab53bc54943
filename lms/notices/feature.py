"""What messages bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.kernel.retention import Term, keep_for_a_time, rows_before
from lms.notices.actions import forget_person
from lms.notices.holdings import own_holdings
from lms.notices.linking import take_over
from lms.notices.models import Notice
from lms.notices.traces import VERBS
from lms.notices.views import bp
from lms.people.offers import holdings
from lms.people.signals import people_linked, person_erased


def init_app(app):
    """The page of messages, open to everybody signed in."""
    app.register_blueprint(bp)
    audit.tell(VERBS)
    holdings.add(own_holdings)
    app.menu.add("notices.messages", _l("Messages"), "mail", lambda _person: True, 32)
    keep_for_a_time(Term("KEEP_MESSAGES", _l("Messages to you"),
                         rows_before(Notice.told_at)))
    person_erased.connect(forget_person)
    people_linked.connect(take_over)
