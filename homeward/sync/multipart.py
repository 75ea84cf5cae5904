"""A post in several parts, whole in memory: nothing that was sent is ever written to disk unencrypted.

What was cut on its way has no closing boundary and is refused, so that half a file is never taken for one.
"""

from dataclasses import dataclass, field

from django.utils.http import parse_header_parameters

from homeward.sync.problems import BrokenPost

MOST_PARTS = 1_000
MOST_HEADER_BYTES = 8_192
AS_IT_IS = {"", "binary", "8bit", "7bit"}


@dataclass(frozen=True)
class Part:
    """One part: the name of its field, the name of its file, and its bytes."""

    field_name: str
    file_name: str
    content_type: str
    content: bytes = field(repr=False)


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a multipart/form-data body, or BrokenPost."""
    kind, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "").encode("latin-1", "replace")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= 200:
        raise BrokenPost
    _before, *pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if not 2 <= len(pieces) <= MOST_PARTS + 1 or not pieces[-1].startswith(b"--"):
        raise BrokenPost
    return [_part(piece) for piece in pieces[:-1]]


def _part(piece: bytes) -> Part:
    padding, start, rest = piece.partition(b"\r\n")
    head, end, content = rest.partition(b"\r\n\r\n")
    if padding.strip(b" \t") or not start or not end or len(head) > MOST_HEADER_BYTES:
        raise BrokenPost
    headers = _headers(head)
    if headers.get("content-transfer-encoding", "").lower() not in AS_IT_IS:
        raise BrokenPost
    disposition, named = parse_header_parameters(headers.get("content-disposition", ""))
    if disposition != "form-data":
        raise BrokenPost
    return Part(
        named.get("name", ""),
        named.get("filename", ""),
        headers.get("content-type", "application/octet-stream"),
        content,
    )


def _headers(head: bytes) -> dict[str, str]:
    """Names of files come in UTF-8, whatever letters they have."""
    try:
        lines = head.decode().split("\r\n")
    except UnicodeDecodeError as broken:
        raise BrokenPost from broken
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}
