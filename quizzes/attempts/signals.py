"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a list of GradeEvents, ``mending=`` (None: all were marked again) and ``by=``, inside
#: the transaction that changed these marks after they had been given.
marks_changed = Signal()
