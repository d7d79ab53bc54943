"""What the rooms above add to the pages of reorganisations."""
from lms.kernel.offers import Offers

#: ``(reorganisation, heirs)`` → a sentence: what else went along from the units that ended, said
#: in the preview after the act was done for a moment.
goes_along = Offers()
