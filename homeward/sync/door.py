"""Around every request of a telephone: whose it is, in the officer's language, every problem in the envelope.

It answers by itself, before sessions, cookies and all else that telephones have no use for.
"""

from base64 import b64decode
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_resolver
from django.utils import translation
from django.utils.http import http_date
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.calls import count_call
from homeward.access.command import remember
from homeward.lib.problems import NotFound, Problem
from homeward.surveys.queries import PHONE_PREFIX, PhoneAtWork, phone_at_work
from homeward.sync.answers import MOST_AT_ONCE, refused
from homeward.sync.problems import NotEncrypted, TooManyFromPhone, UnknownPhone

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/phone/"
ADDRESSES = "homeward.sync.urls"
ON_RECORD = (403, 409)


class Phones:
    """Lets known telephones in; everything else goes on to the pages and the API."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = _answer(request)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["X-OpenRosa-Version"] = "1.0"
        response.headers["X-OpenRosa-Accept-Content-Length"] = str(MOST_AT_ONCE)
        response.headers["Date"] = http_date()
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    phone, secret = None, _secret(request)
    try:
        if settings.HTTPS and not request.is_secure():
            raise NotEncrypted
        phone = _phone_of(secret)
        phone.actor.require(Action.SUBMISSION_RECEIVE)
        return _in_the_officers_words(request, phone)
    except Problem as problem:
        return _told(problem, phone)


def _phone_of(secret: str) -> PhoneAtWork:
    found = phone_at_work(secret)
    if found is None:
        raise UnknownPhone
    calls = count_call(found.id, now(), settings.PHONE_CALLS_A_MINUTE)
    if calls.are_too_many:
        raise TooManyFromPhone
    return found


def _in_the_officers_words(request: HttpRequest, phone: PhoneAtWork) -> HttpResponse:
    try:
        match = get_resolver(ADDRESSES).resolve(request.path_info.removeprefix(ROOT[:-1]))
    except Resolver404 as unknown:
        raise NotFound from unknown
    with translation.override(phone.language):
        response: HttpResponse = match.func(request, phone, **match.kwargs)
    return response


def _told(problem: Problem, phone: PhoneAtWork | None) -> HttpResponse:
    with translation.override(phone.language if phone else settings.LANGUAGE_CODE):
        response = refused(problem)
    if isinstance(problem, TooManyFromPhone):
        response.headers["Retry-After"] = "60"
    if phone and problem.status in ON_RECORD:
        _put_on_record(phone.actor, problem)
    return response


def _put_on_record(actor: Actor, problem: Problem) -> None:
    with acting_as(actor):
        remember(actor, "refused", subject_id=None, refused=True, note=f"sync:{problem.code}")


def _secret(request: HttpRequest) -> str:
    """The secret beneath which the address stands, or the password of a Basic sign-in.

    It is taken out of the address here, so that nothing that notes addresses ever notes it.
    """
    first, _slash, rest = request.path_info.removeprefix(ROOT).partition("/")
    if first.startswith(PHONE_PREFIX):
        request.path = request.path_info = ROOT + rest
        request.secret_above = first  # type: ignore[attr-defined]
        return first
    return _password(request.headers.get("Authorization", ""))


def _password(authorization: str) -> str:
    scheme, _space, given = authorization.partition(" ")
    try:
        signed = b64decode(given.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        return ""
    return signed.partition(":")[2]
