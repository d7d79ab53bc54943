"""What the rooms above may listen to."""
from blinker import Signal

#: Sent with a CourseClass and ``by=`` when its results stand, inside the same transaction.
class_closed = Signal()
