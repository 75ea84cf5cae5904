"""Unpack a zip that may be hostile, counting every byte that really comes out."""

import io
import zipfile
import zlib

from homeward.exchange.workbooks.refusals import (
    EncryptedWorkbook,
    OversizedWorkbook,
    UnreadableWorkbook,
    UnsafeWorkbook,
)

MOST_BYTES = 100 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_RATIO = 100
CHUNK = 1024 * 1024
ENCRYPTED = 0x1
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
# "<!DOCTYPE" in the encodings XML may come in; no spreadsheet has one, every XML attack needs one.
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def unpack(content: bytes) -> dict[str, bytes]:
    """The XML parts of the archive by path; pictures, macros and the rest stay packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive, most=min(MOST_BYTES, MOST_RATIO * len(content)))
    except BROKEN as broken:
        raise UnreadableWorkbook from broken


def _parts(archive: zipfile.ZipFile, most: int) -> dict[str, bytes]:
    entries = archive.infolist()
    # What the directory claims is checked first because it is cheap; what comes out is counted below.
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most:
        raise OversizedWorkbook
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise EncryptedWorkbook
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = _part(archive, entry, most)
            most -= len(parts[entry.filename])
    return parts


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    taken = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            taken += chunk
            if len(taken) > most:
                raise OversizedWorkbook
    if any(doctype in taken for doctype in DOCTYPES):
        raise UnsafeWorkbook
    return bytes(taken)


def repack(parts: dict[str, bytes]) -> io.BytesIO:
    """The same parts as an archive whose sizes are known to be true."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    packed.seek(0)
    return packed
