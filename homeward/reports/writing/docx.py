"""A text document that people go on writing in; Arabic runs from the right, tables too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from vl_convert import svg_to_png

from homeward.reports.documents import Block, BlockKind, Cell, Document

FONT, ARABIC_FONT = "Noto Sans", "Noto Sans Arabic"
INK, ACT, LATE, SOFT = "1B2625", "0B5A61", "9C3F10", "55605C"
# name of the style: size in points, colour, whether bold
STYLES = {
    "Normal": (10, INK, False),
    "Title": (20, ACT, True),
    "Subtitle": (10, SOFT, False),
    "Heading 1": (15, ACT, True),
    "Heading 2": (12, ACT, True),
    "Caption": (9, SOFT, False),
    "Intense Quote": (12, INK, False),
    "Quote": (10, LATE, False),
    "List Bullet": (10, INK, False),
}
REGIONS = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}
WIDE = Cm(16)
K = BlockKind


def docx_of(document: Document, made_at: datetime) -> bytes:
    """The document as DOCX."""
    made = docx.Document()
    _set_up(made, document, made_at)
    made.add_heading(document.title, level=0)
    for one in document.heading:
        made.add_paragraph(one, style="Subtitle")
    for block in document.blocks:
        WRITTEN[block.kind](made, block)
    if document.is_right_to_left:
        _turn(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_up(made: Any, document: Document, made_at: datetime) -> None:
    about = made.core_properties
    about.title, about.author, about.language = document.title, document.organisation, document.language
    about.comments, about.created, about.modified = "", *[made_at.replace(tzinfo=None, microsecond=0)] * 2
    for name, (size, colour, is_bold) in STYLES.items():
        _dress(made.styles[name], size, colour, is_bold=is_bold)
    made.styles["Subtitle"].paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    region = REGIONS.get(document.language, document.language)
    language.set(qn("w:bidi" if document.is_right_to_left else "w:val"), region)
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)


def _dress(style: Any, size: int, colour: str, *, is_bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), is_bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    rest = style.element.get_or_add_rPr()
    fonts = rest.get_or_add_rFonts()
    for name in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[name]  # a font of the theme would go before ours
    fonts.set(qn("w:hAnsi"), FONT)
    fonts.set(qn("w:cs"), ARABIC_FONT)
    # Sizes of letters from the right are named for themselves.
    for tag, value in (("w:szCs", str(size * 2)), ("w:bCs", "1" if is_bold else "0")):
        _put(rest, tag, {"w:val": value})


def _put(parent: Any, tag: str, given: Mapping[str, str]) -> None:
    """One element of a style, where Word's order of elements has it."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    made = OxmlElement(tag)
    for name, value in given.items():
        made.set(qn(name), value)
    _insert(parent, made)


# The order that Word wants of what stands in an element; what is not named may stand anywhere.
ORDER = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike outline shadow color spacing w kern position "
    "sz szCs highlight u effect bdr shd vertAlign rtl cs em lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi adjustRightInd "
    "spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg textDirection bidi docGrid",
}


def _insert(parent: Any, made: Any) -> None:
    order = [qn(f"w:{one}") for one in ORDER[parent.tag.rpartition("}")[2]].split()]
    after = set(order[order.index(made.tag) + 1 :])
    for place, one in enumerate(parent):
        if one.tag in after:
            parent.insert(place, made)
            return
    parent.append(made)


def _told(block: Block) -> str:
    return " ".join([block.text, *(f"[{one}]" for one in block.traces)])


def _heading(level: int) -> Callable[[Any, Block], None]:
    return lambda made, block: made.add_heading(_told(block), level=level)


def _paragraph(style: str) -> Callable[[Any, Block], None]:
    return lambda made, block: made.add_paragraph(_told(block), style=style)


def _list(made: Any, block: Block) -> None:
    if block.text:
        made.add_paragraph(_told(block))
    for one in block.items:
        made.add_paragraph(one, style="List Bullet")


def _facts(made: Any, block: Block) -> None:
    table = made.add_table(rows=0, cols=2)
    for row in block.rows:
        made_row = table.add_row()
        _fill(made_row, row)
        for one in made_row.cells[0].paragraphs[0].runs:
            one.font.color.rgb = RGBColor.from_string(SOFT)
    _set_widths(table, (1, 3))
    made.add_paragraph()


def _table(made: Any, block: Block) -> None:
    caption = made.add_paragraph(_told(block), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(block.head), style="Light Shading")
    numbers = block.numbers
    _fill(table.rows[0], [Cell(one) for one in block.head], numbers)
    heads = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    heads.append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        _fill(table.add_row(), row, numbers)
    _set_widths(table, (2, *[1] * (len(block.head) - 1)))
    made.add_paragraph()


def _fill(row: Any, cells: Sequence[Cell], numbers: Sequence[bool] = ()) -> None:
    for at, (place, one) in enumerate(zip(row.cells, cells, strict=True)):
        place.text = one.text
        if at < len(numbers) and numbers[at]:
            place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for each in place.paragraphs[0].runs:
            each.font.size = Pt(9)


def _set_widths(table: Any, shares: Sequence[int]) -> None:
    for row in table.rows:
        for place, share in zip(row.cells, shares, strict=True):
            place.width = int(WIDE * share / sum(shares))


def _picture(made: Any, block: Block) -> None:
    made.add_picture(BytesIO(svg_to_png(block.svg, scale=2)), width=WIDE)
    made.inline_shapes[-1]._inline.docPr.set("descr", block.alt)  # noqa: SLF001
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    made.add_paragraph(_told(block), style="Caption")


def _turn(made: Any) -> None:
    """Every paragraph, run and table begins at the right."""
    body = made.element.body
    for one in body.iter(qn("w:p")):
        _put(one.get_or_add_pPr(), "w:bidi", {})
    for one in body.iter(qn("w:r")):
        _put(one.get_or_add_rPr(), "w:rtl", {})
    for one in body.iter(qn("w:tblPr")):
        _put(one, "w:bidiVisual", {})
    for section in made.sections:
        _put(section._sectPr, "w:bidi", {})  # noqa: SLF001


WRITTEN: Mapping[BlockKind, Callable[[Any, Block], None]] = {
    K.CHAPTER: _heading(1),
    K.SECTION: _heading(2),
    K.LEAD: _paragraph("Intense Quote"),
    K.PARAGRAPH: _paragraph("Normal"),
    K.NOTE: _paragraph("Caption"),
    K.REFUSAL: _paragraph("Quote"),
    K.LIST: _list,
    K.FACTS: _facts,
    K.TABLE: _table,
    K.SOURCES: _table,
    K.PICTURE: _picture,
}
