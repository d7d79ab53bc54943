"""Account slips, six on an A4 page with lines to cut along."""
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from lms.accounts.passwords import SHORTEST
from lms.kernel.paper import (
    ACCENT,
    BOLD,
    GREY,
    ITALIC,
    REGULAR,
    Style,
    fit,
    fitted,
    insist_on_glyphs,
    new_canvas,
    qr,
    write,
)

ACROSS, DOWN = 2, 3
WIDE, HIGH = A4[0] / ACROSS, A4[1] / DOWN
#: Printers leave an edge of the sheet white; the text of a slip keeps away from it.
EDGE = 11 * mm
ROOM, CODE_SIDE = WIDE - 2 * EDGE, 22 * mm
LABEL, KEY = Style(REGULAR, 9.5, GREY), Style(BOLD, 15, least=8)
STEPS = (
    "Mở địa chỉ trên, nhập tên đăng nhập và mã một lần.",
    f"Đặt mật khẩu của riêng bạn, ít nhất {SHORTEST} ký tự.",
    "Mở “Việc của tôi” để bắt đầu học; hủy phiếu này.",
)


@dataclass(frozen=True)
class SlipPaper:
    """What one slip says; ``until`` is the moment its code ends, on the deployment's clock."""

    site: str
    address: str
    name: str
    unit: str
    username: str
    code: str
    until: datetime

    def words(self):
        """All the text of the slip, to look for letters that cannot be drawn."""
        return " ".join((self.site, self.address, self.name, self.unit, self.username, self.code))


def draw_slips(slips):
    """The bytes of a PDF with ``slips`` (at least one) in their order, six a page."""
    canvas = new_canvas(A4, "Phiếu cấp tài khoản", slips[0].site)
    for number, slip in enumerate(slips):
        insist_on_glyphs(slip.words())
        place = number % (ACROSS * DOWN)
        if place == 0:
            if number:
                canvas.showPage()
            _cut_lines(canvas)
        _slip(canvas, slip, (place % ACROSS) * WIDE + EDGE, A4[1] - (place // ACROSS) * HIGH)
    canvas.showPage()
    return canvas.getpdfdata()


def _cut_lines(canvas):
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.4)
    canvas.setDash(3, 3)
    canvas.line(WIDE, 0, WIDE, A4[1])
    for row in range(1, DOWN):
        canvas.line(0, row * HIGH, A4[0], row * HIGH)
    canvas.setDash()


def _slip(canvas, slip, x, top):
    """Draw a slip whose text begins at ``x`` and whose upper edge is at ``top``."""
    write(canvas, (x, top - 13 * mm), "PHIẾU CẤP TÀI KHOẢN", Style(BOLD, 12, ACCENT))
    write(canvas, (x, top - 17.5 * mm), slip.site, fit(slip.site, LABEL, ROOM))
    y = _block(canvas, slip.name, Style(BOLD, 13, least=10), (x, top - 24.8 * mm), ROOM)
    _block(canvas, slip.unit, Style(REGULAR, 10.5), (x, y), ROOM)
    qr(canvas, (x + ROOM - CODE_SIDE, top - 68 * mm), CODE_SIDE, slip.address)
    beside = ROOM - CODE_SIDE - 4 * mm
    for label, value, style, room, low, drop in (
        ("Địa chỉ", slip.address, Style(BOLD, 11, least=6), ROOM, 38.5, 4.8),
        ("Tên đăng nhập", slip.username, KEY, beside, 49, 6.2),
        ("Mã một lần", slip.code, KEY, beside, 60.5, 6.2),
    ):
        write(canvas, (x, top - low * mm), label, LABEL)
        write(canvas, (x, top - (low + drop) * mm), value, fit(value, style, room))
    until = f"Mã dùng được đến {slip.until:%H:%M} ngày {slip.until:%d/%m/%Y}."
    write(canvas, (x, top - 74.5 * mm), until, Style(ITALIC, 10))
    for number, step in enumerate(STEPS, 1):
        step = f"{number}. {step}"
        write(canvas, (x, top - (76.5 + number * 4.8) * mm), step,
              fit(step, Style(REGULAR, 10, least=8), ROOM))


def _block(canvas, text, style, at, room):
    """Draw ``text`` in as many lines as it needs; gives the base of the line after it."""
    x, y = at
    style, lines = fitted(text, style, room)
    for line in lines:
        write(canvas, (x, y), line, style)
        y -= style.size * 1.2
    return y
