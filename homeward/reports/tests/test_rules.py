"""What a period is, what a template may say, in which order codes stand."""

from datetime import date

import pytest

from homeward.reports.documents import Block, BlockKind, Document, printable
from homeward.reports.rules import is_whole_months, months_between
from homeward.reports.sections import SHIPPED, faults, shipped
from homeward.reports.words import codes_in_order


def test_a_period_is_whole_months():
    assert is_whole_months(date(2026, 1, 1), date(2026, 2, 28))
    assert not is_whole_months(date(2026, 1, 2), date(2026, 3, 31))
    assert not is_whole_months(date(2026, 1, 1), date(2026, 3, 30))


def test_months_that_are_open_say_so():
    assert months_between(None, None) == ""
    assert months_between(date(2026, 1, 5), None) == "2026-01 – …"


@pytest.mark.parametrize("key", SHIPPED)
def test_templates_that_come_along_have_no_fault(key):
    assert faults(shipped(key).sections) == []


@pytest.mark.parametrize(
    "section",
    [
        {"kind": "counts", "frame": "cases", "by": 3},
        {"kind": "counts", "frame": "cases", "by": [["sex"]]},
        {"kind": "counts", "frame": "cases", "by": ["sex", "sex"]},
        {"kind": "counts", "frame": "cases", "by": ["person_id"]},
        {"kind": "counts", "frame": "cases", "by": ["sex"], "month": ["arrived_month"]},
        {"kind": "counts", "frame": "visits", "by": ["round", "state"]},
        {"kind": "findings", "kinds": ["ranking"]},
        {"kind": "text", "words": {"en": 3}},
        {"kind": "text", "words": {}},
        {"kind": "sql"},
    ],
)
def test_a_section_that_cannot_be_written_is_refused(section):
    assert faults([section])


def test_codes_stand_by_life_or_by_their_words_never_by_how_many_there_are():
    assert codes_in_order("cases", "stage", {"closed", "enquiry", "arrived"}, "en") == [
        "enquiry",
        "arrived",
        "closed",
    ]
    assert codes_in_order("cases", "age_band", {"65+", "", "0-11"}, "en") == ["0-11", "65+", ""]
    assert codes_in_order("cases", "district", {"South", "North"}, "en") == ["North", "South"]


def test_signs_that_no_file_may_hold_are_left_out():
    block = Block(BlockKind.PARAGRAPH, "one\x0b\x00 two\u202e\nthree")
    assert printable(Document("\x1f", "", "en", "", "", "", (block,), ())).blocks[0].text == "one two\nthree"
