"""What a preview says about rows, from single rows to a partner's whole workbook."""

import io
import json
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from homeward.exchange.duplicates import duplicate_row_pairs
from homeward.exchange.preview import preview_as_json
from homeward.exchange.problem_kinds import CATALOGUE, Kind
from homeward.exchange.tests.sheets import TODAY, csv_bytes, kinds, read, xlsx

DATA = Path(__file__).parents[3] / "tests" / "data"
HEADER = ["File", "Relation", "First name", "Surname", "DOB", "Departure", "Arrival", "Nationality"]
AMINA = ["A-1", "PA", "Amina", "Demo", "1990-05-01", "2026-03-01", "2026-03-02", "IQ"]


def one(**changes):
    """Problems of Amina's row after some of its cells were changed."""
    row = dict(zip(HEADER, AMINA, strict=True)) | changes
    return [kind for kind, _ in kinds(read(xlsx(("List", [HEADER, list(row.values())]))))]


def test_a_faultless_row_has_no_problem():
    assert one() == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"DOB": "1900-01-01"}, "placeholder_date"),
        ({"DOB": "31.02.1990"}, "impossible_date"),
        ({"DOB": TODAY + timedelta(days=1)}, "birth_in_future"),
        ({"DOB": "1911-05-05"}, "too_old"),
        ({"DOB": ""}, "missing_birth_date"),
        ({"DOB": "2026-04-01"}, "born_after_departure"),
        ({"Arrival": "2026-02-01"}, "arrival_before_departure"),
        ({"Arrival": "2026-12-24"}, "arrival_in_future"),
        ({"Departure": "2036-03-01", "Arrival": ""}, "departure_far_ahead"),
        ({"Departure": "1926-03-01", "DOB": "1920"}, "travel_long_ago"),
        ({"Nationality": "Narnia"}, "unknown_country"),
        ({"Relation": "friend"}, "unreadable_value"),
        ({"Surname": "#REF!"}, "cell_error"),
        ({"Surname": "x" * 300}, "text_too_long"),
    ],
)
def test_what_cannot_be_true_is_flagged(changes, kind):
    assert kind in one(**changes)


def test_a_row_without_any_name_cannot_be_saved():
    rows = [HEADER, AMINA, ["A-2", "PA", "", "", "1991", "2026-03-01", "", "IQ"]]
    found = read(xlsx(("List", rows)))
    assert [row.can_be_saved for row in found.rows] == [True, False]


def test_refused_dates_are_left_out_and_their_spelling_is_kept():
    row = read(xlsx(("List", [HEADER, [*AMINA[:4], "01-Jan-1900", *AMINA[5:]]]))).rows[0]
    assert row.birth is None
    assert row.problems[0].found == "01-Jan-1900"


def test_dates_that_overlap_do_not_contradict_each_other():
    assert one(Departure="Mar 2026", Arrival="2026") == []


def test_a_family_is_seen_together():
    rows = [
        HEADER,
        AMINA,
        [*AMINA[:2], "Bilal", *AMINA[3:]],
        ["A-2", "child", "Carim", "Demo", "2019", "2026-03-01", "", "IQ"],
    ]
    found = kinds(read(xlsx(("List", rows))))
    assert found == {
        ("several_principals", "relation"): [0, 1],
        ("no_principal", "relation"): [2],
        ("departure_not_cleared", "departed_on"): [2],
    }


def test_a_child_as_principal_applicant_is_noted():
    assert one(DOB="2015-05-05") == ["principal_is_child"]


def test_the_originals_are_kept_beside_what_was_tidied():
    row = read(
        xlsx(("List", [HEADER, ["A-1", "PA", "  AMINA ", "DEMO", "1.5.90", "", "", "Irakisch"]]))
    ).rows[0]
    assert (row.given_names, row.family_name, row.nationality) == ("Amina", "Demo", "IQ")
    assert row.originals == {
        "relation": "PA",
        "given_names": "  AMINA ",
        "family_name": "DEMO",
        "birth": "1.5.90",
        "nationality": "Irakisch",
    }


def test_columns_without_room_are_held_with_the_row():
    header = ["Name", "Vulnerability", "Wishes", "Amount", "Consent", "Shoe size"]
    row = read(csv_bytes([header, ["Amina Demo", "VoT", "taxi", "€1 000", "yes", "38"]])).rows[0]
    assert [value.text for value in row.held.values()] == ["VoT", "taxi", "€1 000", "yes", "38"]
    assert row.held["Vulnerability"].hint == "victim_of_trafficking"
    assert (row.held["Amount"].amount_minor, row.held["Amount"].currency) == (100_000, "EUR")
    assert [problem.kind for problem in row.problems] == ["consent_without_evidence"]


def test_every_kind_of_problem_has_its_words():
    assert set(CATALOGUE) == set(Kind)
    assert all(str(about.title) and str(about.hint) for about in CATALOGUE.values())


@pytest.fixture(scope="module")
def workbook():
    return read((DATA / "partner-returns-a.xlsx").read_bytes(), "partner-returns-a.xlsx")


def test_the_partners_workbook_is_read_row_by_row(workbook):
    truth = json.loads((DATA / "partner-returns-a.truth.json").read_text())
    assert len(workbook.rows) == truth["rows"]
    assert len({row.file_reference for row in workbook.rows}) == truth["files"]
    assert [(row.sheet_row, row.reason) for row in workbook.skipped] == [
        (205, "blank"),
        (406, "total"),
        (607, "blank"),
    ]
    assert all(column.field != "held" for column in workbook.columns)


def test_every_problem_of_the_partners_workbook_is_explained(workbook):
    found = {kind: len(rows) for (kind, _), rows in kinds(workbook).items()}
    assert found["placeholder_date"] == 21
    assert found["formula_not_evaluated"] == 126
    assert found["amount_without_currency"] == 540
    assert found["consent_without_evidence"] == 876
    assert found["consent_refused"] == 151
    assert all(row.sex for row in workbook.rows if row.originals.get("sex"))
    assert {row.host_country for row in workbook.rows} == {"AT", "BE", "DE", "FR", "NL", "SE"}
    assert {row.return_type for row in workbook.rows} == {"", "voluntary", "forced", "humanitarian"}


def test_nearly_all_doubles_in_the_partners_workbook_are_proposed(workbook, capsys):
    truth = json.loads((DATA / "partner-returns-a.truth.json").read_text())
    doubles = {tuple(pair) for pair in truth["same_person_row_pairs"]}
    pairs = duplicate_row_pairs(workbook.rows)
    found = {(pair.i, pair.j) for pair in pairs}
    recall, precision = len(found & doubles) / len(doubles), len(found & doubles) / len(found)
    with capsys.disabled():
        sys.stdout.write(
            f"\nimport preview: recall {recall:.3f}, precision {precision:.3f} of {len(doubles)} doubles\n"
        )
    assert recall >= 0.95
    assert precision >= 0.90
    told = preview_as_json(workbook, [(pair.i, pair.j, pair.score) for pair in pairs])
    assert (told["rows"], told["header_row"], len(told["duplicate_row_pairs"])) == (1200, 3, len(found))
    assert json.loads(json.dumps(told)) == told
    assert told["problems"][0].keys() == {
        "kind",
        "field",
        "title",
        "hint",
        "severity",
        "count",
        "rows",
        "sheet_rows",
    }


def test_the_same_list_as_csv_comes_to_the_same_people(workbook):
    rows = [[row.file_reference, row.given_names, row.family_name] for row in workbook.rows]
    again = read(csv_bytes([["File", "First name", "Family name"], *rows], ";"), "list.csv")
    assert [row.name for row in again.rows] == [row.name for row in workbook.rows]


def test_a_row_keeps_its_fingerprint_in_any_order_of_rows_and_columns():
    first = read(xlsx(("List", [HEADER, ["x", *AMINA[1:]], AMINA])))
    again = read(csv_bytes([HEADER[::-1], AMINA[::-1]], ";"), "list.csv")
    assert first.rows[1].fingerprint == again.rows[0].fingerprint != first.rows[0].fingerprint


@pytest.mark.slow
@pytest.mark.alone
def test_twenty_thousand_rows_are_read_in_good_time():
    people = [
        {
            "File": f"A-{n}",
            "First name": f"Name{n}",
            "Surname": "Demo",
            "DOB": f"{n % 28 + 1:02}/03/{1950 + n % 60}",
        }
        | {
            "Departure": "24/03/2026",
            "Nationality": "Iraqi",
            "Phone": f"+96477{n:08}",
            "Passport": f"N{n:07}",
        }
        | {"Relation": "PA", "Sex": "Homme", "Returned from": "Deutschland", "Type of return": "vol."}
        | {"Place of return": "Erbil", "Vulnerability": "UAM", "Wishes": "taxi", "Amount": "€1 000"}
        | {"Consent": "yes", "Language": "Sorani", "Remarks": "note", "Shoe size": str(n % 9 + 36)}
        for n in range(20_000)
    ]
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("List")
        for number, row in enumerate([people[0].keys(), *(person.values() for person in people)]):
            sheet.write_row(number, 0, row)
    started = time.perf_counter()
    assert len(read(kept.getvalue()).rows) == 20_000
    assert time.perf_counter() - started < 20
