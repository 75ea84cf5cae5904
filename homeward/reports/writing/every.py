"""A document in every kind of file."""

from collections.abc import Mapping
from datetime import datetime

import orjson

from homeward.reports.documents import Document, as_json
from homeward.reports.rules import ReportFormat
from homeward.reports.writing.docx import docx_of
from homeward.reports.writing.html import html_of
from homeward.reports.writing.pdf import pdf_of
from homeward.reports.writing.xlsx import xlsx_of


def files_of(document: Document, made_at: datetime) -> Mapping[ReportFormat, bytes]:
    """What is kept of a report: the same words and numbers in each."""
    return {
        ReportFormat.PDF: pdf_of(document, made_at),
        ReportFormat.DOCX: docx_of(document, made_at),
        ReportFormat.XLSX: xlsx_of(document, made_at),
        ReportFormat.HTML: html_of(document),
        ReportFormat.JSON: orjson.dumps(as_json(document), option=orjson.OPT_INDENT_2),
    }
