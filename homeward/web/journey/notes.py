"""Notes on a case, and their correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import NoteKind
from homeward.cases.queries.journey import get_note
from homeward.cases.rules import Visibility
from homeward.lib.problems import NotFound
from homeward.web.journey.contact import OnDayForm
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, one_line, one_of
from homeward.web.journey.words import NOTE_KINDS, VISIBILITIES, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case, Note


class NoteForm(OnDayForm):
    kind = one_of(_("What it was"), choices(NOTE_KINDS))
    text = forms.CharField(label=_("Note"), max_length=8000, widget=long_text(6))
    visibility = one_of(_("Who may read it"), choices(VISIBILITIES))
    field_order = ("kind", "text", "on", "visibility")

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"on": localdate(), "kind": str(NoteKind.NOTE), "visibility": str(Visibility.CASE)}

    def told(self) -> dict[str, Any]:
        answers = super().told()
        chosen = {"kind": NoteKind(answers["kind"]), "visibility": Visibility(answers["visibility"])}
        return {**answers, **chosen}


class CorrectionForm(CaseForm):
    text = forms.CharField(label=_("The note as it should be"), max_length=8000, widget=long_text(6))
    reason = forms.CharField(label=_("Why you correct it"), max_length=300, widget=one_line())

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"text": _note(actor, case, given["note_id"]).text}


def _note(actor: Actor, case: Case, note_id: UUID) -> Note:
    note = get_note(actor, note_id)
    if note.case_id != case.id:
        raise NotFound
    return note


write = case_page(
    CasePage(
        heading=_("Write a note"),
        lead=_("Write what a colleague needs to know. The person may ask to read it."),
        save=_("Save the note"),
        done=_("The note is saved."),
        verb=Action.NOTE_WRITE,
        form=NoteForm,
        run=lambda form: commands.write_note(form.actor, **form.told()),
    )
)
correct = case_page(
    CasePage(
        heading=_("Correct a note"),
        lead=_("The note as it was is kept beneath, with your reason."),
        save=_("Save the correction"),
        done=_("The correction is saved."),
        verb=Action.NOTE_WRITE,
        form=CorrectionForm,
        run=lambda form, note_id: commands.correct_note(form.actor, note_id=note_id, **form.cleaned_data),
    )
)
