"""Around every API call: whose token it is, one transaction, nothing twice under one key, problems as JSON."""

import re
from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.access.repeats import Answered, claim, keep_answer
from homeward.api.answers import PROBLEM_TYPE, KeyNotUsable, TooLarge, details_response, problem_response
from homeward.lib.encryption import Place
from homeward.lib.problems import Problem
from homeward.organisations.queries import actor_for_token
from homeward.privacy.sealing import open_for_installation, seal_for_installation

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
KEY_HEADER = "Idempotency-Key"
USABLE_KEY = re.compile(r"[!-~]{1,100}")
CODES = {
    400: ("not_understood", "This could not be read."),
    404: ("not_found", "There is nothing here."),
    405: ("method_not_allowed", "This address takes other methods: see Allow."),
}


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
        response = self.get_response(request) if actor is None else self.as_actor(request, actor)
        return as_problem(response)

    def as_actor(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        """Answer in one transaction that shows the database as the actor sees it."""
        try:
            with acting_as(actor):
                response = self.answer(request, actor)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
        except Problem as problem:
            return problem_response(problem)
        except RequestDataTooBig:
            return problem_response(TooLarge())
        remember_refusal(request, actor, response)
        return response

    def answer(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        """Answer a creating request once per key; everything else as it comes."""
        key = request.headers.get(KEY_HEADER, "")
        if request.method != "POST" or not key:
            return self.get_response(request)
        if not USABLE_KEY.fullmatch(key):
            raise KeyNotUsable
        asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        claimed = claim(actor, key, asked)
        if isinstance(claimed, Answered):
            return _answer_again(claimed)
        response = self.get_response(request)
        if response.status_code < 400:
            etag = response.headers.get("ETag", "")
            sealed = seal_for_installation(_place(claimed), f"{etag}\n".encode() + response.content)
            keep_answer(claimed, response.status_code, sealed)
        return response


def actor_of_token(request: HttpRequest) -> Actor | None:
    """The actor behind the bearer token, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return actor_for_token(token.strip()) if scheme.lower() == "bearer" else None


def as_problem(response: HttpResponse) -> HttpResponse:
    """What Django itself answered to an address, a method or a fault, as problem details."""
    if response.status_code < 400 or response.headers.get("Content-Type") == PROBLEM_TYPE:
        return response
    code, detail = CODES.get(response.status_code, ("fault", "Something went wrong here, not with you."))
    described = details_response(response.status_code, code, detail)
    if "Allow" in response.headers:
        described.headers["Allow"] = response.headers["Allow"]
    return described


def remember_refusal(request: HttpRequest, actor: Actor, response: HttpResponse) -> None:
    """Write a refusal to the trail, in a transaction of its own."""
    if response.status_code != 403:
        return
    match = request.resolver_match
    with acting_as(actor):
        remember(actor, "refused", subject_id=None, refused=True, note=match.view_name if match else "")


def _answer_again(kept: Answered) -> HttpResponse:
    etag, _, body = open_for_installation(_place(kept.id), kept.answer).partition(b"\n")
    response = HttpResponse(body, status=kept.status, content_type="application/json")
    if etag:
        response.headers["ETag"] = etag.decode()
    return response


def _place(row_id: UUID) -> Place:
    return Place("access_handledrequest", "answer", row_id)
