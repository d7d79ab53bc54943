"""What people bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.kernel.retention import Term, keep_for_a_time
from lms.people.erasing import let_go_of_lists
from lms.people.holdings import own_holdings
from lms.people.offers import holdings, officer_lines
from lms.people.policies import (
    is_officer,
    may_enter_people,
    may_list_people,
    may_look_for_traces,
    standing,
)
from lms.people.traces import PLACES, VERBS
from lms.people.views import careers, changes, erasing, imports, linking, people, takeout, trail
from lms.people.views.blueprint import bp

#: The modules whose import puts their pages on the blueprint.
PAGES = (people, careers, changes, imports, erasing, linking, trail, takeout)


def init_app(app):
    """The pages of people and of their lists."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES, people_data=True)
    holdings.add(own_holdings)
    officer_lines.add(erasing.line_on_erasures)
    keep_for_a_time(Term("KEEP_LISTS", _l(
        "Lists of people that units sent; what they entered stays"), let_go_of_lists))
    app.menu.standing = standing
    app.menu.add("people.imports", _l("Import"), "import", may_enter_people, 40)
    app.menu.add("people.erasure_requests", _l("Requests to erase"), "trash", is_officer, 90,
                 _l("Lists"))
    app.menu.add("people.duplicates", _l("Entered twice"), "link", is_officer, 56, _l("Lists"),
                 also=("people.compare", "people.linked", "people.look_for_duplicate"))
    app.menu.add("people.trail", _l("Trail of changes"), "clock", may_look_for_traces, 95,
                 _l("Lists"))
    app.menu.add("people.people", _l("People"), "users", may_list_people, 55, _l("Lists"))
