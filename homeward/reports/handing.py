"""What a file of a report is called, and of which type it is."""

from collections.abc import Mapping

from homeward.reports.models import ReportFile
from homeward.reports.rules import ReportFormat

TYPES: Mapping[str, str] = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.JSON: "application/json",
}


def name_of(file: ReportFile) -> str:
    """A name that says nothing: what a report is about stands inside."""
    return f"report-{file.sha256[:12]}.{file.kind}"
