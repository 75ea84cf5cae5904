import pytest

from homeward.lib.spreadsheets import guarded, unguarded


@pytest.mark.parametrize("sign", list("=+-@\t\r\n\0＝＋－＠﹦﹢−"))
def test_text_that_a_spreadsheet_would_calculate_is_guarded(sign):
    text = f"{sign}cmd|' /C calc'!A0"
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "=1", "'=1", "''", "'Abd", "Sami", "سامي", "a=1", " =1", "+"])
def test_what_was_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Sami Example", "سامي مثال", "HW-7K3M-92QX-4", "1 = 1"])
def test_other_text_is_left_alone(text):
    assert guarded(text) == text
