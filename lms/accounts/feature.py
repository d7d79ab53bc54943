"""What accounts bring to the application."""
from lms.accounts import demo
from lms.accounts.actions import forget_account
from lms.accounts.cli import accounts
from lms.accounts.holdings import own_holdings
from lms.accounts.linking import take_over
from lms.accounts.models import SignIn
from lms.accounts.policies import may_hand_out, may_see_roles
from lms.accounts.printing import phone
from lms.accounts.traces import VERBS
from lms.accounts.views import handing, mine, people, roles, sign_in  # noqa: F401 - they add their pages
from lms.accounts.views.blueprint import bp
from lms.accounts.views.presence import ask_to_sign_in, line_of_the_viewer, who_is_here
from lms.accounts.views.site import open_pages
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.kernel.retention import Term, keep_for_a_time, rows_before
from lms.people.offers import holdings, officer_lines
from lms.people.signals import people_linked, person_erased


def init_app(app):
    """The door, the pages behind it, and the small pages of the site."""
    app.login_manager.user_loader(who_is_here)
    app.login_manager.unauthorized_handler(ask_to_sign_in)
    app.register_blueprint(bp)
    audit.tell(VERBS, people_data=True)
    holdings.add(own_holdings)
    person_erased.connect(forget_account)
    people_linked.connect(take_over)
    officer_lines.add(roles.line_on_roles)
    officer_lines.add(handing.line_on_vacancies)
    keep_for_a_time(Term("KEEP_SIGN_INS", _l("When you signed in, and on which device"),
                         rows_before(SignIn.begun_at)))
    open_pages(app)
    app.cli.add_command(accounts)
    app.context_processor(line_of_the_viewer)
    app.jinja_env.filters.update(phone=phone)
    app.demonstration_sign_ins = demo.sign_in_lines
    app.extensions["demonstration"] = {"password": demo.PASSWORD, "people": demo.SIGN_INS}
    app.menu.add("accounts.people", _l("Accounts"), "lock", may=may_hand_out, order=84,
                 group=_l("Lists"))
    app.menu.add("accounts.roles", _l("Roles"), "user", may=may_see_roles, order=86,
                 group=_l("Lists"))
