"""What the rooms above add to the pages of reorganisations."""
from lms.kernel.offers import Offers

#: ``(reorganisation, heirs)`` → a sentence: what else went along from the units that ended, said
#: in the preview after the act was done for a moment.
goes_along = Offers()
#: ``(reorganisation)`` → a sentence in the preview: papers of the past that keep what they say,
#: beside which today's knowledge will stand otherwise.
papers_before = Offers()
