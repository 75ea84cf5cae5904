"""Around every API call: whose token it is, one transaction, and nothing done twice under one key."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.access.repeats import Answered, claim, keep_answer
from homeward.api.answers import problem_response
from homeward.lib.encryption import Place
from homeward.lib.problems import Problem
from homeward.organisations.queries import actor_for_token
from homeward.privacy.sealing import open_for_installation, seal_for_installation

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
KEY_HEADER = "Idempotency-Key"


class ApiActing:
    """Turns a bearer token into the actor and runs the call in one transaction as that actor.

    Whatever does not end well is rolled back whole; a refusal is then put on record.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        actor = actor_of_token(request)
        request.actor, request.refused = actor, None  # type: ignore[attr-defined]
        if actor is None:
            return self.get_response(request)
        try:
            with acting_as(actor):
                response = self.answer(request, actor)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
        except Problem as problem:
            return problem_response(problem)
        remember_refusal(request, actor, response)
        return response

    def answer(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        """Answer a creating request once per key; everything else as it comes."""
        key = request.headers.get(KEY_HEADER, "")
        if request.method != "POST" or not key:
            return self.get_response(request)
        asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        claimed = claim(actor, key[:100], asked)
        if isinstance(claimed, Answered):
            body = open_for_installation(_place(claimed.id), claimed.answer)
            return HttpResponse(body, status=claimed.status, content_type="application/json")
        response = self.get_response(request)
        if response.status_code < 400:
            keep_answer(
                claimed, response.status_code, seal_for_installation(_place(claimed), response.content)
            )
        return response


def actor_of_token(request: HttpRequest) -> Actor | None:
    """The actor behind the bearer token, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return actor_for_token(token.strip()) if scheme.lower() == "bearer" else None


def remember_refusal(request: HttpRequest, actor: Actor, response: HttpResponse) -> None:
    """Write a refusal to the trail, in a transaction of its own."""
    if response.status_code != 403:
        return
    match = request.resolver_match
    with acting_as(actor):
        remember(actor, "refused", subject_id=None, refused=True, note=match.view_name if match else "")


def _place(row_id: UUID) -> Place:
    return Place("access_handledrequest", "answer", row_id)
