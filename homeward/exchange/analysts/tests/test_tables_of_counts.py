"""Returns as observations, and results for IATI, from tables whose hidden cells are given."""

import csv
from datetime import UTC, datetime
from xml.etree import ElementTree

from homeward.estimators.suppression import Counted
from homeward.exchange.analysts.counting import RESULTS, RETURNS, counted
from homeward.exchange.analysts.results import Publisher, write_results
from homeward.exchange.analysts.returns import write_returns
from homeward.exchange.analysts.tests.made_up import written
from homeward.exchange.demonstration.truth import simulate

AT = datetime(2026, 11, 22, tzinfo=UTC)


def test_every_case_with_the_month_is_counted_once_in_each_table(tmp_path):
    frames = simulate(3, cases=200).frames
    files = written(tmp_path, frames)
    for shapes in (RETURNS, RESULTS):
        totals = {}
        for table in counted(files, shapes):
            name = table.name.split(" ")[0]
            totals[name] = totals.get(name, 0) + sum(table.cells.values())
        assert set(totals.values()) == {200}


def test_a_hidden_count_is_an_observation_without_a_value_that_says_nothing_of_why(tmp_path):
    yearly = Counted(
        "yearly 2025", ("citizenship", "sex", "age_band", "return_basis"), {}, given={"departed_year": "2025"}
    )
    cells = {
        ("XM", "female", "0-11", "voluntary"): None,
        (None, None, None, None): 120,
        ("unknown", None, "65+", "forced"): 30,
    }
    assert write_returns([yearly], {yearly.name: cells}, tmp_path / "a.csv") == 3
    with (tmp_path / "a.csv").open() as opened:
        rows = {tuple(row.values()) for row in csv.DictReader(opened)}
    assert rows == {
        ("A", "XM", "F", "Y_LT12", "VOL", "2025", "", "Q", "C"),
        ("A", "TOTAL", "T", "TOTAL", "TOTAL", "2025", "120", "A", "F"),
        ("A", "UNK", "T", "Y_GE65", "FRC", "2025", "30", "A", "F"),
    }


def test_a_hidden_count_is_absent_from_results(tmp_path):
    arrived = Counted("arrived 2025", ("programme", "sex", "age_band"), {}, given={"arrived_year": "2025"})
    cells = {
        ("P1", None, None): 40,
        ("P1", "female", None): None,
        ("P1", "male", None): 31,
        (None, None, None): 90,
    }
    assert (
        write_results(
            [arrived], {arrived.name: cells}, Publisher("XM-DAC-1", "A & B"), tmp_path / "a.xml", at=AT
        )
        == 2
    )
    root = ElementTree.parse(tmp_path / "a.xml").getroot()  # noqa: S314 - our own
    assert root.findtext("iati-activity/iati-identifier") == "XM-DAC-1-P1"
    assert [one.get("value") for one in root.iter("actual")] == ["40", "31"]
    assert [one.get("value") for one in root.iter("dimension")] == ["male"]
