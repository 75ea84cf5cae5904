"""Around every API call: whose token it is, one transaction, every problem told as JSON."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.calls import Calls, count_call
from homeward.access.command import remember
from homeward.api.answers import PROBLEM_TYPE, problem_response
from homeward.api.once import keep_for_the_key
from homeward.api.problems import Fault, MethodNotAllowed, NotUnderstood, TooManyCalls
from homeward.organisations.queries import actor_for_token

Respond = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"
TOLD_BY_DJANGO = {400: NotUnderstood, 405: MethodNotAllowed}


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
            return as_problem(self.get_response(request))
        calls = count_call(actor.user_id, now())
        if calls.are_too_many:
            return too_many(calls)
        return as_problem(self.as_actor(request, actor))

    def as_actor(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        """Answer in one transaction that shows the database as the actor sees it."""
        with acting_as(actor):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                tag(request, response)
                keep_for_the_key(request, response)
        remember_refusal(request, actor, response)
        return response


def actor_of_token(request: HttpRequest) -> Actor | None:
    """The actor behind the bearer token, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return actor_for_token(token.strip()) if scheme.lower() == "bearer" else None


def tag(request: HttpRequest, response: HttpResponse) -> None:
    """Put the version of the record on the answer."""
    version = getattr(request, "version_answered", None)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'


def too_many(calls: Calls) -> HttpResponse:
    """The answer to who calls too often: when to come back."""
    response = problem_response(TooManyCalls())
    response.headers["Retry-After"] = str(calls.seconds_left)
    return response


def as_problem(response: HttpResponse) -> HttpResponse:
    """What Django itself answered to a method or a fault, as problem details."""
    if response.status_code < 400 or response.headers.get("Content-Type") == PROBLEM_TYPE:
        return response
    described = problem_response(TOLD_BY_DJANGO.get(response.status_code, Fault)())
    if "Allow" in response.headers:
        described.headers["Allow"] = response.headers["Allow"]
    return described


def remember_refusal(request: HttpRequest, actor: Actor, response: HttpResponse) -> None:
    """Write a refusal to the trail, in a transaction of its own."""
    if response.status_code not in (403, 429):
        return
    match = request.resolver_match
    with acting_as(actor):
        remember(actor, "refused", subject_id=None, refused=True, note=match.view_name if match else "")
