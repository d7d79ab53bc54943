"""What is wrong with a facts folder, by file, line and column."""
from dataclasses import dataclass

from lms.kernel.i18n import _

#: How many faults are named; the rest is only counted.
NAMED = 100


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; ``line`` counts from 1, the header, as an editor shows it."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self):
        if not self.column:
            return _("%(file)s, line %(line)s: %(message)s", file=self.file, line=self.line,
                     message=self.message)
        return _("%(file)s, line %(line)s, column %(column)s: %(message)s", file=self.file,
                 line=self.line, column=self.column, message=self.message)


class Faults:
    """The faults found so far, the first hundred of them by name."""

    def __init__(self):
        self.named, self.count = [], 0

    def add(self, file, line, column, message):
        """Note a fault."""
        self.count += 1
        if len(self.named) < NAMED:
            self.named.append(Fault(file, line, column, message))


class FaultyFolder(Exception):
    """The folder has faults; nothing was written."""

    def __init__(self, faults):
        super().__init__(f"{faults.count} faults")
        self.faults = faults
