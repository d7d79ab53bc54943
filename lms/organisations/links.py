"""What the rooms above add to the page of a unit."""
from lms.kernel.offers import Offers

#: ``(unit)`` → (address, word) on the unit's page, for whoever looks at it now.
links = Offers()
