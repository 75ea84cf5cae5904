"""Whatever arrives, the answer is a preview or a Problem in words, never a crash."""

import csv
import io
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.exchange.preview import Preview
from homeward.exchange.tests.sheets import read, xlsx
from homeward.lib.problems import Problem

HEADER = [
    *["File No.", "Relation", "First name", "Name in own script", "Family name", "DOB", "Sex", "Nationality"],
    *["Passport", "Phone", "E-mail", "Language", "Returned from", "Type of return", "Departure", "Arrival"],
    *["Place", "Vulnerability", "Wishes", "Amount", "Consent", "Remarks"],
]
ODD = st.sampled_from(
    [
        "=1+1",
        "@SUM(1)",
        "\u202eabc",
        "31/02/1990",
        "٣١/١٢/١٩٩٩",
        "0000-00-00",
        "9" * 40,
        "1e308",
        "-",
        "+",
        "€",
        "1,2,3",
    ]
    + [
        "#REF!",
        "\u0660",
        "²",
        "½",
        "Ⅻ",
        "12/31/99",
        "about 0",
        "about 9999",
        "30 Feb 2001",
        "Feb 29 2001",
        "1.1.1",
        "\x0b",
    ]
)
CELLS = st.one_of(ODD, st.text(max_size=20), st.dates().map(str), st.integers().map(str), st.just(""))


def read_or_refused(content):
    try:
        return read(content)
    except Problem as problem:
        return problem


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=4))
def test_any_cells_under_a_header_can_be_read(rows):
    kept = io.StringIO()
    csv.writer(kept).writerows([HEADER, *rows])
    assert isinstance(read_or_refused(kept.getvalue().encode("utf-8", "replace")), Preview | Problem)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    assert isinstance(read_or_refused(content), Preview | Problem)


def test_a_damaged_workbook_is_read_or_refused():
    content = xlsx(("List", [HEADER, [f"{n}" for n in range(len(HEADER))]]))
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    for _ in range(300):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert isinstance(read_or_refused(bytes(damaged)), Preview | Problem)
