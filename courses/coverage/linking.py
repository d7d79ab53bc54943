"""Two records are one person: exemptions and what is asked of them go over."""
from lms.people.linking import believed, owned

from courses.coverage.models import Exemption, ExemptionRequest


def take_over(passage):
    """The main record is excused from what the other was."""
    for exemption in believed(Exemption, passage.source):
        passage.carry_days(exemption)
    for request in owned(ExemptionRequest, passage.source):
        passage.take(request)
