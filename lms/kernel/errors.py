"""The one way to say no."""


class Refusal(Exception):
    """A rule of the house forbids this.  The message is shown to the person who asked.

    It says what happened and what to do next; ``back`` is the address to return to.
    """

    def __init__(self, message, back=None):
        super().__init__(message)
        self.message = message
        self.back = back


class BadArgument(Refusal):
    """What the address says as its argument ``name`` cannot be read; the page opens without it."""

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name
