"""What the storeys above add to the pages of coverage."""
from lms.kernel.offers import Offers

#: ``(person)`` → what stands under "My work": a mapping that names its ``template``, which
#: finds the mapping as ``block``.
blocks = Offers()
#: ``(unit, goal, viewer)`` → (address, word): what can be done for the unit's missing people.
missing_links = Offers()
#: ``(unit, goal, viewer)`` → a function: the id of one of the missing → where they are reminded.
reminding = Offers()
#: ``(person)`` → an address: why the goals that do not count somebody do not.
why_not_links = Offers()
#: ``(unit, goal)`` → an address: those of a unit whom a goal does not count.
left_out_links = Offers()
#: ``()`` → a ``truth.Rule``: one more thing that the nightly look over all facts insists on.
truth_rules = Offers()
