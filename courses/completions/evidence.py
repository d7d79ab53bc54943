"""The papers people hand in: a photo or a scan, made small and freed of what it tells besides."""
from io import BytesIO
from pathlib import Path

from lms.kernel import storage
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, size

from courses.catalogue.pictures import shrunk

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
SCAN = ".pdf"
#: What a telephone or a scanner makes of one paper, in bytes.
LARGEST = 10_000_000
#: The small print of a certificate must stay legible; a picture of a course need not.
ENOUGH, WIDTHS = 300_000, (2000, 1600, 1200)
#: The kinds as a browser is told them, so that a phone offers its camera.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"


def keep_evidence(stream, name):
    """Store a photo or a PDF of at most 10 MB; gives its row.

    A photo is made small and loses the place and the device it was taken with.
    """
    length = stream.seek(0, 2)
    stream.seek(0)
    if length > LARGEST:
        raise Refusal(_("This file has %(size)s; at most %(most)s are taken. Photograph the paper "
                        "once more with a smaller picture, or scan it in grey.",
                        size=size(length), most=size(LARGEST)))
    ending = Path(name).suffix.lower()
    if ending not in PICTURES:
        return storage.keep(stream, name, (SCAN, *PICTURES))
    content, _width, _height = shrunk(stream, ENOUGH, WIDTHS)
    return storage.keep(BytesIO(content), f"{Path(name).stem}.webp", (".webp",))
