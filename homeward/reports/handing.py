"""What a file of a report is called, and of which type it is."""

from collections.abc import Mapping

from homeward.reports.models import ReportFile
from homeward.reports.rules import ReportFormat, ReportState

TYPES: Mapping[str, str] = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.JSON: "application/json",
}


def name_of(file: ReportFile) -> str:
    """A name that says only whether it was let go: what a report is about stands inside."""
    word = "report" if file.report.state == ReportState.RELEASED else "not-released"
    return f"{word}-{file.sha256[:12]}.{file.kind}"
