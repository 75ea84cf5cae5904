import pytest

from homeward.files import rules
from homeward.files.rules import clean_name, type_of
from homeward.files.tests.samples import PDF, archive, letter, picture, workbook

REFUSED = {
    "nothing": b"",
    "a program": b"MZ\x90\x00\x03",
    "a Linux program": b"\x7fELF\x02\x01",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page behind blanks": b"\xef\xbb\xbf \n <HTML>",
    "a drawing that runs": b"<svg onload=alert(1)>",
    "a page in another encoding": "<html>".encode("utf-16"),
    "XML": b"<?xml version='1.0'?><a/>",
    "a GIF": b"GIF89a\x01\x00",
    "an archive": archive(a=b"x"),
    "a damaged archive": workbook()[:60],
    "a workbook with macros": workbook(**{"xl/vbaProject.bin": b"x"}),
    "a workbook that writes elsewhere": workbook(**{"../../etc/passwd": b"x"}),
    "a workbook that bursts": workbook(**{"xl/a.xml": b"\0" * 5_000_000}),
    "a workbook of too many parts": workbook(**{f"xl/{number}.xml": b"x" for number in range(1_001)}),
    "text with control signs": b"abc\x00def",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_dangerous_or_unknown_kind_is_not_taken(content):
    assert type_of(content, "harmless.pdf") is None


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (picture("JPEG"), "x.txt", rules.JPEG),
        (picture("PNG"), "x", rules.PNG),
        (picture("WEBP"), "x.exe", rules.WEBP),
        (PDF, "x.html", rules.PDF),
        (workbook(), "x.docx", rules.XLSX),
        (letter(), "x.xlsx", rules.DOCX),
        ("name;país\nAmina;Маре".encode(), "list.CSV", rules.CSV),
        ("pensión\r\n".encode("cp1252"), "note.txt", rules.TEXT),
        ("مذكرة".encode("utf-16"), "note", rules.TEXT),
    ],
)
def test_a_kind_is_told_by_content_not_by_name(content, name, expected):
    assert type_of(content, name) == expected


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\amina\\pass port.jpg", "pass port.jpg"),
        ("../../etc/passwd", "passwd"),
        ("bill\u202egnp.exe", "billgnp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("جواز سفر.pdf", "جواز سفر.pdf"),
        ("\x00..", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(given, kept):
    assert clean_name(given) == kept
