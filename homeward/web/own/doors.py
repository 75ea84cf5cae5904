"""Coming in with link and code, and going out again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actor import Actor, system_actor
from homeward.feedback import commands
from homeward.feedback.problems import NotOpened
from homeward.feedback.queries import PREFIX
from homeward.organisations.tokens import organisation_of
from homeward.web.forms import posted, put_problem
from homeward.web.own.forms import CodeForm
from homeward.web.own.visit import begin, own_page

TOKEN = "own_page_token"  # noqa: S105 (where it is kept, not what it is)


@require_safe
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link out of the address at once; whether it is good, only the code will tell."""
    request.session[TOKEN] = token
    return redirect("my_enter")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code; right, it opens the page in the person's language."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        opened = _opened(request, form.cleaned_data["code"])
        if opened:
            return opened
        put_problem(form, NotOpened())
    return render(request, "own/enter.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest, code: str) -> HttpResponse | None:
    token = str(request.session.get(TOKEN, ""))
    organisation_id = organisation_of(token, PREFIX)
    if organisation_id is None:
        return None
    found = commands.enter_own_page(system_actor(organisation_id), token=token, code=code)
    if found.id is None:
        return None
    begin(request, organisation_id, found.id)
    activate(found.language)
    answer = redirect("my_page")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, found.language, samesite="Lax", httponly=True)
    return answer


@require_POST
@own_page
def leave(request: HttpRequest, visitor: Actor) -> HttpResponse:
    """End the visit: the link is worth nothing any more, and nothing stays in the browser."""
    commands.leave_own_page(visitor)
    request.session.flush()
    return redirect("my_closed")


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that no visit is going on, and how to come in again."""
    return render(request, "own/closed.html")
