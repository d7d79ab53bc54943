"""What certificates bring to the application."""
from lms.kernel.i18n import _l

from certificates.actions import follow_revocation, issue
from certificates.blocks import certificate_block, certificates_block
from certificates.policies import may_read_register
from certificates.queries import issued_for_classes
from certificates.views import bp
from courses.completions import after
from courses.completions.signals import completion_revoked, course_completed
from courses.coverage import extras
from courses.reports.offers import certificates_issued


def init_app(app):
    """Pages, places, and a certificate for each completion that earns one."""
    app.register_blueprint(bp)
    app.menu.add("certificates.mine", _l("Certificates"), "certificate",
                 lambda person: True, 30)
    app.menu.add("certificates.register", _l("Register"), "certificate", may_read_register, 70,
                 _l("Lists"))
    course_completed.connect(issue)
    completion_revoked.connect(follow_revocation)
    after.blocks.add(certificate_block)
    extras.blocks.add(certificates_block)
    certificates_issued.add(issued_for_classes)
