"""Files that a room above shows to somebody on pages of its own."""
from lms.kernel.offers import Offers

#: ``(person, file)`` → whether the person may read the stored file there.
openings = Offers()
