"""A text document that people go on writing in; Arabic runs from the right, tables too."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from vl_convert import svg_to_png

from homeward.reports.documents import Block, BlockKind, Document

FONT = "Noto Sans"
K = BlockKind


def docx_of(document: Document, made_at: datetime) -> bytes:
    """The document as DOCX."""
    made = docx.Document()
    _set_up(made, document, made_at)
    made.add_heading(document.title, level=0)
    for one in (document.organisation, document.period, document.made_on, document.kept_by):
        if one:
            made.add_paragraph(one, style="Subtitle")
    for block in document.blocks:
        WRITTEN[block.kind](made, block)
    if document.is_right_to_left:
        _turn(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_up(made: Any, document: Document, made_at: datetime) -> None:
    about, normal = made.core_properties, made.styles["Normal"]
    about.title, about.author, about.language = document.title, document.organisation, document.language
    about.created = about.modified = made_at.replace(tzinfo=None, microsecond=0)
    normal.font.name = FONT
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:cs"), "Noto Sans Arabic")
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if document.is_right_to_left else "w:val"), document.language)
    normal.element.get_or_add_rPr().append(language)


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


def _table(made: Any, block: Block) -> None:
    made.add_paragraph(_told(block), style="Caption")
    table = made.add_table(rows=1, cols=len(block.head), style="Light Grid Accent 1")
    _fill(table.rows[0], block.head)
    heads = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    heads.append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        _fill(table.add_row(), [one.text for one in row])


def _fill(row: Any, texts: Any) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def _picture(made: Any, block: Block) -> None:
    made.add_picture(BytesIO(svg_to_png(block.svg, scale=2)), width=Cm(16))
    made.inline_shapes[-1]._inline.docPr.set("descr", block.alt)  # noqa: SLF001
    made.add_paragraph(_told(block), style="Caption")


def _turn(made: Any) -> None:
    """Every paragraph, run and table begins at the right."""
    body = made.element.body
    for one in body.iter(qn("w:p")):
        one.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for one in body.iter(qn("w:r")):
        one.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for one in body.iter(qn("w:tblPr")):
        one.append(OxmlElement("w:bidiVisual"))
    for section in made.sections:
        section._sectPr.append(OxmlElement("w:bidi"))  # noqa: SLF001


WRITTEN: Mapping[BlockKind, Callable[[Any, Block], None]] = {
    K.CHAPTER: _heading(1),
    K.SECTION: _heading(2),
    K.LEAD: _paragraph("Intense Quote"),
    K.PARAGRAPH: _paragraph("Normal"),
    K.NOTE: _paragraph("Caption"),
    K.REFUSAL: _paragraph("Quote"),
    K.LIST: _list,
    K.TABLE: _table,
    K.PICTURE: _picture,
}
