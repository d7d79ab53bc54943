"""What reports bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.organisations.links import links
from lms.people.offers import corrections, officer_lines, shelves
from lms.people.signals import person_erased

from courses.classes.links import drafts, file_papers
from courses.coverage.extras import missing_links
from courses.reports.actions import forget_name
from courses.reports.archiving import letters_of_class
from courses.reports.mentions import report_texts
from courses.reports.policies import may_read_reports
from courses.reports.traces import PLACES, VERBS
from courses.reports.views import follow, letters, organise
from courses.reports.views.blueprint import bp

#: The modules whose import puts their pages on the blueprint.
PAGES = (follow, letters, organise)


def init_app(app):
    """The pages, the place, and what other pages say of locked reports."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES)
    app.menu.add("reports.reports", _l("Reports"), "report", may_read_reports, 15,
                 also=("reports.preview",))
    corrections.add(follow.correction_line)
    officer_lines.add(follow.officer_line)
    links.add(follow.summary_link)
    missing_links.add(follow.call_link)
    drafts.add(letters.drafts_of)
    file_papers.add(letters_of_class)
    person_erased.connect(forget_name)
    shelves.add(report_texts)
