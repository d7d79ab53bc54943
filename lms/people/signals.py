"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Person, ``names=`` (the former name and staff code, which must go everywhere) and
#: ``email=``, inside the transaction that erases what identifies them.
person_erased = Signal()
