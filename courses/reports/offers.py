"""What the storeys above add to reports."""
from lms.kernel.offers import Offers

#: ``(last, class ids)`` → how many certificates of those classes were issued up to ``last``.
certificates_issued = Offers()
#: ``(keys)``, a set of (table, id) of facts → (table, id) → who wrote the fact and by what, for
#: those of which the trail tells only together with others.
authors = Offers()
#: ``(class ids)`` → course id → {"before", "after" (marks of tests), "satisfaction" (levels from 1
#: to 5) → their sum and how many there are}.
qualities = Offers()
