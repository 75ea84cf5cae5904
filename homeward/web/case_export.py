"""The filtered case list as a file: CSV or XLSX, written to disk row by row, then sent.

The file is finished before the first byte leaves, inside the transaction that puts the export on the record:
nobody gets half a list. Cells follow `homeward.lib.spreadsheets`: no text is ever taken for a formula.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.http import FileResponse, HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.commands.exporting import Export
from homeward.codelists.countries import country_name
from homeward.lib.spreadsheets import guarded
from homeward.web.case_words import RETURN_TYPES, ROLES_IN_FILE, SCOPES, STAGES, tag_words
from homeward.web.cases import Asked
from homeward.web.words_in_order import listed

Cell = str | int | date | None
Row = Sequence[Cell]
CHUNK = 1_000
DATE_WIDTH = 12
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The list that the address asks for, as a file."""
    actor = actor_of(request)
    actor.require(Action.CASE_EXPORT)
    asked = Asked(request, actor, localdate())
    kind = request.POST.get("form", "xlsx")
    kind = kind if kind in KINDS else "xlsx"
    exported = commands.export_cases(actor, filters=asked.filters, today=asked.today, text=asked.text)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    write = {"csv": write_csv, "xlsx": write_xlsx}[kind]
    write(file, headings(), rows(exported))
    file.seek(0)
    name = f"cases-{asked.today:%Y-%m-%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])


def headings() -> list[str]:
    """The columns, in the reader's language."""
    return [
        gettext("Reference"),
        gettext("Name"),
        gettext("Name in own script"),
        gettext("Year of birth"),
        gettext("Stage"),
        gettext("Since"),
        gettext("What you see"),
        gettext("Lead"),
        gettext("Comes from"),
        gettext("Return to"),
        gettext("Place of return"),
        gettext("Type of return"),
        gettext("File"),
        gettext("Role in the file"),
        gettext("Next step"),
        gettext("Next step by"),
        gettext("Expected"),
        gettext("Last contact"),
        gettext("Tags"),
    ]


def rows(exported: Export) -> Iterable[Row]:
    """One row for each case, as the list shows it; read in portions, so that memory stays small."""
    language = get_language() or "en"
    for one in exported.listings.iterator(chunk_size=CHUNK):
        yield (
            one.reference,
            one.latin_name,
            one.native_name,
            one.birth_year,
            str(STAGES[one.stage]),
            one.stage_since,
            str(SCOPES[one.scope]),
            one.lead_name,
            country_name(one.host_country, language) if one.host_country else None,
            country_name(one.return_country, language) if one.return_country else None,
            one.return_place,
            str(RETURN_TYPES[one.return_type]) if one.return_type else None,
            one.file_reference,
            str(ROLES_IN_FILE[one.role_in_file]) if one.file_reference else None,
            one.next_step,
            one.next_step_on,
            one.expected_on,
            one.last_contact_on,
            listed(tag_words(tag) for tag in one.tags),
        )


def write_csv(file: IO[bytes], head: Sequence[str], body: Iterable[Row]) -> None:
    """Comma-separated, UTF-8 with its mark, so that spreadsheet programs read every script."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in body)
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], head: Sequence[str], body: Iterable[Row]) -> None:
    """One sheet; text is written as text, days as days, numbers as numbers."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet("Cases")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, DATE_WIDTH)
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
    for number, row in enumerate(body, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, guarded(cell))
    book.close()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
