"""What waits of handovers: offers and requests to answer, silent partners, later questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.handover_rules import HandoverKind, HandoverState
from homeward.cases.queries import handovers
from homeward.cases.queries.enquiries import enquiries_waiting
from homeward.web.handovers.words import title_of
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask

if TYPE_CHECKING:
    from homeward.cases.models import Handover


def to_answer(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Handovers in which it is the turn of the reader's organisation, and silent ones it waits for."""
    if not actor.may(Action.HANDOVER_ANSWER):
        return
    for one in handovers.handovers_waiting(actor)[:MOST_OF_A_KIND]:
        is_asked = one.state == HandoverState.ASKED
        yield InboxTask(
            gettext("Answer a question about a handover") if is_asked else title_of(actor, one),
            reverse("handover", args=[one.id]),
            "hand",
            when=one.due_on,
            detail="" if is_asked else _until_then(one),
            reference=str(one.shown.get("reference", "")),
        )
    for enquiry in enquiries_waiting(actor)[:MOST_OF_A_KIND]:
        asking = enquiry.from_organisation.name
        yield InboxTask(
            gettext("%(organisation)s asks for a case by its reference") % {"organisation": asking},
            reverse("received_enquiry", args=[enquiry.id]),
            "hand",
            when=enquiry.due_on,
            detail=_("They were told nothing so far."),
            reference=enquiry.reference,
        )
    for one in handovers.handovers_unanswered(actor)[:MOST_OF_A_KIND]:
        owing = one.waits_for.name if one.waits_for else ""
        yield InboxTask(
            gettext("See to a handover that %(organisation)s does not answer") % {"organisation": owing},
            reverse("handover", args=[one.id]),
            "alert",
            when=one.due_on,
            detail=_("Call them, or take it back and ask somebody else."),
            reference=str(one.shown.get("reference", "")),
        )


def later_questions(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Later questions about cases that the reader's organisation led before."""
    if not actor.may(Action.FORMER_LEAD_ANSWER):
        return
    for one in handovers.questions_waiting(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("Answer a question from %(organisation)s") % {"organisation": one.organisation.name},
            reverse("answer_as_former_lead", args=[one.id]),
            "help",
            when=one.due_on,
            detail=_("About a case that you handed over."),
        )


def _until_then(one: Handover) -> str:
    if one.kind == HandoverKind.OFFER:
        return gettext("Until you answer, %(name)s stays responsible.") % {"name": one.begun_by_name}
    return gettext("You lead it until you let it go.") if one.kind == HandoverKind.REQUEST else ""
