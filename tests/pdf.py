"""Reading a PDF back: its words and where they stand, its picture, the code in the picture."""
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from lms.kernel.paper import BOLD, ITALIC, REGULAR, Style, glyphs, width

FACES = {"Regular": REGULAR, "Bold": BOLD, "Italic": ITALIC}


@dataclass(frozen=True)
class Line:
    """A run of letters on a page, in points from its lower left corner."""

    text: str
    left: float
    base: float
    right: float
    size: float


def pages(content):
    """The lines of each page of the PDF ``content``, in the order they were drawn."""
    glyphs()  # The fonts must be known before their letters are measured.
    return [_lines(page) for page in PdfReader(BytesIO(content)).pages]


def texts(content):
    """The text of every line of the PDF, all pages one after the other."""
    return [line.text for page in pages(content) for line in page]


def size(content):
    """The width and height of the first page in whole millimetres."""
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    return round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)


def scanned(content, folder):
    """What a scanner reads in the picture of each page of the PDF: one text per QR code."""
    for tool, package in (("pdftoppm", "poppler-utils"), ("zbarimg", "zbar-tools")):
        assert shutil.which(tool), f"{tool} is missing: install the Debian package {package}"
    (folder / "paper.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "150", "-png", folder / "paper.pdf", folder / "page"],
                   check=True)
    pictures = sorted(folder.glob("page-*.png"))
    answer = subprocess.run(["zbarimg", "--quiet", "--nodbus", "--raw", *pictures],
                            capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


def _lines(page):
    found = []

    def note(text, _matrix, place, font, size):
        if text.strip() and font:
            face = FACES[font["/BaseFont"].split("-")[-1]]
            wide = width(text.strip(), Style(face, size))
            found.append(Line(text.strip(), place[4], place[5], place[4] + wide, size))

    page.extract_text(visitor_text=note)
    return found
