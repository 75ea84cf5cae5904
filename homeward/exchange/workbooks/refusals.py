"""Why a file cannot be read at all, each with the remedy."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid


class UnreadableWorkbook(Invalid):
    code = "workbook_unreadable"
    message = _(
        "This file is damaged, or is no spreadsheet. Open it in a spreadsheet program, save it as .xlsx."
    )


class UnsupportedWorkbook(Invalid):
    code = "workbook_unsupported"
    message = _("This kind of file cannot be read. Save it as .xlsx or as .csv and upload that.")


class EncryptedWorkbook(Invalid):
    code = "workbook_encrypted"
    message = _("This workbook is protected by a password. Save a copy without a password and upload that.")


class OversizedWorkbook(Invalid):
    code = "workbook_too_large"
    message = _("This workbook unpacks to more than is safe to open. Split it, or save the sheet as .csv.")


class TooManyCells(Invalid):
    code = "workbook_too_many_cells"
    message = _(
        "This sheet reaches too far down or to the right. Delete the empty rows and columns at its edges,"
        " or split it into files of at most 50,000 rows."
    )


class UnsafeWorkbook(Invalid):
    code = "workbook_unsafe"
    message = _("This workbook contains something that spreadsheets do not contain. It was not opened.")


class EmptyWorkbook(Invalid):
    code = "workbook_empty"
    message = _("No rows of people were found in this file.")


class SingleColumn(Invalid):
    code = "workbook_one_column"
    message = _(
        "Everything stands in one column. Check which sign separates the columns, or choose another sheet."
    )


class UnknownSheet(Invalid):
    code = "workbook_sheet_unknown"
    message = _("The workbook has no sheet of that name.")


class UnknownHeaderRow(Invalid):
    code = "workbook_header_unknown"
    message = _("The sheet has no such row for its column names.")


class UnreadableText(Invalid):
    code = "text_unreadable"
    message = _("The letters in this file cannot be read. Save it again as CSV with the encoding UTF-8.")
