"""How the API answers: JSON, and problem details (RFC 9457) with stable codes."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from homeward.api.problems import PreconditionRequired
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


def problem_response(problem: Problem) -> HttpResponse:
    """A problem as problem details."""
    body = {
        "type": f"urn:homeward:problem:{problem.code}",
        "title": problem.code.replace("_", " "),
        "status": problem.status,
        "code": problem.code,
        "detail": str(problem),
        "fields": {name: str(message) for name, message in problem.fields.items()},
    }
    response = HttpResponse(orjson.dumps(body), status=problem.status, content_type=PROBLEM_TYPE)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def version_asked(request: HttpRequest) -> int:
    """The version that If-Match names; PreconditionRequired without one."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given.isdecimal() or len(given) > 9:
        raise PreconditionRequired
    return int(given)
