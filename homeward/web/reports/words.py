"""Words of reports as choices and states."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.reports.rules import AdviceState, Frequency, Means, ReportAudience, ReportFormat, ReportState

Said = str | Promise
STATES: Mapping[str, tuple[Said, str]] = {
    ReportState.ASKED: (_("Waits to be made"), ""),
    ReportState.MAKING: (_("Is being made"), ""),
    ReportState.READY: (_("Ready to be read through"), "act"),
    ReportState.CHECKED: (_("Read through by one person"), "act"),
    ReportState.RELEASED: (_("Released"), ""),
    ReportState.REFUSED: (_("Refused by disclosure control"), "late"),
    ReportState.FAILED: (_("Could not be made"), "late"),
    ReportState.WITHDRAWN: (_("Taken back"), "unknown"),
}
AUDIENCES: Mapping[str, Said] = {
    ReportAudience.INSIDE: _("For inside"),
    ReportAudience.OUTSIDE: _("For outside"),
}
FREQUENCIES: Mapping[str, Said] = {
    Frequency.MONTHLY: _("Every month"),
    Frequency.QUARTERLY: _("Every quarter"),
}
FORMATS: Mapping[str, Said] = {
    ReportFormat.PDF: _("PDF, to print and to send"),
    ReportFormat.DOCX: _("Text document, to go on writing in"),
    ReportFormat.XLSX: _("Workbook, with every number and where it comes from"),
    ReportFormat.HTML: _("Web page"),
    ReportFormat.JSON: _("JSON, for programs"),
}
MEANS: Mapping[str, Said] = {
    Means.IN_PERSON: _("In person"),
    Means.POST: _("By post"),
    Means.E_MAIL: _("By e-mail, from a person's own mailbox"),
    Means.PORTAL: _("Through the recipient's portal"),
}
ANSWERS: Mapping[str, Said] = {
    AdviceState.ACCEPTED: _("We accept it"),
    AdviceState.PARTLY: _("We accept it in part"),
    AdviceState.REJECTED: _("We reject it"),
}
LANGUAGE_NAMES: Mapping[str, Said] = {"en": _("English"), "fr": _("French"), "ar": _("Arabic")}
KINDS: Mapping[str, Said] = {
    "text": _("Text"),
    "counts": _("Counts of cases"),
    "findings": _("Findings"),
    "indicators": _("Indicators"),
    "chapters": _("Chapters by criteria"),
    "checklist": _("Checklist"),
    "recommendations": _("Recommendations"),
}
