"""What the rooms above may listen to."""
from blinker import Signal

#: Sent with a CourseVersion, ``move=`` (whether people under way move to it) and ``by=``,
#: inside the transaction that published it.
version_published = Signal()
