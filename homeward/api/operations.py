"""Declaring an operation: one action, one answer, refused before anything it was sent is read."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Status
from ninja.security import HttpBearer

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.api.answers import ProblemOut
from homeward.api.once import claim_key
from homeward.api.problems import UnknownMediaType

View = TypeVar("View", bound=Callable[..., object])

JSON, MULTIPART = "application/json", "multipart/form-data"
ALWAYS = (401, 403, 404, 422, 429)
WITH_BODY = (*ALWAYS, 400, 409, 413, 415)
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again with the same body within a day, the call is answered as the first time.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,100}$"},
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what was read. Somebody else's newer version is never overwritten.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}


@dataclass(frozen=True)
class Kind:
    """What all operations of one kind have in common."""

    method: str
    status: int
    problems: tuple[int, ...]
    parameters: tuple[dict[str, Any], ...] = ()
    media_type: str = ""  # of an answer that is no JSON

    def described(self, action: Action) -> dict[str, Any]:
        """What the description of the API says beyond what follows from the schemas."""
        described: dict[str, Any] = {"x-action": str(action), "parameters": list(self.parameters)}
        if self.media_type:
            content = {self.media_type: {"schema": {"type": "string", "format": "binary"}}}
            described["responses"] = {self.status: {"description": "The file", "content": content}}
        return described

    @property
    def creates(self) -> bool:
        return KEY in self.parameters


READ = Kind("GET", 200, ALWAYS)
HAND_OVER = Kind("GET", 200, ALWAYS, media_type="*/*")
FIND = Kind("POST", 200, WITH_BODY)
CREATE = Kind("POST", 201, WITH_BODY, (KEY,))
EDIT = Kind("PUT", 200, (*WITH_BODY, 428), (VERSION,))
END = Kind("DELETE", 200, (*ALWAYS, 409))
END_VERSION = Kind("DELETE", 200, (*ALWAYS, 409, 428), (VERSION,))


class Token(HttpBearer):
    """The token of an integration, which the middleware has looked up already.

    Nothing else of the call is read before it is sure that the integration's role includes the action.
    """

    def __init__(self, action: Action, kind: Kind, media_type: str) -> None:
        super().__init__()
        self.action, self.kind, self.media_type = action, kind, media_type

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None:
            actor.require(self.action)
            if request.META.get("CONTENT_LENGTH") and request.content_type != self.media_type:
                raise UnknownMediaType
            if self.kind.creates:
                claim_key(request, actor)
        return actor


def reads(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A GET that answers with what the actor may see."""
    return _operation(router, path, action, answer, READ)


def hands_over(router: Router, path: str, action: Action) -> Callable[[View], View]:
    """A GET that answers with a file as a download."""
    return _operation(router, path, action, None, HAND_OVER)


def finds(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A POST that only reads: what is looked for stands in the body, because addresses are kept in logs."""
    return _operation(router, path, action, answer, FIND)


def creates(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A POST that writes, once for each idempotency key."""
    return _operation(router, path, action, answer, CREATE)


def receives(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A POST of a file as a form, once for each idempotency key."""
    return _operation(router, path, action, answer, CREATE, MULTIPART)


def edits(router: Router, path: str, action: Action, answer: object) -> Callable[[View], View]:
    """A PUT that replaces what is recorded, if it is still the version that was read."""
    return _operation(router, path, action, answer, EDIT)


def ends(
    router: Router, path: str, action: Action, answer: object, *, versioned: bool = False
) -> Callable[[View], View]:
    """A DELETE that ends something; what it was stays on record."""
    return _operation(router, path, action, answer, END_VERSION if versioned else END)


def _operation(
    router: Router, path: str, action: Action, answer: object, kind: Kind, media_type: str = JSON
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @functools.wraps(view)
        def answered(request: HttpRequest, **given: Any) -> HttpResponseBase | Status[object]:
            result = view(request, **given)
            if isinstance(result, HttpResponseBase):
                return result
            request.version_answered = getattr(result, "version", None)  # type: ignore[attr-defined]
            return Status(kind.status, result)

        router.api_operation(
            [kind.method],
            path,
            auth=Token(action, kind, media_type),
            response={kind.status: answer, **dict.fromkeys(kind.problems, ProblemOut)},
            operation_id=view.__name__,
            by_alias=True,
            openapi_extra=kind.described(action),
        )(answered)
        return view

    return declare
