"""Around every answer of the public directory: no session, any origin, so many a minute, nothing hidden."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from homeward.access.calls import count_call
from homeward.api.answers import problem_response
from homeward.api.problems import MethodNotAllowed, TooManyCalls
from homeward.lib.problems import Problem
from homeward.services.public import reading_publicly

Answering = Callable[..., Any]
READING = ("GET", "HEAD")
FRESH = "public, max-age=300"


def public(answer: Answering) -> Callable[..., HttpResponse]:
    """Answer anybody with JSON; what `answer` returns is an object, or lines of them."""

    @csrf_exempt
    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open_to_all(HttpResponse(status=204))
        if request.method not in READING:
            refused = problem_response(MethodNotAllowed())
            refused.headers["Allow"] = ", ".join((*READING, "OPTIONS"))
            return _open_to_all(refused)
        return _open_to_all(_too_often(request) or _answered(request, answer, given))

    return view


def _answered(request: HttpRequest, answer: Answering, given: dict[str, Any]) -> HttpResponse:
    try:
        with reading_publicly():
            told = answer(request, **given)
            lines = [orjson.dumps(one) for one in told] if isinstance(told, list) else None
    except Problem as problem:
        return problem_response(problem)
    if lines is not None:
        response = HttpResponse(b"\n".join(lines), content_type="application/x-ndjson")
    else:
        response = HttpResponse(orjson.dumps(told), content_type="application/json")
    response.headers["Cache-Control"] = FRESH
    return response


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ", ".join((*READING, "OPTIONS"))
    return response


def _too_often(request: HttpRequest) -> HttpResponse | None:
    calls = count_call(_caller(request), now(), settings.PUBLIC_CALLS_A_MINUTE)
    if not calls.are_too_many:
        return None
    response = problem_response(TooManyCalls())
    response.headers["Retry-After"] = str(calls.seconds_left)
    return response


def _caller(request: HttpRequest) -> UUID:
    """A name for a network address that tells nobody the address."""
    address = get_adapter(request).get_client_ip(request) if request.META.get("REMOTE_ADDR") else ""
    made = hmac.new(settings.SECRET_KEY.encode(), f"directory {address}".encode(), hashlib.sha256)
    return UUID(bytes=made.digest()[:16])
