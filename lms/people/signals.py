"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Person, ``naming=`` (the former name and staff code, which must go everywhere; see
#: ``lms.kernel.naming``) and ``email=``, inside the transaction that erases what identifies them.
person_erased = Signal()

#: Sent with a ``linking.Passage``, inside the transaction that links two records or parts them:
#: each room takes over what it holds of ``passage.source`` to ``passage.target``.
people_linked = Signal()
people_parted = Signal()
