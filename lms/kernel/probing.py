"""A limit on guessing at the codes that anybody may look up: of certificates, of locked reports.

A look-up only reads, so the misses are counted in the memory of each process, by address, and
are gone with the minute.  A code that is right is shown as often as somebody asks.
"""
from collections import OrderedDict, deque
from datetime import timedelta

from flask import request
from werkzeug.exceptions import TooManyRequests

from lms.kernel import clock
from lms.kernel.guessing import network

#: Misses allowed from one address within the time; and how many addresses are remembered.
MISSES, WITHIN, ADDRESSES = 30, timedelta(minutes=1), 10_000

#: Address → the moments of its last misses; whoever missed last stands at the end.
_missed = OrderedDict()


def looked_up(find, code):
    """What ``find(code)`` gives.  Where that is nothing it is a miss of whoever asks, and after
    too many of them nothing is looked up for a while: raises TooManyRequests (429).
    """
    address = network(request.remote_addr)
    moments, now = _missed.get(address, ()), clock.now()
    if len(moments) == MISSES and now - moments[0] < WITHIN:
        raise TooManyRequests(retry_after=int(WITHIN.total_seconds()))
    found = find(code)
    if found is None:
        # Set anew instead of moved: another thread may have let go of it just now.
        _missed.pop(address, None)
        _missed[address] = deque([*moments, now], maxlen=MISSES)
        if len(_missed) > ADDRESSES:
            _missed.popitem(last=False)
    return found
