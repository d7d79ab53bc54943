"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Person and ``names=``, the words that must go (the former name and staff code),
#: inside the transaction that erases what identifies them.
person_erased = Signal()
