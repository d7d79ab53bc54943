"""What certificates bring to the application."""
from lms.kernel import audit
from lms.kernel.i18n import _l
from lms.organisations.links import links
from lms.people.offers import holdings, officer_lines, shelves
from lms.people.signals import person_erased
from lms.proposals.kinds import offer

from certificates.actions import (
    follow_mark,
    follow_revocation,
    follow_units,
    forget_holder,
    issue,
)
from certificates.archiving import extract_of_class
from certificates.blocks import (
    certificate_block,
    certificates_block,
    issuer_line,
    record_block,
)
from certificates.holdings import own_holdings
from certificates.linking import follow
from certificates.mentions import issuer_texts
from certificates.policies import may_read_register
from certificates.proposing import REVOKING
from certificates.queries import issued_for_classes
from certificates.traces import PLACES, VERBS
from certificates.truth import certificates_rule, registers_rule
from certificates.views import bp, line_of_reviews, line_without_issuer, link_to_issuer
from courses.classes.links import file_papers
from courses.completions import after, records
from courses.completions.signals import (
    completion_remarked,
    completion_revoked,
    completions_carried,
    course_completed,
)
from courses.coverage import extras
from courses.reorganisation.offers import goes_along
from courses.reorganisation.signals import units_succeeded
from courses.reports.offers import certificates_issued


def init_app(app):
    """Pages, places, and a certificate for each completion that earns one."""
    app.register_blueprint(bp)
    audit.tell(VERBS, PLACES, people_data=True)
    holdings.add(own_holdings)
    offer(REVOKING)
    app.menu.add("certificates.mine", _l("Certificates"), "certificate",
                 lambda person: True, 30)
    app.menu.add("certificates.register", _l("Register"), "certificate", may_read_register, 70,
                 _l("Lists"))
    course_completed.connect(issue)
    completion_revoked.connect(follow_revocation)
    completion_remarked.connect(follow_mark)
    person_erased.connect(forget_holder)
    shelves.add(issuer_texts)
    completions_carried.connect(follow)
    after.blocks.add(certificate_block)
    records.blocks.add(record_block)
    extras.blocks.add(certificates_block)
    extras.truth_rules.add(certificates_rule)
    extras.truth_rules.add(registers_rule)
    units_succeeded.connect(follow_units)
    goes_along.add(issuer_line)
    links.add(link_to_issuer)
    file_papers.add(extract_of_class)
    officer_lines.add(line_without_issuer)
    officer_lines.add(line_of_reviews)
    certificates_issued.add(issued_for_classes)
