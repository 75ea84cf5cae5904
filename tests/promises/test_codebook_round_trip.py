"""H8: what analysts get reads back as it was written: labels, gaps, dates, names, every script.

Read by pyarrow and the data package (CSV), pandas (.dta), ReadStat (.sav); by PSPP and frictionless as well,
where they are installed.
"""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.util import find_spec

import pytest

from homeward.exchange.analysts.delimited import PACKAGE, ROWS, data_package, write_csv
from homeward.exchange.analysts.rules import MISSING_WORDS
from homeward.exchange.analysts.spss import write_spss
from homeward.exchange.analysts.stata import write_stata
from homeward.exchange.analysts.tests.read_back import as_signs, csv_again, spss_again, stata_again
from homeward.exchange.analysts.tests.tables import drawn, random_table
from homeward.extracts.frames import Kind
from tests.promises.bounds import full, none_in

AT = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
WRONG = ("errors", "error:", "warning:")


def packaged(table, directory):
    write_csv(table, directory / ROWS)
    content = (directory / ROWS).read_bytes()
    told = data_package(table, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))
    (directory / PACKAGE).write_text(told, encoding="utf-8")
    return told


@pytest.mark.drill
def test_any_table_reads_back_as_it_was_written(tmp_path):
    tries = full(1_000, least=10)
    cells = 0
    for seed in range(tries):
        table, kept = random_table(seed)
        told = packaged(table, tmp_path)
        write_stata(table, tmp_path / "a.dta", at=AT)
        write_spss(table, tmp_path / "a.sav", at=AT)
        expected = as_signs(kept)
        assert csv_again(tmp_path / ROWS, told, table.variables) == expected, seed
        rows, labels, _ = stata_again(tmp_path / "a.dta", table.variables)
        assert rows == expected, seed
        again, about, short = spss_again(tmp_path / "a.sav", table.variables)
        assert again == expected, seed
        for one in table.variables:
            codes = dict(enumerate(one.codes, start=1))
            assert labels[one.name].items() >= codes.items(), seed
            told_spss = about.variable_value_labels.get(short[one.name], {})
            assert {n: told_spss[n] for n in codes} == codes, seed
            if one.kind is not Kind.ID:
                assert set(MISSING_WORDS.values()) <= set(told_spss.values()) & set(labels[one.name].values())
        cells += 3 * len(kept) * len(table.variables)
    none_in(tries, f"tables ({cells:,} cells in CSV, Stata and SPSS) read back otherwise", "H8")


@pytest.mark.drill
def test_pspp_reads_the_system_file_as_it_was_written(tmp_path):
    pspp = shutil.which("pspp")
    if not pspp:
        pytest.skip("SPSS FILES NOT READ BY PSPP: apt-get install pspp")
    table, kept = drawn(200)
    write_spss(table, tmp_path / "a.sav", at=AT)
    (tmp_path / "a.sps").write_text(
        "GET FILE='a.sav'.\nSAVE TRANSLATE /OUTFILE='a.csv' /TYPE=CSV /FIELDNAMES /CELLS=LABELS "
        "/MISSING=IGNORE /KEEP=case_id district is_assisted jobs born_month.\n"
    )
    run = {"cwd": tmp_path, "capture_output": True, "text": True, "check": False, "timeout": 60}
    done = subprocess.run([pspp, "a.sps"], **run)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stdout + done.stderr
    assert not any(word in (done.stdout + done.stderr).lower() for word in WRONG)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(kept) + 1
    for line, row in zip(lines[1:], kept, strict=True):
        district = row["district"]
        assert (MISSING_WORDS.get(district) or district.replace('"', '""')) in line
        assert line.startswith(row["case_id"])


@pytest.mark.drill
def test_frictionless_finds_the_data_package_valid(tmp_path):
    if not find_spec("frictionless"):
        pytest.skip("DATA PACKAGE NOT READ BY FRICTIONLESS: pip install frictionless")
    from frictionless import Package, validate  # noqa: PLC0415 - optional

    table, kept = drawn(200)
    packaged(table, tmp_path)
    assert validate(str(tmp_path / PACKAGE)).valid
    rows = Package(str(tmp_path / PACKAGE)).resources[0].read_rows()
    assert [row["jobs"] for row in rows] == [one["jobs"] if one["jobs"] > 4 else None for one in kept]
