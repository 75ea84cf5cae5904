"""What this reader can do with a case: one main button, few beside it, the rest as links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.handover_rules import HandoverState
from homeward.cases.queries.handovers import open_handover_of
from homeward.web.journey.actions import NextAction, next_actions

if TYPE_CHECKING:
    from homeward.cases.models import Case

BESIDE_MAIN = 2


@dataclass(frozen=True)
class Acts:
    """The main button, those beside it, and what else is possible."""

    main: NextAction | None
    beside: list[NextAction]
    more: list[NextAction]


def acts(actor: Actor, case: Case) -> Acts:
    """What can be done now. A lead offered to the reader's organisation comes before everything else."""
    given = [*_offered(actor, case), *next_actions(actor, case)]
    further = _on_the_file(actor, case)
    main = next((act for act in given if act.is_main), None) or (further[0] if further else None)
    beside = [act for act in given if act is not main]
    more = [act for act in further if act is not main]
    return Acts(main, beside[:BESIDE_MAIN], [*beside[BESIDE_MAIN:], *more])


def _offered(actor: Actor, case: Case) -> list[NextAction]:
    handover = open_handover_of(actor, case.id) if actor.may(Action.HANDOVER_ACCEPT) else None
    if handover is None or handover.waits_for_id != actor.organisation_id:
        return []
    url = reverse("handover", args=[handover.id])
    is_asked = handover.state == HandoverState.ASKED
    label = _("Answer a question about the handover") if is_asked else _("Answer the handover")
    return [NextAction(label, url, "hand", is_main=True)]


def _on_the_file(actor: Actor, case: Case) -> list[NextAction]:
    is_lead = case.lead_organisation_id == actor.organisation_id
    is_unsent = is_lead and case.arrived_on is not None and case.departed_on is None
    offered = (
        (Action.CASE_EDIT, True, "case_next_step", _("Set the next step"), "flag"),
        (Action.CASE_EDIT, True, "case_edit", _("Edit the summary"), "edit"),
        (Action.CASE_SHARE, is_lead, "case_share", _("Share with an organisation"), "share"),
        (
            Action.DISCLOSURE_MAKE,
            True,
            "send_package",
            _("Show this person to another organisation"),
            "share",
        ),
        (
            Action.SHARING_OVERRIDE_ASK,
            True,
            "ask_sharing_override",
            _("Share without consent, a life is in danger"),
            "alert",
        ),
        (Action.HANDOVER_OFFER, is_lead, "offer_case", _("Hand over the case"), "hand"),
        (Action.HANDOVER_REQUEST, not is_lead, "ask_for_case", _("Ask to lead this case"), "hand"),
        (Action.HANDOVER_REQUEST, is_unsent, "ask_former_partner", _("Ask who sent the person"), "help"),
        (Action.CASE_ASSIGN, True, "case_assign", _("Give to a colleague"), "people"),
    )
    return [
        NextAction(label, reverse(url_name, args=[case.id]), icon)
        for verb, fits, url_name, label, icon in offered
        if fits and actor.may(verb)
    ]
