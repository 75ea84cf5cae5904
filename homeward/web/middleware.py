"""Around every page: who is acting, what the database may show, and what the browser may do."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeward.access.acting import acting_alone, acting_as
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.lib.problems import Problem, Refused
from homeward.organisations.queries import actor_for, memberships_of

Respond = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership_id"
# Doors of programs, which look after themselves: a session opens nothing there.
API = ("/api/", "/hsds/")

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """No foreign code, nothing kept by shared caches."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Acting:
    """Puts `request.actor` in place and runs the page in one transaction as that actor.

    A page that ends in a problem or a fault is rolled back whole; a refusal is then put on record.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            return self.get_response(request)
        actor = actor_of_session(request)
        request.actor = actor  # type: ignore[attr-defined]
        request.refused = None  # type: ignore[attr-defined]
        if actor is None:
            return self.get_response(request)
        with acting_as(actor):
            response = self.get_response(request)
            if response.status_code >= 500 or request.refused:  # type: ignore[attr-defined]
                transaction.set_rollback(True)
        remember_refusal(request, actor)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a problem that no form caught into its page."""
        if not isinstance(exception, Problem):
            return None
        note_problem(request, exception)
        return render(request, "problem.html", {"problem": exception}, status=exception.status)


def note_problem(request: HttpRequest, problem: Problem) -> None:
    """Undo what the request did and keep a refusal for the record."""
    if getattr(request, "actor", None) is not None:  # else no transaction is ours to undo
        transaction.set_rollback(True)
    if isinstance(problem, Refused):
        request.refused = problem  # type: ignore[attr-defined]


def remember_refusal(request: HttpRequest, actor: Actor) -> None:
    """Write a refusal to the trail, in a transaction of its own."""
    if request.refused is None:  # type: ignore[attr-defined]
        return
    match = request.resolver_match
    with acting_as(actor):
        remember(actor, "refused", subject_id=None, refused=True, note=match.view_name if match else "")


def actor_of_session(request: HttpRequest) -> Actor | None:
    """The hat the signed-in user wears in this session, or their only one, or none."""
    if not request.user.is_authenticated:
        return None
    user_id: UUID = request.user.id
    with acting_alone(user_id):
        hats = list(memberships_of(user_id))
    request.hats = hats  # type: ignore[attr-defined]
    worn = request.session.get(MEMBERSHIP)
    chosen = next((hat for hat in hats if str(hat.id) == worn), hats[0] if hats else None)
    return actor_for(chosen) if chosen else None
