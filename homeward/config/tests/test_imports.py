"""Lists on the command line: a preview needs no database, a commit saves each row once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.config.cli import imports, main
from homeward.exchange.tests.sheets import csv_bytes

PROJECT = Path(__file__).parents[3]
WORKBOOK = PROJECT / "tests" / "data" / "partner-returns-a.xlsx"


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "list.csv"
    rows = [["First name", "Surname", "DOB"], ["Amina", "Demo", "03.04.1990"], ["Amina", "Demo", "1990"]]
    file.write_bytes(csv_bytes(rows))
    return str(file)


def test_no_database_is_needed():
    nowhere = {"HOMEWARD_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    found = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "homeward.config.cli", "import", "preview", str(WORKBOOK), "--json"],
        env=os.environ | nowhere,
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    told = json.loads(found.stdout)
    assert told["rows"] == 1200
    assert all(len(pair) == 3 and pair[0] < pair[1] for pair in told["duplicate_row_pairs"])
    placeholders = next(group for group in told["problems"] if group["kind"] == "placeholder_date")
    assert len(placeholders["rows"]) == placeholders["count"] == 21


def test_a_missing_file_is_told_in_words(capsys):
    assert main(["import", "preview", "/nowhere/at/all.xlsx"]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_a_damaged_file_is_told_in_words(tmp_path, capsys):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert main(["import", "preview", str(tmp_path / "list.xlsx"), "--json"]) == 1
    said = capsys.readouterr()
    assert "damaged" in said.err
    assert not said.out


@pytest.mark.parametrize("option", [["--column", "DOB"], ["--column", "DOB=age"], ["--order", "x=dmy"]])
def test_an_option_that_makes_no_sense_is_refused(listed, option, capsys):
    assert main(["import", "preview", listed, *option]) == 1
    assert "--" in capsys.readouterr().err


def test_choices_are_taken(listed, capsys):
    main(["import", "preview", listed, "--json", "--column", "DOB=remarks"])
    assert json.loads(capsys.readouterr().out)["columns"]["DOB"] == "remarks"


def test_the_summary_names_no_person(listed, capsys):
    main(["import", "preview", listed])
    said = capsys.readouterr().out
    assert "2 rows of people" in said
    assert "Amina" not in said


@pytest.fixture
def nora_here(cast, monkeypatch):
    """The command line on the tests' own database, which is up to date."""
    monkeypatch.setattr(imports, "prepare_database", lambda: None)


def test_commit_saves_once_and_says_so(nora_here, listed, capsys):
    assert main(["import", "commit", listed]) == 0
    assert "1 rows saved" in capsys.readouterr().out
    assert main(["import", "commit", listed]) == 0
    said = capsys.readouterr().out
    assert "Nothing changed: 1 rows were saved before." in said
    assert "1 rows may be somebody already known" in said


def test_the_same_file_committed_twice_changes_nothing(nora_here, listed, capsys, past_policies):
    main(["import", "commit", listed, "--decide-duplicates", "different"])
    before = past_policies("SELECT id, version FROM cases_case ORDER BY id")
    assert len(before) == 2
    capsys.readouterr()
    main(["import", "commit", listed, "--decide-duplicates", "different"])
    assert "Nothing changed: 2 rows were saved before." in capsys.readouterr().out
    assert past_policies("SELECT id, version FROM cases_case ORDER BY id") == before


def test_only_who_works_with_cases_commits(nora_here, listed, capsys):
    for email in ("vera@homeward.example", "nobody@homeward.example"):
        assert main(["import", "commit", listed, "--as", email]) == 1
        assert "brings lists in" in capsys.readouterr().err


def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(nora_here, tmp_path, capsys, past_policies):
    (tmp_path / "list.csv").write_bytes(b"Everything in one column\r\nA\r\nB\r\n")
    assert main(["import", "commit", str(tmp_path / "list.csv")]) == 1
    assert "one column" in capsys.readouterr().err
    assert past_policies("SELECT id FROM files_storedfile") == []
