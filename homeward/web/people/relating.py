"""Saying what people are to each other: find the other one among those on record, then the relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.casework.queries import people_found, people_in_files_of
from homeward.people.commands import relate_people
from homeward.people.queries import get_person
from homeward.web.people.answering import form_page, sent
from homeward.web.people.forms import FindForm, RelateForm
from homeward.web.people.listing import rows_of
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def relate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Offer those of the same file, or those found; then record the relation on both sides."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    person = get_person(actor, person_id)
    text = request.POST.get("text", "").strip()
    offered = [one for one in _offered(actor, person_id, text) if one.id != person_id]
    is_finding = "find" in request.POST
    form = RelateForm(None if is_finding else sent(request), people=_choices(actor, offered))
    words = {"person": person, "find": FindForm(initial={"text": text}), "offered": offered, "text": text}
    if is_finding:
        return render(request, "people/relate.html", {"form": form, **words})

    def act() -> HttpResponse:
        relate_people(
            actor,
            person_id=form.cleaned_data["related_id"],
            related_id=person_id,
            kind=form.kind_given(),
            since_on=form.cleaned_data["since_on"],
        )
        messages.success(request, _("The relation is on record on both sides."))
        return redirect("person", person_id)

    return form_page(request, "relate", form, act, **words)


def _offered(actor: Actor, person_id: UUID, text: str) -> list[Person]:
    return people_found(actor, text) if text else people_in_files_of(actor, person_id)


def _choices(actor: Actor, offered: Sequence[Person]) -> list[tuple[str, SafeString]]:
    rows = rows_of(actor, offered) if offered else []
    return [
        (
            str(row.person.id),
            format_html(
                '<bdi>{}</bdi> <bdi class="soft">{}</bdi> <span class="ref">{}</span>',
                row.person.name,
                row.person.native_name,
                listed(case.reference for case in row.cases),
            ),
        )
        for row in rows
    ]
