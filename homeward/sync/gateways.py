"""Where gateways bring answers and reports: each beneath the secret of its channel, and showing a second.

Like the door of telephones it answers by itself, before sessions and cookies, in plain JSON.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.timezone import now

from homeward.access.calls import count_call
from homeward.lib.problems import NotFound, Problem
from homeward.sync.problems import BrokenPost, MethodUnknown, NotEncrypted, TooManyFromPhone, TooMuchAtOnce
from homeward.texting.commands import take_reply, take_report
from homeward.texting.gateways.shapes import SIGNATURE, heard_in, reported_in
from homeward.texting.problems import NothingToTake, UnknownGateway
from homeward.texting.queries import DOOR_PREFIX, ChannelAtWork, channel_at_work

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/gateway/"
MOST_BYTES = 64_000


class Gateways:
    """Lets known gateways in; everything else goes on to the pages and the API."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        try:
            return JsonResponse({"id": str(_taken(request))}, status=200)
        except Problem as problem:
            return JsonResponse({"code": problem.code}, status=problem.status)


def _taken(request: HttpRequest) -> UUID:
    channel, act = _let_in(request)
    body = _body(request)
    shown = request.headers.get("Authorization", ""), request.headers.get(SIGNATURE, "")
    if not channel.accepts(body, *shown):
        raise UnknownGateway
    if act == "received":
        return _reply(channel, body, request.content_type or "")
    if act == "report":
        return _report(channel, body, request.content_type or "")
    raise NotFound


def _let_in(request: HttpRequest) -> tuple[ChannelAtWork, str]:
    if settings.HTTPS and not request.is_secure():
        raise NotEncrypted
    door, _slash, act = request.path_info.removeprefix(ROOT).partition("/")
    # Taken out of the address here, so that nothing that notes addresses ever notes it.
    request.path = request.path_info = ROOT + act
    found = channel_at_work(door) if door.startswith(DOOR_PREFIX) else None
    if found is None:
        raise UnknownGateway
    if count_call(found.id, now(), settings.GATEWAY_CALLS_A_MINUTE).are_too_many:
        raise TooManyFromPhone
    if request.method != "POST":
        raise MethodUnknown
    return found, act


def _body(request: HttpRequest) -> bytes:
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise TooMuchAtOnce
    try:
        body = request.read(MOST_BYTES + 1)
    except (UnreadablePostError, RawPostDataException) as cut:
        raise BrokenPost from cut
    if len(body) > MOST_BYTES:
        raise TooMuchAtOnce
    return body


def _reply(channel: ChannelAtWork, body: bytes, content_type: str) -> UUID:
    heard = heard_in(body, content_type)
    if heard is None:
        raise NothingToTake
    return take_reply(channel.actor, channel_id=channel.id, heard=heard).id


def _report(channel: ChannelAtWork, body: bytes, content_type: str) -> UUID:
    told = reported_in(body, content_type)
    if told is None:
        raise NothingToTake
    return take_report(channel.actor, channel_id=channel.id, told=told).id
