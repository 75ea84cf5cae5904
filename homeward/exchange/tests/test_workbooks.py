import io
import zipfile

import pytest

from homeward.exchange.choices import ReadingChoices
from homeward.exchange.tests.sheets import csv_bytes, fields, read, xlsx
from homeward.exchange.workbooks import read_book
from homeward.exchange.workbooks.archive import MOST_ENTRIES
from homeward.exchange.workbooks.refusals import (
    EmptyWorkbook,
    EncryptedWorkbook,
    OversizedWorkbook,
    SingleColumn,
    TooManyCells,
    UnknownSheet,
    UnreadableText,
    UnreadableWorkbook,
    UnsafeWorkbook,
    UnsupportedWorkbook,
)

PEOPLE = [
    ["First name", "Family name", "Date of birth"],
    ["Amina", "Demo", "1990-05-01"],
    ["Bilal", "Demo", "1988"],
]


def changed(content, **parts):
    """The workbook with some of its parts replaced; a part given as a function is changed by it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            change = next((c for name, c in parts.items() if entry.filename.endswith(f"/{name}.xml")), None)
            new.writestr(entry.filename, change(text) if change else text)
    return kept.getvalue()


@pytest.mark.parametrize("content", [b"", b"   \r\n", b"\x00" * 50])
def test_an_empty_file_is_refused(content):
    with pytest.raises(EmptyWorkbook):
        read(content)


@pytest.mark.parametrize("content", [b"PK\x03\x04 not really", b"PK" + bytes(range(256))])
def test_a_broken_archive_is_refused(content):
    with pytest.raises(UnreadableWorkbook):
        read(content)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 ...", b"<html><table>", b"\xd0\xcf\x11\xe0\xa1\xb1 old Excel"]
)
def test_other_kinds_of_file_are_refused_with_their_remedy(content):
    with pytest.raises(UnsupportedWorkbook) as refused:
        read(content)
    assert ".xlsx" in str(refused.value)


def test_a_workbook_with_a_password_is_refused():
    with pytest.raises(EncryptedWorkbook):
        read(b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_an_archive_that_is_no_workbook_is_refused():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnsupportedWorkbook):
        read(kept.getvalue())


def test_a_zip_bomb_is_refused():
    bomb = changed(xlsx(("List", PEOPLE)), sheet1=lambda text: text + b" " * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(OversizedWorkbook):
        read(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(changed(xlsx(("List", PEOPLE)), sheet1=lambda text: text + b" " * 60_000_000))
    directory = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"xl/worksheets/sheet1.xml"))
    bomb[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    with pytest.raises((OversizedWorkbook, UnreadableWorkbook)):
        read(bytes(bomb))


def test_an_archive_of_too_many_entries_is_refused():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(f"{number}.xml", "")
    with pytest.raises(OversizedWorkbook):
        read(kept.getvalue())


def test_a_doctype_is_refused_before_anything_is_read():
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    hostile = changed(xlsx(("List", PEOPLE)), sheet1=lambda text: entities + text)
    with pytest.raises(UnsafeWorkbook):
        read(hostile)


def test_a_cell_at_the_far_end_of_the_sheet_does_not_fill_the_memory():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    hostile = changed(xlsx(("List", PEOPLE)), sheet1=lambda text: text.replace(b"</sheetData>", far))
    with pytest.raises(TooManyCells):
        read(hostile)


def test_one_column_is_refused_with_a_hint_at_the_separator():
    with pytest.raises(SingleColumn):
        read(b"First name\nAmina\nBilal\n", "list.csv")


def test_a_header_without_people_is_refused():
    with pytest.raises(EmptyWorkbook):
        read(xlsx(("List", PEOPLE[:1])))


def test_a_list_of_too_many_people_is_refused_with_what_to_do():
    rows = [["First name", "Family name"], *[["Amina", "Demo"]] * 50_001]
    with pytest.raises(TooManyCells) as refused:
        read(csv_bytes(rows), "list.csv")
    assert "50,000" in str(refused.value)


def test_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(UnknownSheet):
        read(xlsx(("List", PEOPLE)), choices=ReadingChoices(sheet="March"))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnreadableText):
        read(b"First name,Family name\nAm\x01ina,Demo\n", "list.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_french_lists_are_read_in_every_encoding_and_with_every_separator(encoding, separator):
    rows = [
        ["N° dossier", "Prénom", "Nom", "Né(e) le"],
        ["A-1", "Aïssatou", "Diop", "24/03/1985"],
        ["A-2", "Zoé", "Kané", "1988"],
    ]
    found = read(csv_bytes(rows, separator, encoding), "liste.csv")
    assert [(row.given_names, row.family_name) for row in found.rows] == [
        ("Aïssatou", "Diop"),
        ("Zoé", "Kané"),
    ]
    assert fields(found)["Né(e) le"] == "birth_date"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256"])
def test_arabic_lists_are_read_in_every_encoding(encoding):
    rows = [
        ["رقم الملف", "الاسم", "اللقب", "تاريخ الميلاد", "الجنس"],
        ["1", "محمد", "الجبوري", "1990-05-01", "ذكر"],
        ["2", "زينب", "حسن", "1985", "أنثى"],
    ]
    found = read(csv_bytes(rows, ";", encoding), "list.csv")
    assert [(row.native_name, row.sex) for row in found.rows] == [
        ("محمد الجبوري", "male"),
        ("زينب حسن", "female"),
    ]


def test_arabic_headers_over_latin_names_are_read_from_an_arabic_code_page():
    rows = [["رقم الملف", "الاسم الأول", "اسم العائلة"], *[[f"A-{n}", "Amina", "Demo"] for n in range(300)]]
    found = read(csv_bytes(rows, ";", "windows-1256"), "list.csv")
    assert fields(found)["اسم العائلة"] == "family_name"


def test_excels_line_about_the_separator_is_obeyed():
    assert len(read(b"sep=;\nFirst name;Family name\nAmina, Dr;Demo\n", "list.csv").rows) == 1


def test_a_separator_inside_quotes_separates_nothing():
    found = read(b'First name,Family name,Remarks\nAmina,Demo,"tall, ""very"" tall\nand kind"\n', "list.csv")
    assert found.rows[0].remarks == 'tall, "very" tall and kind'


def test_formulas_are_kept_as_text_and_never_calculated():
    book = xlsx(("List", [["First name", "Family name", "Remarks"], ["Amina", "Demo", '=HYPERLINK("x")']]))
    sheet = read_book(book).sheets[0]
    assert sheet.formula(1, 2) == 'HYPERLINK("x")'
    found = read(book).rows[0]
    assert found.remarks == '=HYPERLINK("x")'
    assert [problem.kind for problem in found.problems] == ["formula_not_evaluated"]


def test_the_result_that_a_formula_left_behind_is_kept_and_flagged():
    book = xlsx(("List", [["First name", "Family name", "Remarks"], ["Amina", "Demo", "=1+1"]]))
    book = changed(
        book, sheet1=lambda text: text.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    found = read(book).rows[0]
    assert found.remarks == "2"
    assert [problem.kind for problem in found.problems] == ["formula_not_evaluated"]


def test_formulas_in_a_csv_are_text_too():
    found = read(b'First name,Family name,Remarks\nAmina,Demo,"=HYPERLINK(""x"")"\n', "list.csv").rows[0]
    assert [problem.kind for problem in found.problems] == ["formula_not_evaluated"]
