"""What stops a cell of a list from being taken as it is."""


class CellFault(Exception):
    """The cell cannot be read; ``code`` has its words in ``lms.people.fault_words``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def nobody(_code):
    """Whom to tell of a warning if nobody listens."""
