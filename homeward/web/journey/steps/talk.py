"""Fifth step: counselling, and what the person decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.queries.journey import counselling_of_case
from homeward.web.journey.counselling import CounsellingForm
from homeward.web.journey.steps.frame import Step

if TYPE_CHECKING:
    from homeward.cases.models import Case

NEEDED = ("held_on", "topics", "interpreting", "decision")


class TalkForm(CounsellingForm):
    """A session, unless one is recorded already and nothing is ticked: then there is none to add."""

    def prepare(self) -> None:
        super().prepare()
        self.has_session = counselling_of_case(self.actor, self.case.id).exists()
        if self.is_bound and self.has_session and not self["topics"].value():
            for name in NEEDED:
                self.fields[name].required = False


def _save(form: TalkForm) -> object:
    if form.has_session and not form.cleaned_data["topics"]:
        return None
    return commands.record_counselling(form.actor, **form.told())


def _sessions(actor: Actor, case: Case) -> dict[str, object]:
    return {"sessions": list(counselling_of_case(actor, case.id))}


STEP = Step(
    slug="counselling",
    label=_("Counselling and decision"),
    lead=_("Neutral information, freely decided. To stay is as good an answer as to return."),
    form=TalkForm,
    save=_save,
    template="journey/steps/talk.html",
    more=_("Save and add another session"),
    context=_sessions,
)
