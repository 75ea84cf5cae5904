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
    for one in handovers.handovers_to_see_to(actor)[: 2 * MOST_OF_A_KIND]:
        yield _our_turn(actor, one) if one.waits_for_id == actor.organisation_id else _silent(one)


def asked_by_reference(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What others ask for by its reference among the cases that the reader works with."""
    if not actor.may(Action.HANDOVER_ANSWER):
        return
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


def _our_turn(actor: Actor, one: Handover) -> InboxTask:
    is_asked = one.state == HandoverState.ASKED
    return InboxTask(
        gettext("Answer a question about a handover") if is_asked else title_of(actor, one),
        reverse("handover", args=[one.id]),
        "hand",
        when=one.due_on,
        detail="" if is_asked else _until_then(one),
        reference=str(one.shown.get("reference", "")),
    )


def _silent(one: Handover) -> InboxTask:
    owing = one.waits_for.name if one.waits_for else ""
    return InboxTask(
        gettext("See to a handover that %(organisation)s does not answer") % {"organisation": owing},
        reverse("handover", args=[one.id]),
        "alert",
        when=one.due_on,
        detail=_("Call them, or take it back and ask somebody else."),
        reference=str(one.shown.get("reference", "")),
    )


def _until_then(one: Handover) -> str:
    if one.kind == HandoverKind.OFFER:
        return gettext("Until you answer, %(name)s stays responsible.") % {"name": one.begun_by_name}
    return gettext("You lead it until you let it go.") if one.kind == HandoverKind.REQUEST else ""
