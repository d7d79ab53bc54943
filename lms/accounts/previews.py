"""What a link says of its page to a messenger that is not signed in, and may be told so."""
from lms.kernel.offers import Offers

#: ``(path)`` → (title, description) of what anybody may read about the page at ``path``, never
#: the name of a person; or nothing.
previews = Offers()
