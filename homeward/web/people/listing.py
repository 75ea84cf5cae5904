"""The list of people: the newest, or those found by a name in any script, a reference or a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.casework.queries import cases_of_people, people_found
from homeward.people.queries import CaseSeen, newest_people, open_matches, people_by_ids
from homeward.web.case_search import keep, recall
from homeward.web.people.forms import FindForm

if TYPE_CHECKING:
    from homeward.people.models import Person


@dataclass(frozen=True)
class Row:
    """One person in a list; `joined_to` is who they were found to be the same as."""

    person: Person
    cases: Sequence[CaseSeen]
    joined_to: Person | None


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people registered last, or those found; one entry on the record for the whole list."""
    actor = actor_of(request)
    actor.require(Action.PERSON_VIEW)
    text = recall(request, request.GET.get("q", ""))
    found, following = (people_found(actor, text), None) if text else _newest(actor, request)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=None)
    return _page(request, FindForm(initial={"text": text}), rows_of(actor, found), text, following)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Take what was typed, and lead to what it finds; the address carries a key, never the words."""
    actor = actor_of(request)
    actor.require(Action.PERSON_VIEW)
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, form, [], "", None, status=422)
    return redirect(f"{reverse('people')}?q={keep(request, form.cleaned_data['text'])}")


def rows_of(actor: Actor, found: Sequence[Person]) -> list[Row]:
    """People with their cases and whom they were joined to, in two queries."""
    cases = cases_of_people(actor, [person.id for person in found])
    links = {person.merged_into_id for person in found if person.merged_into_id}
    joined = {person.id: person for person in people_by_ids(actor, links)} if links else {}
    return [
        Row(
            person,
            cases.get(person.id, ()),
            joined.get(person.merged_into_id) if person.merged_into_id else None,
        )
        for person in found
    ]


def _newest(actor: Actor, request: HttpRequest) -> tuple[list[Person], UUID | None]:
    page = newest_people(actor, _id(request.GET.get("after", "")))
    return page.people, page.following


def _page(
    request: HttpRequest,
    form: FindForm,
    rows: list[Row],
    text: str,
    following: UUID | None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    words = {
        "form": form,
        "rows": rows,
        "text": text,
        "following": following,
        "is_first": "after" not in request.GET,
        "may_register": actor.may(Action.PERSON_REGISTER),
        "questions": open_matches(actor)[:100].count() if actor.may(Action.PERSON_MATCH) else None,
    }
    return render(request, "people/list.html", words, status=status)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
