"""Beginning to pass a case on: offering it, asking for it, asking whence somebody came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.commands.sharing import NotTheLead
from homeward.cases.handover_disclosing import Justification, disclose_to_next_lead
from homeward.cases.handover_facts import facts_shown
from homeward.cases.handover_rules import STAY_DAYS, HandoverKind, HandoverState, due_from
from homeward.cases.journey_rules import AppointmentState
from homeward.cases.leads import chosen_lead
from homeward.cases.models import Appointment, Case, CaseDocument, Handover, ReceivedEnquiry
from homeward.cases.notices import tell_of_turn
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.cases import own_listings
from homeward.cases.queries.handovers import open_handover_of, silent_handovers
from homeward.cases.rules import EventKind, Visibility
from homeward.cases.saving import tell, tell_as_party
from homeward.lib.problems import Invalid, NotFound, Problem
from homeward.organisations.queries import get_organisation

if TYPE_CHECKING:
    from homeward.organisations.models import Organisation


class UnderWay(Problem):
    """Somebody was offered the case, or asked for it, and has no answer yet."""

    status = 409
    code = "handover_under_way"
    message = _("A handover of this case waits for its answer already. One at a time.")


@dataclass(frozen=True)
class Along:
    """What comes along beside the record itself; None for appointments means all that are open."""

    appointment_ids: Sequence[UUID] | None = None
    document_ids: Sequence[UUID] = ()


@dataclass(frozen=True)
class Told:
    """How many people's turns somebody was told of."""

    id: UUID
    count: int


EVERYTHING_OPEN = Along()


@command(Action.HANDOVER_OFFER)
def offer_handover(
    actor: Actor,
    *,
    case_id: UUID,
    organisation_id: UUID,
    why: Justification,
    message: str = "",
    along: Along = EVERYTHING_OPEN,
    stays_until: date | None = None,
) -> Handover:
    """Offer to pass a case on; until the other organisation takes it on, nothing changes.

    It is a disclosure: refused, with everything that is missing, unless agreement, ground and transfer stand.
    """
    case = _led_case(actor, case_id)
    receiver = _partner(actor, organisation_id)
    if open_handover_of(actor, case.id):
        raise UnderWay
    appointments, documents = _moving(actor, case, along)
    disclosure = disclose_to_next_lead(actor, case, receiver.id, why)
    handover = _begin(
        Handover(
            **_by(actor, case, HandoverKind.OFFER),
            from_organisation_id=actor.organisation_id,
            to_organisation=receiver,
            waits_for=receiver,
            basis=why.basis,
            disclosure_id=disclosure.id,
            message=message.strip(),
            shown=facts_shown(case, appointments=len(appointments), documents=len(documents)),
            appointment_ids=appointments,
            document_ids=documents,
            stays_until=stays_until or localdate() + timedelta(days=STAY_DAYS),
        )
    )
    _answer_enquiries(actor, handover)
    tell(actor, case.id, EventKind.LEAD_OFFERED, subject_id=handover.id)
    return handover


@command(Action.HANDOVER_REQUEST)
def request_handover(
    actor: Actor, *, case_id: UUID, message: str, lead_membership_id: UUID | None = None
) -> Handover:
    """Ask the lead of a case one knows of to pass it on, saying why."""
    listing = own_listings(actor).filter(case_id=case_id).first()
    if listing is None:
        raise NotFound
    if listing.lead_organisation_id == actor.organisation_id:
        raise Invalid(_("Your organisation leads this case already."))
    if not message.strip():
        raise Invalid(fields={"message": _("Say why your organisation should lead this case.")})
    lead = chosen_lead(actor, lead_membership_id)
    handover = _begin(
        Handover(
            **_by(actor, None, HandoverKind.REQUEST),
            case_id=case_id,
            from_organisation_id=listing.lead_organisation_id,
            to_organisation_id=actor.organisation_id,
            waits_for_id=listing.lead_organisation_id,
            message=message.strip(),
            shown={"reference": listing.reference, "stage": listing.stage},
            lead_user_id=lead.user_id,
            lead_user_name=lead.name,
            stays_until=localdate() + timedelta(days=STAY_DAYS),
        )
    )
    tell_as_party(actor, handover.case_id, EventKind.LEAD_ASKED_FOR, subject_id=handover.id)
    return handover


@command(Action.HANDOVER_REQUEST)
def ask_former_partner(
    actor: Actor, *, case_id: UUID, organisation_id: UUID, their_reference: str, message: str
) -> Handover:
    """Ask the organisation that is thought to have sent somebody who is back already to confirm it."""
    case = _led_case(actor, case_id)
    sender = _partner(actor, organisation_id)
    if case.arrived_on is None:
        raise Invalid(_("Confirm the arrival first: this is for people who are back already."))
    if not (their_reference.strip() or message.strip()):
        raise Invalid(
            fields={"their_reference": _("Give their number, or describe the return without the name.")}
        )
    handover = _begin(
        Handover(
            **_by(actor, case, HandoverKind.RETROACTIVE),
            from_organisation=sender,
            to_organisation_id=actor.organisation_id,
            waits_for=sender,
            their_reference=their_reference.strip(),
            message=message.strip(),
            shown=facts_shown(case),
            stays_until=localdate() + timedelta(days=STAY_DAYS),
        )
    )
    tell(actor, case.id, EventKind.ORIGIN_ASKED, subject_id=handover.id)
    return handover


@command(Action.HANDOVER_REMIND)
def escalate_silent(actor: Actor, *, today: date) -> Told:
    """Tell the coordinators that a partner is silent, every week anew; the case stays with its lead."""
    silent = silent_handovers(actor, today)
    for handover in silent:
        handover.escalated_on, handover.escalated_times = today, handover.escalated_times + 1
        handover.save(update_fields=["escalated_on", "escalated_times"])
        tell_as_party(actor, handover.case_id, EventKind.LEAD_UNANSWERED, subject_id=handover.id)
    if silent:
        tell_of_turn(actor, {handover.begun_by_id for handover in silent})
    return Told(actor.organisation_id, len(silent))


@command(Action.HANDOVER_REMIND)
def tell_of_turns(actor: Actor) -> Told:
    """Tell those who answer for the organisation, once for each turn, that something waits."""
    waiting = Handover.objects.filter(waits_for_id=actor.organisation_id, told_at=None)
    begun_here = {one.begun_by_id for one in waiting if one.state == HandoverState.ASKED}
    count = waiting.count()
    if count:
        tell_of_turn(actor, begun_here)
        waiting.update(told_at=now())
    return Told(actor.organisation_id, count)


def _answer_enquiries(actor: Actor, handover: Handover) -> None:
    """Who had asked for the case by its reference is offered it now."""
    asked = ReceivedEnquiry.objects.filter(case_id=handover.case_id, ended_at=None)
    asked.filter(from_organisation_id=handover.to_organisation_id).update(
        is_offered=True, ended_at=now(), ended_by_name=actor.name
    )


def _partner(actor: Actor, organisation_id: UUID) -> "Organisation":
    """An organisation that a case may pass to or come from; never one of police or border control."""
    found = get_organisation(actor, organisation_id)
    if found.id == actor.organisation_id or found.is_enforcement:
        raise Invalid(fields={"organisation": _("A case cannot pass to or from this organisation.")})
    return found


def _led_case(actor: Actor, case_id: UUID) -> Case:
    case = case_for_edit(actor, case_id)
    if case.lead_organisation_id != actor.organisation_id:
        raise NotTheLead
    return case


def _by(actor: Actor, case: Case | None, kind: HandoverKind) -> dict[str, object]:
    given: dict[str, object] = {
        "kind": kind,
        "due_on": due_from(localdate()),
        "begun_by_id": actor.user_id,
        "begun_by_name": actor.name,
    }
    return {**given, "case": case} if case else given


def _begin(handover: Handover) -> Handover:
    try:
        with transaction.atomic():
            handover.save(force_insert=True)
    except IntegrityError as error:
        raise UnderWay from error
    return handover


def _moving(actor: Actor, case: Case, along: Along) -> tuple[list[UUID], list[UUID]]:
    """Open appointments and own papers of the case that come along, of those named."""
    own = {"case": case, "organisation_id": actor.organisation_id}
    appointments = Appointment.objects.filter(**own, state=AppointmentState.OPEN)
    if along.appointment_ids is not None:
        appointments = appointments.filter(id__in=along.appointment_ids)
    papers = CaseDocument.objects.filter(**own, visibility=Visibility.ORGANISATION, id__in=along.document_ids)
    return list(appointments.values_list("id", flat=True)), list(papers.values_list("id", flat=True))
