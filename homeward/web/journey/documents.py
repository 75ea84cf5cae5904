"""Adding a document to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import PaperKind
from homeward.cases.rules import Visibility
from homeward.web.journey.pages import CaseForm, CasePage, case_page, one_line, one_of
from homeward.web.journey.words import PAPER_KINDS, VISIBILITIES, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case


class DocumentForm(CaseForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A picture, a PDF, a Word or Excel document or plain text, up to 20 MB. "
            "It is kept encrypted; places and cameras are taken out of pictures."
        ),
    )
    kind = one_of(_("What it is"), choices(PAPER_KINDS))
    note = forms.CharField(label=_("What it shows"), required=False, max_length=300, widget=one_line())
    visibility = one_of(_("Who may open it"), choices(VISIBILITIES))

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"visibility": str(Visibility.CASE)}


def _add(form: CaseForm) -> object:
    answers = form.cleaned_data
    return commands.add_case_document(
        form.actor,
        case_id=form.case.id,
        name=answers["file"].name,
        content=answers["file"].read(),
        kind=PaperKind(answers["kind"]),
        note=answers["note"],
        visibility=Visibility(answers["visibility"]),
    )


add = case_page(
    CasePage(
        heading=_("Add a document"),
        save=_("Add the document"),
        done=_("The document is added."),
        verb=Action.DOCUMENT_ADD,
        form=DocumentForm,
        run=_add,
    )
)
