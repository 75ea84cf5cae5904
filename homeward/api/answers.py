"""How the API answers: JSON, and problem details (RFC 9457) with stable codes."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from homeward.lib.problems import Problem

PROBLEM_TYPE = "application/problem+json"


class Orjson(BaseRenderer):
    """Renders answers with orjson."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: object, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class ObjectsOnly(Parser):
    """Reads bodies: every body is one JSON object."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        told = orjson.loads(request.body)
        if not isinstance(told, dict):
            raise TypeError
        return told


class ProblemOut(Schema):
    """What went wrong, for a program (`code`) and for the person behind it (`detail`)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, str] = {}


class PreconditionRequired(Problem):
    """An edit came without saying which version it is of."""

    status = 428
    code = "precondition_required"
    message = _("Send If-Match with the version you read, as in its ETag.")


class UnknownMediaType(Problem):
    """The body is of another kind than the operation takes."""

    status = 415
    code = "unknown_media_type"
    message = _("Send the body in the media type that the operation takes.")


class KeyNotUsable(Problem):
    """An idempotency key is too long, or no plain text."""

    code = "idempotency_key_not_usable"
    message = _("An idempotency key is up to 100 visible ASCII characters.")


class TooLarge(Problem):
    """The body is larger than anything the operation takes."""

    status = 413
    code = "too_large"
    message = _("This is larger than what is taken here.")


class TooManyCalls(Problem):
    """A program calls more often than it may; Retry-After says when it may again."""

    status = 429
    code = "too_many_calls"
    message = _("These are too many calls in a minute. Retry-After says in how many seconds to go on.")


def problem_response(problem: Problem) -> HttpResponse:
    """A problem as problem details."""
    return details_response(
        problem.status,
        problem.code,
        str(problem),
        {name: str(message) for name, message in problem.fields.items()},
    )


def details_response(
    status: int, code: str, detail: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    """Problem details of any origin."""
    body = {
        "type": f"urn:homeward:problem:{code}",
        "title": code.replace("_", " "),
        "status": status,
        "code": code,
        "detail": detail,
        "fields": fields or {},
    }
    response = HttpResponse(orjson.dumps(body), status=status, content_type=PROBLEM_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def version_asked(request: HttpRequest) -> int:
    """The version that If-Match names; PreconditionRequired without one."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given.isdecimal() or len(given) > 9:
        raise PreconditionRequired
    return int(given)
