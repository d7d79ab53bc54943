"""What the storeys above add to reports."""
from lms.kernel.offers import Offers

#: ``(last, class ids)`` → how many certificates of those classes were issued up to ``last``.
certificates_issued = Offers()
