"""One person: everything recorded of them, registering one, correcting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import hidden_of_person
from homeward.casework import commands
from homeward.casework.queries import cases_of_people, likely_matches
from homeward.lib.problems import EditConflict
from homeward.people.commands import register_person
from homeward.people.match_tokens import are_kept
from homeward.people.queries import (
    contacts_of,
    documents_of,
    get_person,
    matches_of_person,
    merges_of,
    people_by_ids,
    relatives_of,
    same_person_ids,
)
from homeward.people.rules import IN_CARE_OF, Sex, is_surely_minor, may_be_minor
from homeward.sharing.rules import Category
from homeward.web.conflict import conflict_page
from homeward.web.people.answering import form_page, sent
from homeward.web.people.forms import PersonForm

if TYPE_CHECKING:
    from homeward.people.models import Person

ASKED = ["GET", "HEAD", "POST"]


@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything the reader may know of a person; looking is on the record."""
    actor = actor_of(request)
    actor.require(Action.PERSON_VIEW)
    found = get_person(actor, person_id)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=found.id)
    hidden = hidden_of_person(actor, found.id)
    is_hidden = {category.value: category in hidden for category in Category}
    return render(request, "people/person.html", {**_all_of(actor, found), "is_hidden": is_hidden})


@require_http_methods(ASKED)
def register(request: HttpRequest) -> HttpResponse:
    """Record somebody without a case, such as a relative who does not travel; first say who is alike."""
    actor = actor_of(request)
    actor.require(Action.PERSON_REGISTER)
    form = PersonForm(sent(request), initial={"sex": Sex.UNKNOWN})
    alike = _alike(actor, request, form)
    if alike:
        return render(request, "people/register.html", {"form": form, "alike": alike}, status=409)

    def act() -> HttpResponse:
        made = register_person(actor, details=form.details())
        messages.success(request, _("The person is on record."))
        return redirect("person", made.id)

    return form_page(request, "register", form, act)


@require_http_methods(ASKED)
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct what is recorded, unless somebody else did so in between."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    now = get_person(actor, person_id)
    saved = PersonForm.saved(now)
    form = PersonForm(sent(request), initial=saved, known_languages=now.languages)
    back = reverse("person", args=[now.id])

    def act() -> HttpResponse:
        commands.change_person(
            actor,
            person_id=person_id,
            expected_version=form.cleaned_data["expected_version"] or 0,
            details=form.details(),
        )
        messages.success(request, _("The changes are saved."))
        return redirect(back)

    try:
        return form_page(request, "edit", form, act, person=now)
    except EditConflict:
        return conflict_page(request, form, saved=saved, version=now.version, back=back)


def _alike(actor: Actor, request: HttpRequest, form: PersonForm) -> list[Any]:
    """People on record who may be the one described; nobody once the reader said it is somebody else."""
    if not form.is_bound or "not_alike" in request.POST or not form.is_valid():
        return []
    return likely_matches(actor, form.details())


def _all_of(actor: Actor, found: Person) -> dict[str, Any]:
    same = same_person_ids(actor, found.id)
    others = people_by_ids(actor, [one for one in same if one != found.id])
    relatives, today = relatives_of(actor, found.id), localdate()
    cases = cases_of_people(actor, same)
    may_be = may_be_minor(found.birth, today)
    return {
        "person": found,
        "documents": documents_of(actor, found.id),
        "contacts": contacts_of(actor, found.id),
        "relatives": relatives,
        "cases": [case for person_id in same for case in cases.get(person_id, ())],
        "others": others,
        "merges": merges_of(actor, same) if others else [],
        "questions": matches_of_person(actor, found.id) if actor.may(Action.PERSON_MATCH) else [],
        "age": found.birth.age_on(today) if found.birth else None,
        "is_minor": is_surely_minor(found.birth, today),
        "needs_guardian": may_be and not any(one.relation.kind in IN_CARE_OF for one in relatives),
        "may_edit": actor.may(Action.PERSON_EDIT),
        "may_open": actor.may(Action.DOCUMENT_NUMBER_OPEN),
        "may_merge": actor.may(Action.PERSON_MERGE),
        "may_ask": are_kept() and actor.may(Action.PARTNERS_ASK),
        "may_allow": are_kept() and actor.may(Action.PARTNERS_ASK_ALLOW),
    }
