"""How well the matcher does on a partner's workbook whose doubles are known."""

import json
import re
import sys
from calendar import month_abbr
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from homeward.lib.dates import PartialDate
from homeward.people.matching import Traits, likely_pairs

DATA = Path(__file__).parents[3] / "tests" / "data"
MONTHS = {name: number for number, name in enumerate(month_abbr) if name}
SEX = {"f": "female", "female": "female", "m": "male", "male": "male", "homme": "male"}
FIRST_ROW = 4


def read_date(cell) -> PartialDate | None:
    if isinstance(cell, datetime):
        return PartialDate.of_day(cell.date())
    text = str(cell or "").strip()
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return PartialDate.of_day(date(*map(int, found.groups())))
    if found := re.fullmatch(r"(\d\d)[./](\d\d)[./](\d{2,4})", text):
        day, month, year = map(int, found.groups())
        year += 0 if year > 99 else 1900 if year > 30 else 2000
        return PartialDate.of_day(date(year, month, day))
    if found := re.fullmatch(r"(?:(\d\d)-)?([A-Z][a-z]{2})[- ](\d{4})", text):
        day, month, year = found[1], MONTHS[found[2]], int(found[3])
        return PartialDate.of_day(date(year, month, int(day))) if day else PartialDate.of_month(year, month)
    return PartialDate.of_year(int(text)) if re.fullmatch(r"\d{4}", text) else None


def read_row(row) -> Traits:
    text = [str(cell or "") for cell in row]
    return Traits(
        file=text[0],
        given_names=text[2],
        native_name=text[3],
        family_name=text[4],
        birth=read_date(row[5]),
        sex=SEX.get(text[6].lower(), ""),
        nationalities=(text[7],),
        documents=(text[8],),
        phones=(text[9],),
        returned_from=text[10],
        departure=read_date(row[12]),
        place=text[14],
    )


@pytest.fixture(scope="module")
def workbook():
    sheet = load_workbook(DATA / "partner-returns-a.xlsx", read_only=True).worksheets[0]
    rows = [
        read_row(row) for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True) if row[0] and row[2]
    ]
    truth = json.loads((DATA / "partner-returns-a.truth.json").read_text())
    assert len(rows) == truth["rows"]
    return rows, {tuple(pair) for pair in truth["same_person_row_pairs"]}


def test_at_least_98_in_100_doubles_are_proposed_and_at_least_97_in_100_proposals_are_doubles(
    workbook, capsys
):
    rows, truth = workbook
    proposed = {(pair.i, pair.j) for pair in likely_pairs(rows)}
    right = len(proposed & truth)
    recall, precision = right / len(truth), right / len(proposed)
    with capsys.disabled():
        sys.stdout.write(
            f"\nworkbook: recall {recall:.3f}, precision {precision:.3f} of {len(truth)} doubles\n"
        )
    assert recall >= 0.98
    assert precision >= 0.97
