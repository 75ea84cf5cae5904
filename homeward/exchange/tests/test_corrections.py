import io

from openpyxl import load_workbook

from homeward.exchange.corrections import rows_to_correct
from homeward.exchange.tests.sheets import read, xlsx

HEADER = ["File", "First name", "Surname", "DOB", "Amount", "Remarks"]
ROWS = [
    ["A-1", "Amina", "Demo", "1990-05-01", "EUR 10", "fine"],
    ["A-2", "Bilal", "Demo", "1900-01-01", 1200, '=HYPERLINK("x")'],
    ["A-3", "Carim", "Demo", "31.02.1990", "EUR 10", "+cmd"],
]
CONTENT = xlsx(("March", [["Returns"], [], HEADER, *ROWS]))


def sent_back():
    return rows_to_correct(CONTENT, read(CONTENT))


def test_only_rows_that_need_an_answer_are_sent_back_with_what_to_do():
    sheet = load_workbook(io.BytesIO(sent_back())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Homeward: row", 5, 6]
    assert rows[1][4] == "1900-01-01"
    assert rows[1][-1].startswith("Birth date is a placeholder.")


def test_no_cell_of_it_is_a_formula():
    sheet = load_workbook(io.BytesIO(sent_back())).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["G3"].value == "+cmd"


def test_it_can_be_uploaded_again_once_corrected():
    book = load_workbook(io.BytesIO(sent_back()))
    book.active["E2"], book.active["F2"], book.active["E3"] = "1991-01-05", "EUR 1200", "1990-02-28"
    kept = io.BytesIO()
    book.save(kept)
    again = read(kept.getvalue())
    assert [column.header for column in again.columns] == HEADER
    assert [row.is_ready for row in again.rows] == [True, True]
