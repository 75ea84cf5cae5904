"""Trying a form out before it is asked of anybody; nothing is kept but in the session of who tries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from homeward.access.request import actor_of
from homeward.followup.commands.filling import SavedMeanwhile
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound
from homeward.surveys.queries import get_version, missing_codes_of, web_form_of
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.turning import Given, Overtaken, Turn, take
from homeward.web.asking.flow import OnDesk, check_page, first_screen, language_of, run_screen
from homeward.web.asking.pages import ASKS
from homeward.web.asking.words import OBSTACLES

if TYPE_CHECKING:
    from homeward.surveys.models import InstrumentVersion
    from homeward.surveys.receiving import Sent

KEPT = "tried_form"


class TrialDesk:
    """A form in the session of who tries it."""

    base = "page.html"

    def __init__(self, request: HttpRequest, version: InstrumentVersion) -> None:
        self.request, self.version = request, version

    def open(self, language: str) -> OnDesk:
        kept = self.request.session.get(KEPT) or {}
        if kept.get("form") != str(self.version.id):
            raise NotFound
        filling = Filling.going_on(web_form_of(self.version), localtime(), kept["answers"], language)
        version = self.version
        return OnDesk(filling, missing_codes_of(version), version.title, version.languages)

    def begin(self) -> None:
        self._keep(Filling.begun(web_form_of(self.version), localtime(), instance_id=f"uuid:{new_id()}"))

    def keep(self, given: Given, files: Sequence[tuple[int, Sent]]) -> Turn:
        found = self.open("")
        typed = {**given.typed, **{index: sent.name for index, sent in files}}
        try:
            turn = take(found.filling, Given(given.screen, given.seal, typed, given.go), found.missing)
        except Overtaken as overtaken:
            raise SavedMeanwhile from overtaken
        self._keep(found.filling)
        return turn

    def _keep(self, filling: Filling) -> None:
        self.request.session[KEPT] = {"form": str(self.version.id), "answers": filling.kept()}

    def screen_url(self, key: str) -> str:
        return reverse("try_screen", args=[self.version.id, key])

    def check_url(self) -> str:
        return reverse("try_check", args=[self.version.id])

    def out_url(self) -> str:
        return reverse("form_version", args=[self.version.id])

    def around(self) -> Mapping[str, Any]:
        return {"version": self.version, "is_trial": True}


@require_http_methods(ASKS)
def begin(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Say whether a form can be filled on a page, and begin to try it."""
    version = get_version(actor_of(request), version_id)
    obstacles = web_form_of(version).obstacles
    if request.method == "POST" and not obstacles:
        desk = TrialDesk(request, version)
        desk.begin()
        return redirect(first_screen(desk, desk.open(language_of(request))))
    told = [(OBSTACLES[one.why], one.path.rpartition("/")[2], one.what) for one in obstacles]
    return render(request, "asking/trial.html", {"version": version, "obstacles": told})


@require_http_methods(ASKS)
def screen(request: HttpRequest, version_id: UUID, screen: str) -> HttpResponse:
    """One group of questions."""
    return run_screen(request, TrialDesk(request, get_version(actor_of(request), version_id)), screen)


@require_http_methods(ASKS)
def check(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """All answers once more; nothing is sent."""
    desk = TrialDesk(request, get_version(actor_of(request), version_id))
    if request.method == "POST":
        desk.open("")
        del request.session[KEPT]
        messages.success(request, gettext("Nothing was kept."))
        return redirect(desk.out_url())
    return check_page(request, desk, desk.open(language_of(request)))
