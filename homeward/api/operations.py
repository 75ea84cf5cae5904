"""Declaring an operation: one action, one answer, refused before anything it was sent is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.api.answers import ProblemOut, UnknownMediaType

View = TypeVar("View", bound=Callable[..., object])

ALWAYS = (401, 403, 404, 422, 429)
WITH_BODY = (400, 409, 413, 415)
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again with the same body within a day, the call is answered as the first time.",
    "schema": {"type": "string", "maxLength": 100, "pattern": "^[!-~]*$"},
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what was read. Somebody else's newer version is never overwritten.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}


class Token(HttpBearer):
    """The token of an integration whose role includes the action; the middleware has looked it up."""

    def __init__(self, action: Action, media_type: str = "application/json") -> None:
        super().__init__()
        self.action, self.media_type = action, media_type

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None:
            actor.require(self.action)
            if request.method in {"POST", "PUT"} and request.content_type not in {self.media_type, ""}:
                raise UnknownMediaType
        return actor


def reads(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A GET that answers with what the actor may see."""
    return _operation(router, "GET", path, action, {200: answer}, ALWAYS)


def finds(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A POST that only reads: what is looked for stands in the body, because addresses are kept in logs."""
    return _operation(router, "POST", path, action, {200: answer}, ALWAYS + WITH_BODY)


def creates(
    router: Router, path: str, action: Action, answer: object, *, media_type: str = "application/json"
) -> Callable[[View], View]:
    """A POST that writes, once for each idempotency key."""
    return _operation(
        router,
        "POST",
        path,
        action,
        {201: answer},
        ALWAYS + WITH_BODY,
        parameters=[KEY],
        media_type=media_type,
    )


def edits(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A PUT that replaces what is recorded, if it is still the version that was read."""
    statuses = (*ALWAYS, *WITH_BODY, 428)
    return _operation(router, "PUT", path, action, {200: answer}, statuses, parameters=[VERSION])


def ends(
    router: Router, path: str, action: Action, answer: object, *, versioned: bool = False
) -> Callable[[View], View]:
    """A DELETE that ends something; what it was stays on record."""
    statuses = (*ALWAYS, 409, *((428,) if versioned else ()))
    return _operation(
        router, "DELETE", path, action, {200: answer}, statuses, parameters=[VERSION] if versioned else []
    )


def _operation(
    router: Router,
    method: str,
    path: str,
    action: Action,
    answers: dict[int, object],
    problems: tuple[int, ...],
    *,
    parameters: list[dict[str, Any]] | None = None,
    media_type: str = "application/json",
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        router.api_operation(
            [method],
            path,
            auth=Token(action, media_type),
            response={**answers, **dict.fromkeys(problems, ProblemOut)},
            operation_id=view.__name__,
            openapi_extra={"x-action": str(action), "parameters": parameters or []},
        )(view)
        return view

    return declare
