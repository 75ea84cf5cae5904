"""Exporting the list: on the record, within reach, safe to open."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.commands import exporting, open_case, set_next_step
from homeward.cases.commands.opening import CaseDetails
from homeward.lib.dates import PartialDate
from homeward.lib.spreadsheets import unguarded
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.cast import nora, otto, stranger, vera

EXPORT = reverse("cases_export")
EVIL = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "'=1")


def downloaded(client, kind, address=EXPORT):
    answer = client.post(address, {"form": kind})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def table(content):
    sheet = load_workbook(BytesIO(content)).active
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_donor_is_refused(client_of, sami):
    assert client_of(otto).post(EXPORT).status_code == 403


def test_a_stranger_gets_headings_and_nothing_else(client_of, sami):
    for kind in ("csv", "xlsx"):
        content = downloaded(client_of(stranger), kind, f"{EXPORT}?view=all")
        assert b"Sami" not in content
        assert sami.reference.encode() not in content
    assert table(downloaded(client_of(stranger), "xlsx", f"{EXPORT}?view=all")) == []


def test_both_kinds_hold_names_in_both_scripts_and_days_as_days(client_of, sami):
    [row] = table(downloaded(client_of(nora), "xlsx"))
    assert row["Name"].value == "Sami Example"
    assert row["Name in own script"].value == "سامي مثال"
    assert row["Since"].value == datetime(2026, 3, 2)
    assert row["Year of birth"].value == 1991
    assert row["Year of birth"].data_type == "n"
    text = downloaded(client_of(nora), "csv").decode("utf-8-sig")
    [line] = list(csv.DictReader(StringIO(text)))
    assert (line["Name in own script"], line["Since"], line["Year of birth"]) == (
        "سامي مثال",
        "2026-03-02",
        "1991",
    )


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_ever_a_formula_and_each_comes_back_as_it_was(client_of, sami, text):
    set_next_step(nora, case_id=sami.id, expected_version=sami.version, next_step=text, next_step_on=None)
    kept = text.strip()
    [row] = table(downloaded(client_of(nora), "xlsx"))
    cell = row["Next step"]
    assert cell.data_type == "s"
    assert cell.value == f"'{kept}"
    assert unguarded(cell.value) == kept
    written = downloaded(client_of(nora), "csv").decode("utf-8-sig")
    [line] = list(csv.DictReader(StringIO(written)))
    assert unguarded(line["Next step"]) == kept


def test_a_name_that_is_a_formula_is_text(client_of, cast):
    details = PersonDetails(given_names="=HYPERLINK(A1)", birth=PartialDate.of_year(1990))
    person = register_person(nora, details=details)
    open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2), details=CaseDetails())
    [row] = table(downloaded(client_of(nora), "xlsx"))
    assert (row["Name"].value, row["Name"].data_type) == ("'=HYPERLINK(A1)", "s")


def test_only_what_the_list_shows_leaves(client_of, sami):
    client = client_of(nora)
    assert len(table(downloaded(client, "xlsx", f"{EXPORT}?stage=enquiry"))) == 1
    assert table(downloaded(client, "xlsx", f"{EXPORT}?stage=arrived")) == []
    found = client.post(reverse("cases_find"), {"text": "Nobody Else"}).url.partition("?")[2]
    assert table(downloaded(client, "xlsx", f"{EXPORT}?{found}")) == []


def test_an_export_is_one_entry_on_the_record(client_of, sami):
    downloaded(client_of(nora), "csv")
    with acting_as(nora):
        entry = Entry.objects.get(action="case.export")
    assert (entry.actor_id, entry.case_id) == (nora.user_id, None)


def test_a_list_too_long_for_one_file_is_refused_with_the_remedy(client_of, sami, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 0)
    answer = client_of(nora).post(EXPORT, {"form": "csv"})
    assert answer.status_code == 422
    assert "Filter it first" in answer.content.decode()


def test_a_coordinator_may_export_what_is_shared_with_them(client_of, sami):
    assert table(downloaded(client_of(vera), "xlsx")) == []
