"""The letterhead above the header of a list, in which an office names itself.  Pure."""
import re

from lms.kernel.grid import BLANK
from lms.people.lists.names import read_text

#: “Đơn vị: Sở Tư pháp”.
INTRODUCED = re.compile(r"(?:đơn vị|cơ quan|tên đơn vị|tên cơ quan)\s*:\s*", re.IGNORECASE)


def texts_above(sheet, first):
    """The lines of text above row ``first`` of ``sheet``, the lowest first, then the name of the
    sheet: an office stands below the one it belongs to, and one cell may hold both.
    """
    texts = []
    for index in reversed(range(first)):
        for column, value in enumerate(sheet.rows[index]):
            if value not in (None, BLANK):
                lines = str(value).splitlines() or [""]
                texts += [read_text(line, sheet.font(index, column), None)
                          for line in reversed(lines)]
    bare = (INTRODUCED.sub("", text.strip(" .:*-_"), count=1) for text in (*texts, sheet.name))
    return tuple(text for text in bare if text)
