"""What the storeys above add to the record of a person."""
from lms.kernel.offers import Offers

#: ``(person)`` → a part of the record: a mapping that names its ``template``, which finds the
#: mapping as ``block``.
blocks = Offers()
