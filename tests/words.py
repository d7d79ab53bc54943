"""All that an answer says, whatever it is: a page, JSON, a PDF, a workbook, a pack of files."""
import re
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

#: What of a workbook or a document nobody reads: how it looks, how its parts belong together.
UNSAID = ("styles.xml", "theme1.xml", ".rels")
TAG = re.compile(r"<[^<>]*>")


def words_in(content):
    """The words of ``content``, blanks folded; of a pack those of each file in it."""
    if content.startswith(b"%PDF") and b"startxref" in content:
        found = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        pack = ZipFile(BytesIO(content))
        found = " ".join(words_in(pack.read(name)) for name in pack.namelist()
                         if not name.endswith(UNSAID))
    else:
        found = content.decode(errors="replace")
        found = TAG.sub(" ", found) if found.startswith("<?xml") else found
    return re.sub(r"\s+", " ", found)
