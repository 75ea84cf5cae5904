"""Fourth step: where from, through where, where to, and what the person wants there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.web.case_forms import TRANSIT, HeaderForm
from homeward.web.journey.pages import CaseForm
from homeward.web.journey.steps.frame import Step

if TYPE_CHECKING:
    from homeward.cases.models import Case


class RouteForm(CaseForm, HeaderForm):
    """The header of the case, asked in the order of the road."""

    voice = ("own_words",)
    widths = dict.fromkeys((*TRANSIT, "return_type", "host_country", "return_country", "return_place"), "m")
    field_order = (
        *("host_country", *TRANSIT, "return_country", "return_place"),
        *("return_type", "how_heard", "own_words", "promised", "take_care"),
    )

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:  # type: ignore[override]
        return HeaderForm.saved(case)


def _save(form: RouteForm) -> object:
    version = form.cleaned_data["expected_version"]
    return commands.edit_case(
        form.actor, case_id=form.case.id, expected_version=version, details=form.details()
    )


STEP = Step(
    slug="route",
    label=_("Return and route"),
    lead=_("Leave empty what nobody has asked yet. It is then shown as not known, never guessed."),
    form=RouteForm,
    save=_save,
)
