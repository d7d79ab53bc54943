"""What the storeys above add to the page of a completed course."""
from lms.kernel.offers import Offers

#: ``(completion)`` → HTML after the completion.
blocks = Offers()
