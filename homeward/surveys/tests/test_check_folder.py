"""`homeward instruments check`: every form in a folder, with the place and the remedy."""

from homeward.config.cli import main
from homeward.surveys.tests.books import CHOICES, HOUSEHOLD, workbook


def test_an_empty_folder_says_so(tmp_path, capsys):
    assert main(["instruments", "check", str(tmp_path)]) == 1
    assert "no workbook" in capsys.readouterr().err


def test_each_form_is_told_with_what_is_wrong(tmp_path, capsys):
    good, bad = workbook(), workbook((*HOUSEHOLD, {"type": "text", "name": "village"}), name="bad.xlsx")
    for one in (good, bad):
        (tmp_path / one.name).write_bytes(one.content)
    assert main(["instruments", "check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "bad.xlsx: refused\n  survey 16 name: Two questions" in told
    assert "household.xlsx: becomes household 1, 13 lines, English (en), العربية (ar)" in told
    assert "1 of 2 make a form." in told


def test_one_good_form_ends_well(tmp_path):
    one = workbook()
    (tmp_path / one.name).write_bytes(one.content)
    assert main(["instruments", "check", str(tmp_path / one.name)]) == 0


def test_one_fault_in_many_rows_is_told_once(tmp_path, capsys):
    one = workbook(choices=(*CHOICES, *CHOICES[:3]))
    (tmp_path / one.name).write_bytes(one.content)
    main(["instruments", "check", str(tmp_path)])
    assert "choices 8 name, and on to row 10: A choice stands twice" in capsys.readouterr().out
