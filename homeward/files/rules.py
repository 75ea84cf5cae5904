"""Which files are taken, told by what is in them and never by their name."""

import io
import zipfile
from collections.abc import Callable, Iterable

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000

# An office document is a zip archive; these stop the ones made to burst.
MAX_ENTRIES = 1_000
MAX_EXPANDED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF, TEXT, CSV = "application/pdf", "text/plain", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"  # copies that the installation makes; nobody brings one
IMAGES = frozenset({JPEG, PNG, WEBP})

STARTS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    (JPEG, lambda content: content.startswith(b"\xff\xd8\xff")),
    (PNG, lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    (WEBP, lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP"),
    (PDF, lambda content: content.startswith(b"%PDF-")),
)
OFFICE_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
PLAIN_CONTROLS = frozenset(b"\t\n\r\f")
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


def type_of(content: bytes, name: str) -> str | None:
    """The type of `content`, or None when it is not taken; `name` only tells a CSV from another text."""
    for content_type, begins in STARTS:
        if begins(content):
            return content_type
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    if is_text(content):
        return CSV if name.lower().endswith(".csv") else TEXT
    return None


def is_text(content: bytes) -> bool:
    """True for text in any common encoding that is not markup a browser might run."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", errors="replace").encode()
    if any(byte < 32 and byte not in PLAIN_CONTROLS for byte in set(content)):
        return False
    return bool(content) and not content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP)


def _office_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    names = {entry.filename for entry in entries}
    if bursts(entries) or any(_is_unsafe(name) for name in names) or "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), None)


def bursts(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """True when an archive says it would grow beyond all measure."""
    sizes = [(entry.file_size, entry.compress_size) for entry in entries]
    expanded, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    return len(sizes) > MAX_ENTRIES or expanded > MAX_EXPANDED_BYTES or expanded > MAX_RATIO * max(packed, 1)


def _is_unsafe(name: str) -> bool:
    """Macros, and parts that would be written outside the archive."""
    return name.lower().endswith("vbaproject.bin") or name.startswith(("/", "\\")) or ".." in name.split("/")


def clean_name(name: str) -> str:
    """The name as given without folders, control signs and marks that turn the reading direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in turning).strip(" .")
    return shown[-150:] or "file"
