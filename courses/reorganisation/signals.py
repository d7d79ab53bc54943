"""What the storeys above may listen to."""
from blinker import Signal

#: Sent with a Reorganisation, ``sources=`` that ended, ``heirs=`` in the order the act names them
#: and ``change=``, inside the transaction that does it.  Whoever lets something of a source go on
#: with an heir calls ``change(row, **fields)``: it is remembered, and undone with the act.
units_succeeded = Signal()
