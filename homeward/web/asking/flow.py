"""From screen to screen, wherever a form is filled: shown, saved, looked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from homeward.lib.problems import NotFound, Problem
from homeward.surveys.forms.questions import language_code
from homeward.surveys.webform.form import Control
from homeward.surveys.webform.screens import Screen, asked_now, screens_of
from homeward.surveys.webform.turning import (
    Given,
    Go,
    NoSuchScreen,
    Turn,
    all_faults,
    before,
    faults_on,
    screen_of,
)
from homeward.web.asking.fields import plain
from homeward.web.asking.screens import Missing, Shown, answer_told, files_in, given_in, show

if TYPE_CHECKING:
    from homeward.surveys.receiving import Sent
    from homeward.surveys.webform.filling import Filling

PLACES = "camera=(), microphone=(), geolocation=(self)"


@dataclass(frozen=True)
class OnDesk:
    """A form that is being filled: its answers, its codes for none, and the words around it."""

    filling: Filling = field(repr=False)
    missing: Missing
    title: str
    languages: Sequence[str] = ()


class Desk(Protocol):
    """Where a form is filled: at a visit, on a person's own page, or to try it."""

    base: str

    def open(self, language: str) -> OnDesk: ...
    def keep(self, given: Given, files: Sequence[tuple[int, Sent]]) -> Turn: ...
    def screen_url(self, key: str) -> str: ...
    def check_url(self) -> str: ...
    def out_url(self) -> str: ...
    def around(self) -> Mapping[str, Any]: ...


def language_of(request: HttpRequest) -> str:
    """The language that is asked in: one the reader chose for this form, or that of the page."""
    chosen = request.POST.get("in") or request.GET.get("in") or ""
    return chosen if chosen.isascii() and chosen.isalpha() and len(chosen) <= 3 else get_language() or "en"


def run_screen(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Show a screen, or save it and lead on."""
    found = desk.open(language_of(request))
    try:
        screen = screen_of(found.filling, key)
    except NoSuchScreen as gone:
        if request.method == "POST":  # a time that was taken away, and the answer to that got lost
            return redirect(_with(request, desk.out_url()))
        raise NotFound from gone
    if request.method != "POST":
        faults = faults_on(found.filling, screen, found.missing) if "wrong" in request.GET else {}
        return _screen(request, desk, found, show(found.filling, screen, found.missing, faults))
    return _save(request, desk, found, screen)


def _save(request: HttpRequest, desk: Desk, found: OnDesk, screen: Screen) -> HttpResponse:
    given = given_in(request, found.filling, screen)
    try:
        turn = desk.keep(given, files_in(request, screen))
    except Problem as problem:
        if problem.code == NotFound.code:
            raise
        shown = show(found.filling, screen, found.missing, {}, request.POST)
        return _screen(request, desk, found, shown, problem=problem)
    if turn.stays:
        after = desk.open(language_of(request))
        shown = show(after.filling, screen_of(after.filling, screen.key), after.missing, turn.faults)
        return _screen(request, desk, after, shown, is_wrong=bool(turn.faults))
    if given.go == Go.LATER:
        return redirect(desk.out_url())
    url = desk.screen_url(turn.screen) if turn.screen else desk.check_url()
    return redirect(_with(request, url))


def _screen(
    request: HttpRequest,
    desk: Desk,
    found: OnDesk,
    shown: Shown,
    *,
    problem: Problem | None = None,
    is_wrong: bool = False,
) -> HttpResponse:
    theirs = _saved_by_another(found, shown) if problem and problem.code == "saved_meanwhile" else ()
    told = {
        **desk.around(),
        "base": desk.base,
        "desk": found,
        "shown": shown,
        "time": shown.screen.time,
        "problem": problem,
        "theirs": theirs,
        "more": request.method == "POST" and not problem and not is_wrong,
        "has_before": bool(before(found.filling, shown.screen.key)),
        "out": desk.out_url(),
        "languages_offered": _languages(found, language_of(request)),
        "language_chosen": request.POST.get("in") or request.GET.get("in") or "",
    }
    status = problem.status if problem else 422 if is_wrong else 200
    response = render(request, "asking/screen.html", told, status=status)
    response["Permissions-Policy"] = PLACES
    return response


def _saved_by_another(found: OnDesk, shown: Shown) -> list[tuple[str, str]]:
    """What stands on the screen now, beside what was just sent."""
    return [
        (
            plain(found.filling.say(asked.label, node)),
            answer_told(found.filling, asked, node, found.missing.get(asked.path, {})),
        )
        for asked, node in shown.screen.questions
        if node.applies and node.text and asked.control != Control.NOTE
    ]


def _languages(found: OnDesk, now: str) -> list[tuple[str, str, bool]]:
    coded = [(name, language_code(name)) for name in found.languages]
    offered = [(code, name.partition("(")[0].strip(), code == now[:2]) for name, code in coded if code]
    return offered if len(offered) > 1 else []


def _with(request: HttpRequest, url: str) -> str:
    chosen = request.POST.get("in", "")
    return f"{url}?in={language_of(request)}" if chosen else url


def first_screen(desk: Desk, found: OnDesk) -> str:
    """Where to begin or go on: the first screen that nobody answered, or where something is wrong."""
    screens = asked_now(screens_of(found.filling))
    for one in screens:
        questions = [
            (asked, node) for asked, node in one.questions if node.applies and asked.control != Control.NOTE
        ]
        if any(not node.text for _asked, node in questions) and not any(
            node.text for _asked, node in questions
        ):
            return desk.screen_url(one.key)
        if faults_on(found.filling, one, found.missing):
            return desk.screen_url(one.key)
    return desk.check_url() if screens else desk.out_url()


def check_page(
    request: HttpRequest, desk: Desk, found: OnDesk, *, problem: Problem | None = None
) -> HttpResponse:
    """All answers once more, each leading back to its screen, before they are sent."""
    faults = all_faults(found.filling, found.missing)
    rows = [_row(desk, found, one, faults) for one in asked_now(screens_of(found.filling))]
    told = {
        **desk.around(),
        "base": desk.base,
        "desk": found,
        "rows": rows,
        "wrong": len(faults),
        "problem": problem,
        "out": desk.out_url(),
    }
    return render(request, "asking/check.html", told, status=problem.status if problem else 200)


def _row(desk: Desk, found: OnDesk, screen: Screen, faults: Mapping[str, Any]) -> dict[str, Any]:
    wrong = faults.get(screen.key, {})
    titles = [text for words, node in screen.title if (text := plain(found.filling.say(words, node)))]
    time = screen.time
    if time and time.number and titles:
        titles[-1] = _("%(what)s %(number)s") % {"what": titles[-1], "number": time.number}
    return {
        "url": desk.screen_url(screen.key) + ("?wrong" if wrong else ""),
        "title": titles[-1] if titles else "",
        "answers": [
            {
                "label": plain(found.filling.say(asked.label, node)) or node.name,
                "answer": answer_told(found.filling, asked, node, found.missing.get(asked.path, {})),
                "is_file": asked.control == Control.FILE,
                "is_wrong": asked.index in wrong,
            }
            for asked, node in screen.questions
            if node.applies and asked.control != Control.NOTE
        ],
    }
