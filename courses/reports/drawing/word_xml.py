"""What python-docx has no words for, as the elements of the file format (ECMA-376)."""
from types import SimpleNamespace
from typing import NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from lxml.etree import SubElement


def element(tag, **attributes):
    """An element ``w:tag`` with its attributes in the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def _page_number(paragraph):
    """Let ``paragraph`` show the number of its page."""
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("end", None)):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def _restart_numbers(section):
    """Let the pages of ``section`` be numbered from one."""
    old = section._sectPr.find(qn("w:pgNumType"))
    if old is not None:
        section._sectPr.remove(old)
    numbers = element("pgNumType", start=1)
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)


field = SimpleNamespace(page_number=_page_number, restart_numbers=_restart_numbers)


def move_section_break(document):
    """Let the section end in the last paragraph of text, not in an empty one of its own."""
    body = document.element.body
    breaks = body.xpath("./w:p[w:pPr/w:sectPr]")
    holder = breaks[-1]
    before = holder.getprevious()
    if before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().append(holder.pPr.find(qn("w:sectPr")))
        body.remove(holder)


def keep_row(row, header=False):
    """Never tear ``row`` over two pages; a ``header`` returns on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))


def fixed_widths(table, widths):
    """Give the columns these widths in EMU, which no long word stretches."""
    table.autofit = False
    for column, wide in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(int(Emu(wide).twips)))
    for row in table._tbl.tr_lst:
        place = 0
        for cell in row.tc_lst:
            span = cell.grid_span
            cell.width = Emu(sum(widths[place:place + span]))
            place += span


class RowCell(NamedTuple):
    """A cell of a row of values; ``style`` is the id of a paragraph style, ``wide`` in EMU."""

    text: str
    style: str
    align: str
    wide: int
    span: int = 1
    bold: bool = False


def add_row(table, cells, least=0, with_next=False):
    """A row of values that is never torn; ``least`` is its least height in EMU.

    Written as elements: python-docx looks every style up again for every cell, and a list of
    a thousand names would take ten seconds.
    """
    row = SubElement(table._tbl, qn("w:tr"))
    properties = SubElement(row, qn("w:trPr"))
    SubElement(properties, qn("w:cantSplit"))
    if least:
        SubElement(properties, qn("w:trHeight"), {
            qn("w:val"): str(int(Emu(least).twips)), qn("w:hRule"): "atLeast"})
    for cell in cells:
        _add_cell(row, cell, with_next)


def _add_cell(row, cell, with_next):
    made = SubElement(row, qn("w:tc"))
    properties = SubElement(made, qn("w:tcPr"))
    SubElement(properties, qn("w:tcW"), {
        qn("w:type"): "dxa", qn("w:w"): str(int(Emu(cell.wide).twips))})
    if cell.span > 1:
        SubElement(properties, qn("w:gridSpan"), {qn("w:val"): str(cell.span)})
    paragraph = SubElement(made, qn("w:p"))
    look = SubElement(paragraph, qn("w:pPr"))
    SubElement(look, qn("w:pStyle"), {qn("w:val"): cell.style})
    if with_next:
        SubElement(look, qn("w:keepNext"))
    SubElement(look, qn("w:jc"), {qn("w:val"): cell.align})
    if cell.text:
        run = SubElement(paragraph, qn("w:r"))
        if cell.bold:
            SubElement(SubElement(run, qn("w:rPr")), qn("w:b"))
        SubElement(run, qn("w:t")).text = cell.text


def no_borders(table):
    """A table that only sets things side by side."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="nil"))
    _among_properties(table, borders)
    narrow_cells(table, Emu(0))


def narrow_cells(table, room):
    """So much room on both sides between the text of a cell and its edges."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=int(room.twips), type="dxa"))
    _among_properties(table, margins)


def _among_properties(table, made):
    """Put ``made`` where the schema wants it: before the mark of the table's look."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    table._tbl.tblPr.append(made) if look is None else look.addprevious(made)


def ruled_below(paragraph, right):
    """A rule below ``paragraph`` that is as long as its text: ``right`` and left stay free."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = right
    borders = OxmlElement("w:pBdr")
    borders.append(element("bottom", val="single", sz=6, space=1, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants the borders before the spacing and the indents.
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
        "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr")


def shade(cell):
    """A light ground under the words above a column."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill="EDEDED"))
