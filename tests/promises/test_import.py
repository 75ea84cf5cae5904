"""A partner's list comes in whole, once, and can be taken back: the promises, on the sample workbook."""

import io
import json
import time
from pathlib import Path

import pytest
import xlsxwriter

from homeward.access.acting import acting_as
from homeward.cases.queries import cases_by_file_number
from homeward.exchange.commands import undo_import
from homeward.exchange.duplicates import duplicate_row_pairs
from homeward.exchange.queries import held_of, problem_groups
from homeward.exchange.rules import Decision
from homeward.exchange.tests.imports import brought, counts, saved
from homeward.exchange.tests.sheets import read
from tests.cast import nora

DATA = Path(__file__).parents[1] / "data"
WORKBOOK = (DATA / "partner-returns-a.xlsx").read_bytes()
MADE = ("people_person", "people_contact", "people_document", "cases_case", "cases_listing", "cases_event")
MADE += ("cases_file", "exchange_keptfromlist")


def how_many(past_policies):
    return {table: past_policies(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in MADE}


def test_95_of_100_true_duplicates_are_proposed_and_90_of_100_proposals_are_true(capsys):
    told = json.loads((DATA / "partner-returns-a.truth.json").read_text())
    true = {tuple(sorted(pair)) for pair in _pairs(told)}
    proposed = {(pair.i, pair.j) for pair in duplicate_row_pairs(read(WORKBOOK).rows)}
    recall, precision = len(true & proposed) / len(true), len(true & proposed) / len(proposed)
    with capsys.disabled():
        print(f"\nduplicates: {recall:.1%} of {len(true)} found, {precision:.1%} of {len(proposed)} true")
    assert recall >= 0.95
    assert precision >= 0.90


def _pairs(told):
    return (
        told if isinstance(told, list) else next(value for value in told.values() if isinstance(value, list))
    )


@pytest.mark.slow
def test_the_sample_workbook_comes_in_once_and_goes_again_without_a_trace(cast, past_policies):
    given = brought(nora, WORKBOOK, "partner-returns-a.xlsx")
    found = counts(nora, given)
    with acting_as(nora):
        groups = problem_groups(nora, given)
    assert found.rows == 1200
    assert all(group.title and group.hint for group in groups)
    done = saved(nora, given, questions_as_unknown=True, undecided=Decision.DIFFERENT)
    assert counts(nora, done).saved == 1200
    before = how_many(past_policies)
    assert before["cases_case"] == 1200
    assert counts(nora, brought(nora, WORKBOOK, "again.xlsx")).saved_before == 1200
    assert how_many(past_policies) == before
    undo_import(nora, import_id=done.id)
    assert set(how_many(past_policies).values()) == {0}


def test_a_word_in_a_list_never_becomes_consent_and_no_formula_is_evaluated(cast, past_policies):
    rows = [["File No.", "First name", "Family name", "Consent", "Remarks"]]
    rows += [["A-1", "Amina", "Demo", "Yes", ""], ["A-2", "Bilal", "Demo", "No", ""]]
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 4, '=HYPERLINK("http://evil.example","met")', None, "met")
    saved(nora, brought(nora, kept.getvalue()), questions_as_unknown=True)
    shares = past_policies("SELECT id FROM cases_share")
    consents = past_policies(
        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'consent%'"
    )
    assert shares == []
    assert all(past_policies(f"SELECT 1 FROM {table['table_name']}") == [] for table in consents)
    with acting_as(nora):
        (case,) = cases_by_file_number(nora, {"A-1"})
        (told,) = held_of(nora, case.id)
    assert {value.field.value: value.text for value in told.values} == {"consent": "Yes", "remarks": "met"}


@pytest.mark.slow
def test_two_thousand_rows_are_read_and_saved_in_under_three_minutes_on_a_busy_machine(cast, capsys):
    content = big_list(2_000)
    started = time.perf_counter()
    given = brought(nora, content)
    read_in = time.perf_counter() - started
    done = saved(nora, given, questions_as_unknown=True, undecided=Decision.DIFFERENT)
    saved_in = time.perf_counter() - started - read_in
    with capsys.disabled():
        print(f"\n2,000 rows: read in {read_in:.1f} s, saved in {saved_in:.1f} s")
    assert counts(nora, done).saved == 2_000
    assert read_in + saved_in < 180


def big_list(rows):
    """People with names from a few hundred, so that some are alike, as in life."""
    head = ["File No.", "Relation", "First name", "Family name", "Date of birth", "Sex", "Nationality", "ID"]
    head += ["Phone", "Returned from", "Type of return", "Departure", "Place of return", "Vulnerability"]
    head += ["Amount", "Consent", "Remarks"]
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(0, 0, head)
        for n in range(rows):
            sheet.write_row(n + 1, 0, _person(n))
    return kept.getvalue()


GIVEN, FAMILY = ("Amina", "Bilal", "Carim", "Dunya", "Elif", "Faris", "Ghada", "Hadi"), "aeiou"


def _person(n):
    given = GIVEN[n % 8] + FAMILY[n // 8 % 5] + "lnrst"[n // 40 % 5]
    family = "Sam" + FAMILY[n // 7 % 5] + "bcdfgklmn"[n // 35 % 9] + FAMILY[n // 315 % 5] + "dir"
    born = f"{1960 + n * 7 % 45}-{n % 12 + 1:02}-{n * 3 % 28 + 1:02}"
    row = [f"F-{n // 3}", "PA" if n % 3 == 0 else "child", given, family, born, "F" if n % 2 else "M", "Iraq"]
    row += [f"A{7_000_000 + n * 13}", f"+4930{5_550_000 + n}", "Germany", "vol.", "2026-03-01", "Erbil"]
    return [*row, "VoT" if n % 9 == 0 else "", "EUR 1,000", "yes", "note"]
