"""The one door by which a file becomes a book."""

from homeward.exchange.workbooks.delimited import read_delimited
from homeward.exchange.workbooks.grid import Book
from homeward.exchange.workbooks.refusals import (
    EmptyWorkbook,
    EncryptedWorkbook,
    OversizedWorkbook,
    UnsupportedWorkbook,
)
from homeward.exchange.workbooks.xlsx import read_xlsx

MOST_UPLOADED = 50 * 1024 * 1024
ZIP, OLE, PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
# Excel keeps an encrypted workbook in an old-style container, under this name.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_book(content: bytes, *, encoding: str = "", separator: str = "") -> Book:
    """Read CSV or XLSX, told apart by what the bytes say rather than by the file's name."""
    if not content.strip(b"\x00 \t\r\n"):
        raise EmptyWorkbook
    if len(content) > MOST_UPLOADED:
        raise OversizedWorkbook
    if content.startswith(ZIP):
        return read_xlsx(content)
    if content.startswith(OLE):
        raise EncryptedWorkbook if ENCRYPTED_PACKAGE in content else UnsupportedWorkbook
    if content.startswith(PDF) or content[:200].lstrip().lower().startswith(
        (b"<html", b"<!doctype", b"<?xml")
    ):
        raise UnsupportedWorkbook
    return read_delimited(content, encoding=encoding, separator=separator)
