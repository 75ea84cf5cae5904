"""Sixth step: which programme, who goes along, what help is asked for. Kept, not submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.queries.journey import live_draft
from homeward.web.journey.applying import ApplicationForm
from homeward.web.journey.steps.frame import Step

if TYPE_CHECKING:
    from homeward.cases.models import Case


class WishForm(ApplicationForm):
    """The application without its day."""

    def prepare(self) -> None:
        super().prepare()
        del self.fields["submitted_on"]

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        draft = live_draft(actor, case.id)
        if draft is None:
            return {}
        return {
            "programme_id": draft.programme_id,
            "with_case_ids": [str(case_id) for case_id in draft.with_case_ids],
            "requested": draft.requested,
        }


STEP = Step(
    slug="wish",
    label=_("Application"),
    lead=_("Nothing is sent yet. You check everything on the next page."),
    form=WishForm,
    save=lambda form: commands.save_wish(form.actor, **form.told()),
)
