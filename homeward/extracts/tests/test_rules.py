import hashlib
from datetime import date
from uuid import uuid4

import numpy as np
import pytest

from homeward.extracts.codebook import codebook
from homeward.extracts.frames import FRAMES, Kind
from homeward.extracts.pseudonyms import Pseudonyms, as_letters
from homeward.extracts.rules import MOVES, ExtractState, kept_until, may_move, parts_for
from homeward.extracts.sql import QUERIES, query_of

KEY, OTHER = bytes(32), bytes(31) + b"\x01"


def told(key, kind, ids):
    return [row.tobytes().decode() for row in as_letters(Pseudonyms(key).of(kind, b"".join(ids)))]


def test_an_end_is_an_end():
    ends = {ExtractState.WITHDRAWN, ExtractState.EXPIRED, ExtractState.DECLINED}
    assert all(not MOVES[one] for one in ends)
    assert not may_move(ExtractState.READY, ExtractState.MAKING)
    assert not may_move(ExtractState.UNCONFIRMED, ExtractState.MAKING)


@pytest.mark.parametrize(
    ("cases", "parts"), [(0, 1), (60_000, 1), (60_001, 2), (200_000, 4), (10_000_000, 32)]
)
def test_parts_are_a_power_of_two_and_bounded(cases, parts):
    assert parts_for(cases) == parts


def test_an_extract_is_kept_two_years():
    assert kept_until(date(2026, 12, 31)) == date(2028, 12, 31)
    assert kept_until(date(2028, 2, 29)) == date(2030, 2, 28)


def test_equal_ids_have_equal_pseudonyms_within_a_key_and_kind_and_others_beyond():
    ids = [uuid4().bytes for _ in range(500)]
    first = told(KEY, "case", ids)
    assert first == told(KEY, "case", ids)
    assert len(set(first)) == 500
    assert not set(first) & set(told(OTHER, "case", ids))
    assert not set(first) & set(told(KEY, "person", ids))
    assert {len(one) for one in first} == {26}


def test_letters_are_all_of_the_number_and_keep_its_order():
    blocks = np.array([[0, 0], [0, 1], [1, 0], [2**64 - 1, 2**64 - 1]], dtype=np.uint64)
    letters = [row.tobytes().decode() for row in as_letters(blocks)]
    assert letters[0] == "a" * 26
    assert letters[1] == "a" * 25 + "e"  # the last two of 130 bits are empty
    assert letters[3] == "7" * 25 + "4"
    assert len(set(letters)) == 4


def test_pseudonyms_tell_nothing_of_the_order_in_which_ids_were_made():
    ids = [i.to_bytes(16, "big") for i in range(2000)]
    found = told(KEY, "case", ids)
    rises = sum(a < b for a, b in zip(found, found[1:], strict=False))
    assert 850 < rises < 1150


def test_every_column_of_every_frame_is_in_the_codebook_and_in_its_query():
    book = codebook()
    assert set(QUERIES) == {frame.name for frame in FRAMES}
    for frame in FRAMES:
        question = query_of(frame.name, None, None)
        for column in frame.columns:
            assert f"| `{column.name}` |" in book
            assert column.name in question


def test_no_frame_has_a_day_or_words_of_anybody():
    kinds = {column.kind for frame in FRAMES for column in frame.columns}
    assert kinds == set(Kind), "a column holds a pseudonym, a code, a month, a count, a number or a flag"
    assert all(frame.columns[0].kind is Kind.ID for frame in FRAMES)


def test_the_period_is_days_and_nothing_else():
    question = query_of("cases", date(2026, 1, 1), date(2026, 6, 30))
    assert "BETWEEN '2026-01-01' AND '2026-06-30'" in question
    digest = hashlib.sha256(question.encode()).hexdigest()
    assert (
        digest == hashlib.sha256(query_of("cases", date(2026, 1, 1), date(2026, 6, 30)).encode()).hexdigest()
    )
