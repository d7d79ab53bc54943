"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Completion and ``by=``, inside the transaction that recorded it.
course_completed = Signal()

#: Sent with a Completion, ``reason=`` and ``by=``, inside the transaction that revoked it.
completion_revoked = Signal()
