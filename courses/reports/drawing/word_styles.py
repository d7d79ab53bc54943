"""The styles of a Word file by Decree 30/2020/NĐ-CP: what a clerk changes in one place."""
from typing import NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FACE = "Times New Roman"
#: The names of the styles; the first is built in, the others appear beside it in the list.
BODY, PART, NUMBER = "Body Text", "Heading 1", "Header"
KIND, TABLE_TITLE, ANNEX = "Title", "Subtitle", "Heading 2"
SUPERIOR, ISSUER, LINE, NATIONAL = "Cơ quan chủ quản", "Cơ quan", "Vạch", "Quốc hiệu"
PLACE, TO, GAP, SIGNER = "Địa danh", "Kính gửi", "Phần điền thêm", "Người ký"
RECEIVERS, RECEIVED, TO_EACH = "Nơi nhận", "Người nhận", "Nơi gửi đến"
CELL, CELL_HEAD, NOTE, BELONGS = "Ô bảng", "Đầu bảng", "Ghi chú", "Kèm theo"
FOOT = "Footer"
BASIS, RESOLVED, SUBJECT = "Căn cứ", "Quyết định", "Trích yếu"


class Look(NamedTuple):
    """How a style looks: size in points, weight, slant, alignment, room above, and how
    far the first line and all lines stand in."""

    size: float
    bold: bool = False
    italic: bool = False
    align: int = ALIGN.CENTER
    above: float = 0
    indent: float = 0
    left: float = 0
    below: float = 0
    together: bool = False


LOOKS = {
    BODY: Look(14, align=ALIGN.JUSTIFY, above=6, indent=12.7),
    PART: Look(14, bold=True, align=ALIGN.LEFT, above=10, indent=12.7, together=True),
    NUMBER: Look(13), KIND: Look(14, bold=True, above=18, together=True),
    TABLE_TITLE: Look(14, bold=True, above=2, together=True),
    ANNEX: Look(14, bold=True, together=True),
    SUPERIOR: Look(12), ISSUER: Look(12, bold=True), NATIONAL: Look(12, bold=True),
    LINE: Look(6, above=0), PLACE: Look(13, italic=True, above=4),
    TO: Look(14, above=8), TO_EACH: Look(14, align=ALIGN.LEFT, above=2, indent=-3, left=63),
    GAP: Look(14, align=ALIGN.JUSTIFY, above=6, indent=12.7),
    SIGNER: Look(14, bold=True, together=True),
    RECEIVERS: Look(12, bold=True, italic=True, align=ALIGN.LEFT),
    RECEIVED: Look(11, align=ALIGN.LEFT),
    CELL: Look(12, align=ALIGN.LEFT, above=2, below=2),
    CELL_HEAD: Look(12, bold=True, above=2, below=2), BELONGS: Look(13, italic=True, below=6),
    BASIS: Look(14, italic=True, align=ALIGN.JUSTIFY, above=6, indent=12.7),
    RESOLVED: Look(14, bold=True, above=12, together=True), SUBJECT: Look(12, above=2),
    FOOT: Look(10, italic=True), NOTE: Look(11, italic=True, align=ALIGN.LEFT, above=6),
}
#: The head of a paper keeps its size; all the rest shrinks so that it keeps to one page.
HEAD = frozenset({SUPERIOR, ISSUER, LINE, NATIONAL, PLACE, NUMBER, SUBJECT})


def give_styles(document, scale=1):
    """Give ``document`` these styles, ``scale`` times as large, in the face of the decree."""
    _normal(document.styles["Normal"])
    names = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        style = (document.styles[name] if name in names
                 else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style.base_style = document.styles["Normal"]
        if name not in HEAD:
            look = look._replace(size=round(look.size * scale * 2) / 2, above=look.above * scale,
                                 below=look.below * scale)
        _set(style, look)
        style.quick_style = True


def _normal(style):
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _face(style, 14)
    language = style.element.get_or_add_rPr()
    mark = language.makeelement(qn("w:lang"), {qn("w:val"): "vi-VN", qn("w:eastAsia"): "vi-VN"})
    language.append(mark)


def _face(style, size):
    """Times New Roman for every script: without eastAsia, Word picks another for some letters."""
    style.font.name, style.font.size = FACE, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def _set(style, look):
    _face(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next = look.align, look.together
    shape.space_before, shape.space_after = Pt(look.above), Pt(look.below)
    shape.first_line_indent, shape.left_indent = Mm(look.indent), Mm(look.left)
    shape.line_spacing = 1.0
    # What the built-in styles of a title bring along: a coloured rule, letters set apart.
    for holder, tag in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        found = holder.find(qn(tag))
        if found is not None:
            holder.remove(found)
