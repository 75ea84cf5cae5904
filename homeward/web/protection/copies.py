"""Copies for people, erasure, and what recipients are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.casework.people import references_of_person
from homeward.casework.rights.commands import erase_person, tell_correction
from homeward.files.queries import open_copy
from homeward.lib.identifiers import clean_reference
from homeward.lib.problems import Invalid, NotFound
from homeward.people.queries import get_person
from homeward.privacy import queries
from homeward.privacy.commands.copies import ask_copy
from homeward.privacy.commands.telling import take_note
from homeward.privacy.rules import RequestKind, RequestState
from homeward.web.case_forms import long_text
from homeward.web.files import NOTHING_RUNS
from homeward.web.forms import posted
from homeward.web.protection.acts import ActPage, act_page

form_page = require_http_methods(["GET", "HEAD", "POST"])
READABLE = ("en", "fr", "ar")

ERASE = ActPage(
    _("Erase this person"),
    _("Erase for good"),
    _("The person is erased. The ledger says so, and names nobody."),
    _(
        "Names, contacts, papers, talks, notes, plans and files are deleted everywhere, and the key "
        "of the person is destroyed. Accounts of money stay, and lead to no one."
    ),
    warning=_("Nobody can take this back, not even from a backup."),
)
TELL = ActPage(
    _("Tell recipients of a correction"),
    _("Tell them"),
    _("Every organisation that received something was told."),
    _("Each organisation that ever received something about this person gets a notice and confirms it."),
)
NOTE = ActPage(
    _("Take note of a correction"),
    _("Our copy is put right"),
    _("Your receipt is with who told you."),
    _("Put right what your organisation holds first. Who told you sees the day of your receipt."),
)


class EraseForm(forms.Form):
    """The reference of a case, typed again, so that nobody is erased by a slip."""

    reference = forms.CharField(
        label=_("Type the reference of a case of this person"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class TellForm(forms.Form):
    """What was wrong, and what is right."""

    words = forms.CharField(
        label=_("What was corrected"),
        help_text=_("Such as: the date of birth is corrected; ask us for it by your usual way. Name nobody."),
        max_length=1000,
        widget=long_text(3),
    )


class NoteForm(forms.Form):
    """What the recipient did."""

    words = forms.CharField(label=_("What you did"), required=False, max_length=1000, widget=long_text(2))


@require_POST
def make(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Have a copy made in the background."""
    actor = actor_of(request)
    actor.require(Action.SUBJECT_EXPORT)
    person = get_person(actor, person_id)
    language = next((one for one in person.languages if one in READABLE), "en")
    asked = queries.requests_of(actor, [person_id]).filter(
        kind=RequestKind.ACCESS, state=RequestState.IDENTIFIED
    )
    first = asked.first()
    ask_copy(actor, subject_id=person_id, language=language, request_id=first.id if first else None)
    messages.success(request, gettext("The copy is being made. It stands here when it is ready."))
    return redirect("data_person", person_id)


@require_safe
def download(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The archive, opened on the record."""
    actor = actor_of(request)
    made = queries.get_copy(actor, export_id)
    if made.file_id is None:
        raise NotFound
    file = open_copy(actor, made.file_id)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="copy-{made.made_at:%Y-%m-%d}.zip"'
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@form_page
def erase(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Erase a person, once the reference of their case was typed again."""
    actor = actor_of(request)
    actor.require(Action.SUBJECT_ERASE)
    queries.require_subject(actor, person_id)
    get_person(actor, person_id)
    references = set(references_of_person(actor, person_id).values())

    def run(reference: str) -> None:
        if references and clean_reference(reference) not in references:
            raise Invalid(fields={"reference": _("This is no case of this person. Check it sign by sign.")})
        asked = queries.requests_of(actor, [person_id]).filter(
            kind=RequestKind.ERASURE, state=RequestState.IDENTIFIED
        )
        first = asked.first()
        erase_person(actor, person_id=person_id, request_id=first.id if first else None)

    back = reverse("data_person", args=[person_id])
    form = EraseForm(posted(request))
    shown = act_page(request, ERASE, form, run, way_back=(back, _("The person")))
    return redirect("protection") if shown.status_code == 302 else shown


@form_page
def tell(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Tell every recipient that a record was corrected."""
    actor = actor_of(request)
    actor.require(Action.CORRECTION_TELL)
    queries.require_subject(actor, person_id)

    def run(**given: Any) -> None:
        tell_correction(actor, person_id=person_id, **given)

    back = reverse("data_person", args=[person_id])
    return act_page(request, TELL, TellForm(posted(request)), run, way_back=(back, _("The person")))


@form_page
def note(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Confirm, as a recipient, that the own copy was put right."""
    actor = actor_of(request)
    actor.require(Action.CORRECTION_RECEIVE)
    notice = queries.notices_to_take_note_of(actor).filter(id=notice_id).first()
    if notice is None:
        raise NotFound

    def run(**given: Any) -> None:
        take_note(actor, notice_id=notice.id, **given)

    if request.method != "POST":
        return render(request, "protection/notice.html", {"notice": notice, "form": NoteForm(), "page": NOTE})
    return act_page(request, NOTE, NoteForm(posted(request)), run, way_back=(reverse("inbox"), _("Inbox")))
