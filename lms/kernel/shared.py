"""What several people change: a fingerprint tells whether somebody did meanwhile."""
from hashlib import sha256

from lms.kernel.errors import Refusal


def fingerprint_of(*said):
    """The texts, numbers and days ``said``, in a few letters."""
    return sha256("\n".join(map(repr, said)).encode()).hexdigest()[:16]


class Shared:
    """A record that several people may have open in a form at the same time."""

    #: The names of the fields that the form shows.
    shown = ()

    @property
    def said(self):
        """What stands in the form, as plain values; a kind may have more to say."""
        return [getattr(self, name) for name in self.shown]

    @property
    def fingerprint(self):
        """What it says now, in a few letters: another one, and somebody has changed it."""
        return fingerprint_of(*self.said)


class Overtaken(Refusal):
    """Somebody else changed it since it was opened to be changed; ``stands`` is its fingerprint
    now.
    """

    def __init__(self, message, stands):
        super().__init__(message)
        self.stands = stands
