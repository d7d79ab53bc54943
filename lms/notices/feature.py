"""What messages bring to the application."""
from lms.kernel import audit, jobs
from lms.kernel.i18n import _l
from lms.notices.actions import forget_old, forget_person
from lms.notices.holdings import own_holdings
from lms.notices.linking import take_over
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
    jobs.every_minute(forget_old)
    person_erased.connect(forget_person)
    people_linked.connect(take_over)
