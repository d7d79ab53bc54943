"""Python's search for garbage, put off while next to nothing becomes garbage."""
import gc
from functools import wraps


def put_off(work):
    """``work`` as a function during which nobody looks for garbage.

    While an application is put together hundreds of modules and classes come into being and stay;
    to look through them again and again for what could go takes a third of the time.
    """
    @wraps(work)
    def undisturbed(*args, **kwargs):
        looked = gc.isenabled()
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            if looked:
                gc.enable()
    return undisturbed
