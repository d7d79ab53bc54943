"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Completion and ``by=``, inside the transaction that recorded it.
course_completed = Signal()

#: Sent with a ``linking.Passage``, inside the transaction that linked or parted two records,
#: when the completions among what is ``carried`` have gone over.
completions_carried = Signal()

#: Sent with a Completion, ``reason=``, ``by=`` and ``overturned=``, inside the transaction that
#: revoked it; overturned: not by a decision about it, but because a mark it rested on is another.
completion_revoked = Signal()

#: Sent with a Completion, ``reason=`` and ``by=``, inside the transaction in which its mark became
#: another: it is the new fact, and ``corrects_id`` the one it takes the place of.
completion_remarked = Signal()
