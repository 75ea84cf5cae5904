"""Same person? Pairs side by side, answered alone or many at once; joining and parting two records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.casework.commands import answer_match, merge_people, undo_merge
from homeward.casework.queries import people_found
from homeward.lib.problems import NotFound, Problem
from homeward.people.commands import start_match_search
from homeward.people.matching import compare
from homeward.people.queries import (
    asked_matches,
    get_merge,
    get_person,
    last_match_search,
    open_matches,
    same_person_ids,
    traits_of,
)
from homeward.web.people.beside import Known, Line, known_of, lines
from homeward.web.people.forms import FindForm
from homeward.web.people.listing import rows_of
from homeward.web.people.words import reasons_in_words

if TYPE_CHECKING:
    from homeward.people.models import Person
    from homeward.people.queries import AskedMatch

ASKED = ["GET", "HEAD", "POST"]
SAME, DIFFERENT = "same", "different"
COUNTED = 1_000


@dataclass(frozen=True)
class Pair:
    """A question as it is shown."""

    id: UUID | None
    one: Person
    other: Person
    lines: Sequence[Line]
    score: float
    speaks_for: Sequence[str | Promise]
    speaks_against: Sequence[str | Promise]


@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """The likeliest open questions; a person decides, the score only sorts."""
    actor = actor_of(request)
    actor.require(Action.PERSON_MATCH)
    asked = asked_matches(actor)
    remember_reading(actor, Action.PERSON_MATCH, subject_id=None)
    search = last_match_search(actor)
    words = {
        "pairs": _pairs(actor, asked),
        "count": open_matches(actor)[:COUNTED].count(),
        "search": search,
        "is_running": search is not None and search.finished_at is None,
        "may_answer": actor.may(Action.PERSON_MERGE),
    }
    return render(request, "people/matches.html", words)


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Begin to look for possible duplicates; the reader may leave."""
    start_match_search(actor_of(request))
    messages.success(request, _("Homeward compares your people with each other. You may leave this page."))
    return redirect("matches")


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take the answers: one beside each pair, or one for all that were chosen."""
    actor = actor_of(request)
    actor.require(Action.PERSON_MERGE)
    given = _answers(request)
    done = [is_same for match_id, is_same in given.items() if _answered(actor, match_id, is_same)]
    if done:
        joined = sum(done)
        first = ngettext("%(n)s pair joined.", "%(n)s pairs joined.", joined) % {"n": joined}
        second = ngettext("%(n)s kept apart.", "%(n)s kept apart.", len(done) - joined) % {
            "n": len(done) - joined
        }
        messages.success(request, f"{first} {second}")
    if len(done) < len(given):
        messages.warning(request, _("Some pairs were answered by somebody else meanwhile; see what is left."))
    if not given:
        messages.warning(request, _("Nothing was answered: choose an answer beside a pair, or choose pairs."))
    return redirect("matches")


@require_http_methods(ASKED)
def merge(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Find the other record of the same person; what is typed is posted and stands in no address."""
    actor = actor_of(request)
    actor.require(Action.PERSON_MERGE)
    person = get_person(actor, person_id)
    form = FindForm(request.POST if request.method == "POST" else None)
    found: list[Person] = []
    if form.is_bound and form.is_valid():
        same = set(same_person_ids(actor, person_id))
        found = [one for one in people_found(actor, form.cleaned_data["text"]) if one.id not in same]
    words = {"person": person, "form": form, "rows": rows_of(actor, found) if found else []}
    return render(request, "people/merge.html", words, status=422 if form.errors else 200)


@require_http_methods(ASKED)
def merge_with(request: HttpRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two records side by side; joining links the second to the first and moves nothing."""
    actor = actor_of(request)
    actor.require(Action.PERSON_MERGE)
    one, other = get_person(actor, person_id), get_person(actor, other_id)
    if one == other:
        raise NotFound
    if request.method == "POST":
        merge_people(actor, kept_id=one.id, merged_id=other.id)
        messages.success(request, _("Both records are joined. Both cases stay, and this can be undone."))
        return redirect("person", one.id)
    words = {"person": one, "pair": _compared(actor, one, other)}
    return render(request, "people/merge_with.html", words)


@require_http_methods(ASKED)
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Part two records that were joined, after asking."""
    actor = actor_of(request)
    actor.require(Action.PERSON_MERGE)
    found = get_merge(actor, merge_id)
    if request.method != "POST":
        return render(request, "people/undo_merge.html", {"merge": found})
    undo_merge(actor, merge_id=merge_id)
    messages.success(request, _("These are two people again. Everything is as it was before."))
    return redirect("person", found.kept_id)


def _answers(request: HttpRequest) -> Mapping[UUID, bool]:
    """Which pairs were answered, and whether with yes."""
    for_all = request.POST.get("all", "")
    if for_all in (SAME, DIFFERENT):
        told = dict.fromkeys(request.POST.getlist("chosen"), for_all)
    else:
        told = {name.removeprefix("answer-"): str(text) for name, text in request.POST.items()}
    return {
        match_id: text == SAME
        for name, text in told.items()
        if text in (SAME, DIFFERENT) and (match_id := _id(name))
    }


def _answered(actor: Actor, match_id: UUID, is_same: bool) -> bool:  # noqa: FBT001 - an answer
    try:
        answer_match(actor, match_id=match_id, is_same=is_same)
    except Problem:
        return False
    return True


def _pairs(actor: Actor, asked: Sequence[AskedMatch]) -> list[Pair]:
    people = [person for one in asked for person in (one.person, one.other)]
    known = known_of(actor, people)
    return [
        _pair(one.person, one.other, known, one.match.score, one.match.reasons, one.match.id) for one in asked
    ]


def _compared(actor: Actor, one: Person, other: Person) -> Pair:
    traits = traits_of(actor, [one, other])
    comparison = compare(traits[one.id], traits[other.id])
    reasons = [asdict(reason) for reason in comparison.reasons]
    return _pair(one, other, known_of(actor, [one, other]), comparison.score, reasons)


def _pair(
    one: Person, other: Person, known: Known, score: float, reasons: Any, match_id: UUID | None = None
) -> Pair:
    return Pair(match_id, one, other, lines(one, other, known), score, *reasons_in_words(reasons))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
