"""Files of documents that are hard to write: figures from the right, letters of two scripts, no letters."""

from datetime import UTC, datetime

import pytest

from homeward.reports.documents import Block, BlockKind, Cell, Document
from homeward.reports.figures.drawing import draw
from homeward.reports.figures.sheet import Medium
from homeward.reports.figures.tests.samples import SAMPLES
from homeward.reports.rules import ReportFormat
from homeward.reports.writing import pdf
from homeward.reports.writing.every import files_of

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
MIXED = "لم يُجِب 85% (من 1 إلى 2) شخصاً؛ partner 3"


def a_document(language, *blocks):
    return Document(f"{MIXED} =1+1", "Return Partners", language, "", "", "", blocks, ())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_figure_and_every_kind_of_block_is_written_in_every_kind_of_file(language):
    drawings = [draw(one, language=language, medium=Medium.PRINT) for one in SAMPLES]
    pictures = [Block(BlockKind.PICTURE, one.title, svg=one.svg, alt=one.alt) for one in drawings]
    rows = ((Cell(MIXED), Cell("3", 3.0)), (Cell("Mali"), Cell("not shown")))
    tables = [Block(kind, MIXED, head=("A", "B"), rows=rows) for kind in (BlockKind.TABLE, BlockKind.SOURCES)]
    texts = [Block(kind, MIXED, items=(MIXED,)) for kind in list(BlockKind)[:7]]
    facts = Block(BlockKind.FACTS, rows=rows)
    made = files_of(a_document(language, *texts, facts, *tables, *pictures), MOMENT)
    assert set(made) == set(ReportFormat)
    assert made[ReportFormat.PDF].startswith(b"%PDF-")


def test_without_letters_of_its_language_a_report_is_not_made(monkeypatch):
    monkeypatch.setattr(pdf, "_families", lambda: frozenset({"Libertinus Serif"}))
    pdf.require_font("en")
    with pytest.raises(pdf.NoFont):
        pdf.pdf_of(a_document("ar"), MOMENT)
