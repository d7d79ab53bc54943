"""What the storeys above add to a trainee's first page."""
from lms.kernel.offers import Offers

#: ``(person)`` → what stands under "My work": a mapping that names its ``template``, which
#: finds the mapping as ``block``.
blocks = Offers()
