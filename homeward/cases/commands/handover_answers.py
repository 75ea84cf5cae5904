"""Answering a handover: asking first, saying what was asked, taking a case on, declining, taking back."""

from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.handover_disclosing import (
    Justification,
    disclose_to_next_lead,
    end_what_was_disclosed,
    let_former_lead_read,
    next_lead,
    require_disclosed,
)
from homeward.cases.handover_rules import (
    MOVED_BY,
    MOVES,
    PASSING,
    DeclineReason,
    HandoverKind,
    HandoverState,
    due_from,
    side_of,
)
from homeward.cases.leads import chosen_lead
from homeward.cases.models import Case, Handover, HandoverMessage, Listing
from homeward.cases.obstacles import require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.handovers import get_handover
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell, tell_as_party
from homeward.lib.moves import check_move
from homeward.lib.problems import Invalid, WrongState

TOLD_AS = {
    HandoverState.DECLINED: (EventKind.LEAD_DECLINED, EventKind.ORIGIN_NOT_CONFIRMED),
    HandoverState.RECALLED: (EventKind.LEAD_RECALLED, EventKind.LEAD_RECALLED),
}


@command(Action.HANDOVER_ANSWER)
def ask_before_answering(actor: Actor, *, handover_id: UUID, text: str) -> Handover:
    """Ask the other side something before deciding; the clock starts anew, for them."""
    return _speak(actor, handover_id, HandoverState.ASKED, text)


@command(Action.HANDOVER_ANSWER)
def answer_what_was_asked(actor: Actor, *, handover_id: UUID, text: str) -> Handover:
    """Answer the other side's question; it is their turn again."""
    return _speak(actor, handover_id, HandoverState.ANSWERED, text)


@command(Action.HANDOVER_ACCEPT)
def accept_handover(
    actor: Actor,
    *,
    handover_id: UUID,
    lead_membership_id: UUID | None = None,
    note: str = "",
    why: Justification | None = None,
) -> Handover:
    """Take a case on, let it go to who asked for it, or confirm having sent who came back.

    `why` is for a case that was asked for: letting it go discloses it.
    """
    handover = _turn(actor, handover_id, HandoverState.ACCEPTED)
    if handover.kind == HandoverKind.OFFER:
        _take_on(actor, handover, lead_membership_id)
    elif handover.kind == HandoverKind.REQUEST:
        _let_go(actor, handover, why)
    _end(actor, handover, HandoverState.ACCEPTED, note)
    if handover.kind in PASSING:
        _pass_on(actor, handover)
    else:
        tell_as_party(actor, handover.case_id, EventKind.ORIGIN_CONFIRMED, subject_id=handover.id)
    return handover


@command(Action.HANDOVER_ANSWER)
def decline_handover(actor: Actor, *, handover_id: UUID, reason: DeclineReason, note: str = "") -> Handover:
    """Say no, and why; the case stays with its lead."""
    handover = _turn(actor, handover_id, HandoverState.DECLINED)
    handover.decline_reason = reason
    return _end_and_tell(actor, handover, HandoverState.DECLINED, note)


@command(Action.HANDOVER_OFFER)
def recall_handover(actor: Actor, *, handover_id: UUID, note: str = "") -> Handover:
    """Take back what one's organisation began, before it is answered."""
    handover = _turn(actor, handover_id, HandoverState.RECALLED)
    return _end_and_tell(actor, handover, HandoverState.RECALLED, note)


def _turn(actor: Actor, handover_id: UUID, wanted: HandoverState) -> Handover:
    """The handover, locked, if this side may bring it to that state now."""
    handover = get_handover(actor, handover_id, for_update=True)
    if actor.organisation_id not in (handover.from_organisation_id, handover.to_organisation_id):
        raise WrongState
    is_giver = handover.from_organisation_id == actor.organisation_id
    if side_of(HandoverKind(handover.kind), is_giver=is_giver) != MOVED_BY[wanted]:
        raise WrongState(_("This is for the other organisation to do."))
    check_move(MOVES, HandoverState(handover.state), wanted)
    return handover


def _speak(actor: Actor, handover_id: UUID, wanted: HandoverState, text: str) -> Handover:
    require_text(text=text)
    handover = _turn(actor, handover_id, wanted)
    HandoverMessage.objects.create(
        handover=handover, organisation_id=actor.organisation_id, author_name=actor.name, text=text.strip()
    )
    is_giver = handover.from_organisation_id == actor.organisation_id
    handover.waits_for_id = handover.to_organisation_id if is_giver else handover.from_organisation_id
    handover.state, handover.due_on = wanted, due_from(localdate())
    handover.told_at = handover.escalated_on = None
    handover.save()
    return handover


def _end_and_tell(actor: Actor, handover: Handover, state: HandoverState, note: str) -> Handover:
    _end(actor, handover, state, note)
    end_what_was_disclosed(actor, handover)
    passing, confirming = TOLD_AS[state]
    kind = passing if handover.kind in PASSING else confirming
    tell_as_party(actor, handover.case_id, kind, subject_id=handover.id)
    return handover


def _end(actor: Actor, handover: Handover, state: HandoverState, note: str) -> None:
    handover.state, handover.waits_for = state, None
    handover.ended_note, handover.ended_by_name, handover.ended_at = note.strip(), actor.name, now()
    handover.save()


def _take_on(actor: Actor, handover: Handover, lead_membership_id: UUID | None) -> None:
    require_disclosed(actor, handover)
    lead = chosen_lead(actor, lead_membership_id)
    if not lead.may(Action.CASE_EDIT):
        raise Invalid(fields={"lead_membership_id": _("Choose a colleague who works with cases.")})
    handover.lead_user_id, handover.lead_user_name = lead.user_id, lead.name


def _let_go(actor: Actor, handover: Handover, why: Justification | None) -> None:
    if why is None:
        raise Invalid(fields={"basis": _("A legal basis is needed.")})
    case = case_for_edit(actor, handover.case_id)
    handover.disclosure_id = disclose_to_next_lead(actor, case, handover.to_organisation_id, why).id
    handover.basis = why.basis


def _pass_on(actor: Actor, handover: Handover) -> None:
    """Move the lead in the database, which swaps what both sides see; then the record follows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT move_lead(%s)", [handover.id])
    _place_with_lead(actor, handover)
    lead = next_lead(actor, handover)
    with acting_as(lead):
        case = Case.objects.select_for_update().get(id=handover.case_id)
        case.lead_organisation_id = handover.to_organisation_id
        case.lead_user_id = handover.lead_user_id or actor.user_id
        save_case(case)
        let_former_lead_read(lead, handover, case)
        tell(lead, case.id, EventKind.LEAD_CHANGED, subject_id=handover.id)


def _place_with_lead(actor: Actor, handover: Handover) -> None:
    """The office and team of who leads now, so that somebody limited to them finds the case."""
    if actor.user_id == handover.lead_user_id:
        own = Listing.objects.filter(organisation_id=actor.organisation_id, case_id=handover.case_id)
        own.update(office_id=actor.reach.office_id, team_id=actor.reach.team_id)
