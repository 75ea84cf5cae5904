"""Papers, ways to reach somebody, and relatives: adding, correcting, ending; opening one sealed number."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import EditConflict
from homeward.people import commands
from homeward.people.queries import (
    get_contact,
    get_document,
    get_person,
    get_relation,
    open_document_number,
)
from homeward.people.rules import OpeningReason
from homeward.web.conflict import conflict_page
from homeward.web.opening_form import OpeningForm
from homeward.web.people.answering import form_page, sent
from homeward.web.people.forms import ContactForm, DocumentForm, EndForm
from homeward.web.people.words import OPENING_REASONS

ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
def add_document(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record a paper."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    person = get_person(actor, person_id)
    form = DocumentForm(sent(request))

    def act() -> HttpResponse:
        told = form.document()
        commands.add_document(
            actor,
            person_id=person_id,
            kind=told.kind,
            number=told.number,
            country=told.country,
            issued_on=told.issued_on,
            expires_on=told.expires_on,
        )
        messages.success(request, _("The paper is on record, its number sealed."))
        return redirect("person", person_id)

    return form_page(request, "add_document", form, act, person=person)


@require_http_methods(ASKED)
def open_number(request: HttpRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """Open one sealed number for one look, with a reason; the answer shows it and nothing keeps it."""
    actor = actor_of(request)
    actor.require(Action.DOCUMENT_NUMBER_OPEN)
    document = get_document(actor, person_id, document_id)
    form = OpeningForm(sent(request), reasons=OPENING_REASONS)

    def act() -> HttpResponse:
        opened = open_document_number(
            actor,
            person_id=person_id,
            document_id=document_id,
            reason=OpeningReason(form.cleaned_data["reason"]),
            words=form.cleaned_data["words"],
        )
        words = {"person": document.person, "document": document, "number": opened.number}
        return render(request, "people/number.html", words)

    return form_page(request, "open_number", form, act, person=document.person, document=document)


@require_http_methods(ASKED)
def remove_document(request: HttpRequest, person_id: UUID, document_id: UUID) -> HttpResponse:
    """Take out a paper recorded by mistake, after asking."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    document = get_document(actor, person_id, document_id)
    if request.method != "POST":
        words = {"person": document.person, "document": document}
        return render(request, "people/remove_document.html", words)
    commands.remove_document(actor, person_id=person_id, document_id=document_id)
    messages.success(request, _("The paper is taken out."))
    return redirect("person", person_id)


@require_http_methods(ASKED)
def add_contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record a way to reach somebody."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    person = get_person(actor, person_id)
    form = ContactForm(sent(request), initial={"may_call": True, "may_text": True})

    def act() -> HttpResponse:
        commands.add_contact(actor, person_id=person_id, **form.details().columns())
        messages.success(request, _("The way to reach them is on record."))
        return redirect("person", person_id)

    return form_page(request, "contact", form, act, person=person)


@require_http_methods(ASKED)
def edit_contact(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Correct a way to reach somebody, unless somebody else did so in between."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    contact = get_contact(actor, person_id, contact_id)
    saved, back = ContactForm.saved(contact), reverse("person", args=[person_id])
    form = ContactForm(sent(request), initial=saved)

    def act() -> HttpResponse:
        commands.change_contact(
            actor,
            person_id=person_id,
            contact_id=contact_id,
            expected_version=form.cleaned_data["expected_version"] or 0,
            details=form.details(),
        )
        messages.success(request, _("The changes are saved."))
        return redirect(back)

    try:
        return form_page(request, "contact", form, act, person=contact.person, contact=contact)
    except EditConflict:
        return conflict_page(request, form, saved=saved, version=contact.version, back=back)


@require_http_methods(ASKED)
def end_contact(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Say that a way no longer reaches somebody."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    contact = get_contact(actor, person_id, contact_id)
    form = EndForm(sent(request), initial={"expected_version": contact.version})

    def act() -> HttpResponse:
        commands.end_contact(
            actor,
            person_id=person_id,
            contact_id=contact_id,
            expected_version=form.cleaned_data["expected_version"] or 0,
            ended_on=form.cleaned_data["on"],
        )
        messages.success(request, _("It is no longer offered."))
        return redirect("person", person_id)

    return form_page(request, "end_contact", form, act, person=contact.person, contact=contact)


@require_http_methods(ASKED)
def end_relation(request: HttpRequest, person_id: UUID, relation_id: UUID) -> HttpResponse:
    """Say until when two people were related in this way."""
    actor = actor_of(request)
    actor.require(Action.PERSON_EDIT)
    relative = get_relation(actor, person_id, relation_id)
    form = EndForm(sent(request))

    def act() -> HttpResponse:
        commands.end_relation(
            actor, person_id=person_id, relation_id=relation_id, until_on=form.cleaned_data["on"]
        )
        messages.success(request, _("The relation is ended on both sides."))
        return redirect("person", person_id)

    return form_page(request, "end_relation", form, act, person=relative.relation.person, relative=relative)
