"""What the rooms above add to the pages of units."""
from lms.kernel.offers import Offers

#: ``(unit)`` → (address, word) on the unit's page, for whoever looks at it now.
links = Offers()
#: ``()`` → (address, word) on the list of units.
list_links = Offers()
#: ``(unit)`` → day → the act by which it came to stand under another unit on that day.
move_acts = Offers()
#: ``(units, person)`` → sentences or HTML: what will happen to these units, and to ``person`` (or
#: None) who works in them, by acts that wait for their day.
coming = Offers()
#: ``(day)`` → sentences or HTML: the acts that wait and take effect by that day.
acts_until = Offers()
