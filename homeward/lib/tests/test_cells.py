import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lib.cells import BEGINNINGS, plain_cell, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＠x", "'=1"]
)
def test_a_text_that_begins_like_a_formula_is_kept_from_being_one(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Amina", " =1", "12", "الاسم"])
def test_other_texts_stay_as_they_are(text):
    assert safe_cell(text) == text


@given(st.text())
def test_every_text_comes_back(text):
    assert plain_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(tuple(sign for sign in BEGINNINGS if sign != "'"))
