"""What is written is read again by others: labels, each kind of missing, early dates, scripts, long names."""

import hashlib
from datetime import UTC, datetime
from xml.etree import ElementTree

import pandas as pd
import pyreadstat
import pytest

from homeward.exchange.analysts.codebooks import NAMESPACE, write_codebook
from homeward.exchange.analysts.delimited import ROWS, data_package, write_csv
from homeward.exchange.analysts.rules import MISSING_WORDS, Missing, sign_of
from homeward.exchange.analysts.spss import gap_number, write_spss
from homeward.exchange.analysts.stata import write_stata
from homeward.exchange.analysts.tables import Table, Variable, shortened
from homeward.exchange.analysts.tests.read_back import as_signs, csv_again, spss_again, stata_again
from homeward.exchange.analysts.tests.tables import VARIABLES, drawn, table_of
from homeward.extracts.frames import Kind
from homeward.lib.spreadsheets import guarded

AT = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
NAMES = tuple(one.name for one in VARIABLES)


def test_csv_with_its_data_package_reads_as_it_was_written(tmp_path):
    table, kept = drawn()
    write_csv(table, tmp_path / ROWS)
    content = (tmp_path / ROWS).read_bytes()
    told = data_package(table, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))
    assert csv_again(tmp_path / ROWS, told, VARIABLES) == as_signs(kept)
    assert all(f'"{sign_of(one)}": "{words}"' in told for one, words in MISSING_WORDS.items())
    assert "'=1+1" in told
    assert b'"=' not in content, "no cell is a formula"
    assert guarded("=1+1") == "'=1+1"


def test_stata_reads_as_it_was_written(tmp_path):
    table, kept = drawn()
    write_stata(table, tmp_path / "a.dta", at=AT)
    rows, labels, words = stata_again(tmp_path / "a.dta", VARIABLES)
    assert rows == as_signs(kept)
    assert list(words.values()) == [one.label[:80] for one in VARIABLES]
    gaps = {2147483621 + one: told for one, told in MISSING_WORDS.items()}
    for one in VARIABLES[1:]:
        assert labels[one.name].items() >= gaps.items()
    assert labels["district"].items() >= dict(enumerate(VARIABLES[1].codes, start=1)).items()


def test_another_reader_of_stata_finds_the_same_gaps_and_labels(tmp_path):
    table, kept = drawn()
    write_stata(table, tmp_path / "a.dta", at=AT)
    read, about = pyreadstat.read_dta(tmp_path / "a.dta", user_missing=True)
    short = shortened(NAMES, 32)
    for one in VARIABLES[1:]:
        found = [value if isinstance(value, str) else "" for value in read[short[one.name]]]
        gaps = [row[one.name] for row in kept]
        assert found == [sign_of(gap)[1:] if isinstance(gap, Missing) else "" for gap in gaps]
        assert about.variable_value_labels[short[one.name]]["d"] == MISSING_WORDS[Missing.NOT_REACHED]
    assert about.file_label == table.title


def test_spss_reads_as_it_was_written(tmp_path):
    table, kept = drawn()
    write_spss(table, tmp_path / "a.sav", at=AT)
    rows, about, short = spss_again(tmp_path / "a.sav", VARIABLES)
    assert rows == as_signs(kept)
    for one in VARIABLES:
        assert about.column_names_to_labels[short[one.name]].startswith(one.label[:100])
    for one in VARIABLES[1:]:
        told = about.variable_value_labels[short[one.name]]
        assert {gap: told[gap_number(one, gap)] for gap in Missing} == MISSING_WORDS
    districts = about.variable_value_labels["district"]
    assert [districts[number] for number in range(1, 7)] == list(VARIABLES[1].codes)
    assert about.file_encoding == "UTF-8"


def test_the_codebook_holds_every_column_code_and_kind_of_missing_in_the_order_of_the_standard(tmp_path):
    table, _ = drawn()
    write_codebook(table, tmp_path / "a.xml", at=AT, file_name=ROWS)
    book = ElementTree.parse(tmp_path / "a.xml").getroot()  # noqa: S314 - our own
    at = f"{{{NAMESPACE}}}"
    assert [one.tag for one in book] == [at + one for one in ("docDscr", "stdyDscr", "fileDscr", "dataDscr")]
    columns = book.findall(f"{at}dataDscr/{at}var")
    assert [one.get("name") for one in columns] == list(NAMES)
    district = columns[1]
    told = {
        one.findtext(f"{at}catValu"): (one.findtext(f"{at}labl"), one.get("missing"))
        for one in district.iter(f"{at}catgry")
    }
    assert told == {code: (code, "N") for code in VARIABLES[1].codes} | {
        sign_of(gap): (words, "Y") for gap, words in MISSING_WORDS.items()
    }
    order = ["labl", "catgry", "varFormat"]
    for one in columns:
        places = [order.index(child.tag.removeprefix(at)) for child in one]
        assert places == sorted(places)


def test_names_that_are_cut_stay_apart():
    names = ("a" * 40, "a" * 41, "a" * 32, "é" * 20, "é" * 21, "b")
    short = shortened(names, 32)
    assert len(set(short.values())) == len(names)
    assert max(len(one.encode()) for one in short.values()) <= 32
    assert (short["a" * 32], short["b"]) == ("a" * 32, "b")


@pytest.mark.parametrize("write", [write_stata, write_spss])
def test_what_a_format_cannot_hold_is_refused_never_bent(write, tmp_path):
    number = Variable("n", "A number", Kind.COUNT)
    sav_gap = -91
    for value in (2_147_483_630, sav_gap):
        if (write is write_spss) != (value == sav_gap):
            continue
        with pytest.raises(ValueError, match="n holds"):
            write(table_of((number,), [{"n": value}]), tmp_path / "x", at=AT)
    unknown = table_of((Variable("c", "A code", Kind.CODE, ("one",)),), [{"c": "two"}])
    with pytest.raises(ValueError, match="c holds"):
        write(unknown, tmp_path / "x", at=AT)


@pytest.mark.parametrize("write", [write_stata, write_spss])
def test_rows_that_do_not_all_come_are_no_file(write, tmp_path):
    table, _ = drawn()
    short = Table(table.name, table.title, table.words, table.variables, table.rows + 1, table.batches)
    with pytest.raises(ValueError, match="announced"):
        write(short, tmp_path / "x", at=AT)


def test_an_empty_table_is_a_file_with_all_its_labels(tmp_path):
    table = table_of(VARIABLES, [])
    write_stata(table, tmp_path / "a.dta", at=AT)
    write_spss(table, tmp_path / "a.sav", at=AT)
    write_csv(table, tmp_path / "a.csv")
    with pd.read_stata(tmp_path / "a.dta", iterator=True) as opened:
        assert len(opened.variable_labels()) == len(VARIABLES)
    assert (tmp_path / "a.csv").read_text().count("\n") == 1
