"""What telephones send: filled forms, with their files in one post or in several."""

from typing import IO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from homeward.followup.commands import hand_in
from homeward.surveys.queries import PhoneAtWork
from homeward.surveys.receiving import Receipt, Sent
from homeward.sync.addresses import address_of
from homeward.sync.answers import MOST_AT_ONCE, received
from homeward.sync.multipart import Part, read_parts
from homeward.sync.problems import BrokenPost, MethodUnknown, TooMuchAtOnce

FORM = "xml_submission_file"
ENVELOPE_ROOM = 1024 * 1024
MOST_TOLD = 5


def submission(request: HttpRequest, phone: PhoneAtWork) -> HttpResponse:
    """Say where to send and how much at once; or keep what is sent and give its receipt."""
    if request.method == "HEAD":
        return _where_to_send(request)
    if request.method != "POST":
        raise MethodUnknown
    parts = read_parts(request.headers.get("Content-Type", ""), _body(request))
    forms = [part.content for part in parts if part.field_name == FORM]
    if len(forms) != 1:
        raise BrokenPost
    receipt = hand_in(phone.actor, body=forms[0], attachments=_files(parts), device=_device(request, phone))
    return received(receipt, _words(receipt))


def _where_to_send(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Location"] = address_of(request, "submission")
    return response


def _body(request: HttpRequest) -> bytes:
    """All that was posted, also when it came in chunks and said no length."""
    length = request.META.get("CONTENT_LENGTH") or ""
    most = MOST_AT_ONCE + ENVELOPE_ROOM
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        body = _in_chunks(request.META["wsgi.input"], most)
    elif not length.isdecimal():
        raise BrokenPost
    elif int(length) > most:
        raise TooMuchAtOnce
    else:
        body = request.read()
        if len(body) != int(length):
            raise BrokenPost
    return body


def _in_chunks(stream: IO[bytes], most: int) -> bytes:
    pieces, room = [], most
    while piece := stream.read(min(64 * 1024, room + 1)):
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            raise TooMuchAtOnce
    return b"".join(pieces)


def _files(parts: list[Part]) -> list[Sent]:
    return [
        Sent(part.file_name, part.content, part.content_type)
        for part in parts
        if part.field_name != FORM and part.file_name
    ]


def _device(request: HttpRequest, phone: PhoneAtWork) -> str:
    """Which telephone, and which device it says it is."""
    said = request.GET.get("deviceID", "")
    return f"{phone.id} {said}".strip()


def _words(receipt: Receipt) -> str:
    if not receipt.waiting_for:
        return _("Received and kept.")
    names = ", ".join(receipt.waiting_for[:MOST_TOLD])
    return _("Received and kept. Files are still to come: %(names)s") % {"names": names}
