"""A poster on A4 that invites, with a QR code large enough to be read across a hall."""
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lms.kernel.paper import (
    ACCENT,
    BOLD,
    GREY,
    REGULAR,
    Style,
    centred_block,
    insist_on_glyphs,
    new_canvas,
    qr,
)

EDGE = 20 * mm
ROOM, MIDDLE = A4[0] - 2 * EDGE, A4[0] / 2
#: Read by a telephone from about a metre.
SIDE = 92 * mm
#: A poster is read in passing: what is longer is left to the page behind the code.
MOST_OF_A_FACT = 160
HOW = ("Quét mã bằng điện thoại hoặc mở địa chỉ trên, đăng nhập bằng tên đăng nhập "
       "hoặc số điện thoại.")


def draw_poster(invitation, site):
    """The bytes of a PDF of one page that says ``invitation`` under the name of the ``site``.

    Raises MissingGlyph where a letter could not be drawn.
    """
    facts = [f"{word}: {_short(text)}" for word, text in invitation.stated]
    insist_on_glyphs(" ".join((site, invitation.heading, invitation.title, *facts,
                               invitation.address, HOW)))
    canvas = new_canvas(A4, invitation.title, site)
    y = A4[1] - EDGE - 14
    y = centred_block(canvas, (MIDDLE, y), site, Style(REGULAR, 16, GREY), ROOM) - 26
    y = centred_block(canvas, (MIDDLE, y), invitation.heading, Style(BOLD, 20, ACCENT), ROOM) - 20
    y = centred_block(canvas, (MIDDLE, y), invitation.title, Style(BOLD, 34, least=24), ROOM) - 10
    for fact in facts:
        y = centred_block(canvas, (MIDDLE, y), fact, Style(REGULAR, 17, least=14), ROOM) - 4
    # The code stands at the foot, where it is whatever is said above it.
    foot = EDGE + 58
    centred_block(canvas, (MIDDLE, foot - 20), invitation.address, Style(BOLD, 16, least=9), ROOM)
    centred_block(canvas, (MIDDLE, foot - 42), HOW, Style(REGULAR, 13, least=11), ROOM)
    qr(canvas, (MIDDLE - SIDE / 2, foot), SIDE, invitation.address)
    canvas.showPage()
    return canvas.getpdfdata()


def _short(text):
    return text if len(text) <= MOST_OF_A_FACT else f"{text[:MOST_OF_A_FACT].rstrip()}…"
