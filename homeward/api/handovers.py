"""REST: cases on their way between organisations, and later questions about them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Day, Short, Text
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.commands import Along, Justification
from homeward.cases.handover_rules import DeclineReason, HandoverKind, HandoverState
from homeward.cases.queries import handovers
from homeward.cases.queries.enquiries import enquiries_waiting
from homeward.casework import commands as casework
from homeward.sharing.rules import Basis, Condition

router = Router(tags=["handovers"])
cases_router = Router(tags=["handovers"])
Said = Annotated[Text, Field(min_length=1)]


class HandoverIn(Schema):
    """To whom, on what ground, why they need it, and what comes along; who leads a case sees all of it."""

    organisation_id: UUID
    basis: Basis
    condition: Condition | None = None
    necessity: Said
    message: Text = ""
    appointment_ids: list[UUID] | None = None
    document_ids: list[UUID] = []
    stays_until: Day | None = None


class HandoverRequestIn(Schema):
    message: Said
    lead_membership_id: UUID


class FormerPartnerIn(Schema):
    organisation_id: UUID
    their_reference: Annotated[Short, Field(max_length=60)] = ""
    message: Text = ""


class EnquiryIn(Schema):
    """A case of which nothing but its reference is known, and why the organisation should lead it."""

    reference: Annotated[Short, Field(max_length=20)]
    message: Said


class EnquiryOut(Schema):
    """That it was asked; never whether there is such a case."""

    id: UUID
    reference: str
    asked_at: datetime


class ReceivedEnquiryOut(Schema):
    """What another organisation asks about a case that this one leads."""

    id: UUID
    case_id: UUID
    from_organisation_id: UUID
    reference: str
    message: str
    asked_by_name: str
    asked_at: datetime
    due_on: date
    is_offered: bool | None
    ended_at: datetime | None


class SaidIn(Schema):
    text: Said


class AcceptIn(Schema):
    """Who leads from now on; for a case that was asked for, on what ground it is let go, and why."""

    basis: Basis | None = None
    condition: Condition | None = None
    necessity: Text = ""
    lead_membership_id: UUID | None = None
    note: Text = ""


class DeclineIn(Schema):
    reason: DeclineReason
    note: Text = ""


class RecallIn(Schema):
    note: Text = ""


class CaseQuestionIn(Schema):
    organisation_id: UUID
    text: Said


class HandoverOut(Schema):
    """A case on its way: who gives, who receives, whose turn it is, and what is shown before the answer."""

    id: UUID
    case_id: UUID
    kind: HandoverKind
    state: HandoverState
    from_organisation_id: UUID
    to_organisation_id: UUID
    waits_for_id: UUID | None
    due_on: date
    basis: Basis | str
    message: str
    their_reference: str
    shown: dict[str, str | int]
    stays_until: date | None
    begun_at: datetime
    lead_user_id: UUID | None
    decline_reason: DeclineReason | str
    ended_note: str
    ended_at: datetime | None
    escalated_on: date | None


class HandoverMessageOut(Schema):
    id: UUID
    organisation_id: UUID
    author_name: str
    at: datetime
    text: str


class CaseQuestionOut(Schema):
    """What the lead asked afterwards, and the answer."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    to_organisation_id: UUID
    text: str
    asked_by_name: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_by_name: str
    answered_at: datetime | None


@reads(router, "", Action.HANDOVER_VIEW, list[HandoverOut])
def list_handovers(request: HttpRequest) -> object:
    """Handovers that the organisation began or that wait for it, newest first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=None)
    return handovers.visible_handovers(actor)[:MOST]


@creates(router, "/enquiries", Action.HANDOVER_REQUEST, EnquiryOut)
def ask_by_reference(request: HttpRequest, body: EnquiryIn) -> object:
    """Ask for a case by its reference; the answer is the same whether there is one or not."""
    return commands.ask_by_reference(actor_of(request), **body.dict())


@reads(router, "/enquiries", Action.HANDOVER_VIEW, list[ReceivedEnquiryOut])
def list_received_enquiries(request: HttpRequest) -> object:
    """What others ask for by reference among the cases that the organisation leads, oldest promise first."""
    actor = actor_of(request)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=None)
    return enquiries_waiting(actor)[:MOST]


@creates(router, "/enquiries/{uuid:enquiry_id}/refusal", Action.HANDOVER_ANSWER, ReceivedEnquiryOut)
def set_enquiry_aside(request: HttpRequest, enquiry_id: UUID) -> object:
    """Hand nothing over; who asked hears nothing."""
    return commands.set_enquiry_aside(actor_of(request), enquiry_id=enquiry_id)


@reads(router, "/{uuid:handover_id}", Action.HANDOVER_VIEW, HandoverOut)
def get_handover(request: HttpRequest, handover_id: UUID) -> object:
    """One handover."""
    actor = actor_of(request)
    found = handovers.get_handover(actor, handover_id)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=found.id, case_id=found.case_id)
    return found


@reads(router, "/{uuid:handover_id}/messages", Action.HANDOVER_VIEW, list[HandoverMessageOut])
def list_handover_messages(request: HttpRequest, handover_id: UUID) -> object:
    """What was asked and answered before the decision, oldest first."""
    actor = actor_of(request)
    found = handovers.get_handover(actor, handover_id)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=found.id, case_id=found.case_id)
    return handovers.messages_of(actor, found)


@creates(router, "/{uuid:handover_id}/question", Action.HANDOVER_ANSWER, HandoverOut)
def ask_before_answering(request: HttpRequest, handover_id: UUID, body: SaidIn) -> object:
    """Ask the other side something before deciding."""
    return commands.ask_before_answering(actor_of(request), handover_id=handover_id, text=body.text)


@creates(router, "/{uuid:handover_id}/answer", Action.HANDOVER_ANSWER, HandoverOut)
def answer_what_was_asked(request: HttpRequest, handover_id: UUID, body: SaidIn) -> object:
    """Answer the other side's question."""
    return commands.answer_what_was_asked(actor_of(request), handover_id=handover_id, text=body.text)


@creates(router, "/{uuid:handover_id}/acceptance", Action.HANDOVER_ACCEPT, HandoverOut)
def accept_handover(request: HttpRequest, handover_id: UUID, body: AcceptIn) -> object:
    """Take a case on; a program names the colleague who leads it from now on."""
    why = Justification(body.basis, body.necessity, body.condition) if body.basis else None
    return casework.accept_handover(
        actor_of(request),
        handover_id=handover_id,
        lead_membership_id=body.lead_membership_id,
        note=body.note,
        why=why,
    )


@creates(router, "/{uuid:handover_id}/refusal", Action.HANDOVER_ANSWER, HandoverOut)
def decline_handover(request: HttpRequest, handover_id: UUID, body: DeclineIn) -> object:
    """Say no, and why; the case stays with its lead."""
    return commands.decline_handover(actor_of(request), handover_id=handover_id, **body.dict())


@creates(router, "/{uuid:handover_id}/recall", Action.HANDOVER_OFFER, HandoverOut)
def recall_handover(request: HttpRequest, handover_id: UUID, body: RecallIn) -> object:
    """Take back what the organisation began, before it is answered."""
    return commands.recall_handover(actor_of(request), handover_id=handover_id, note=body.note)


@creates(cases_router, "/{uuid:case_id}/handovers", Action.HANDOVER_OFFER, HandoverOut)
def offer_handover(request: HttpRequest, case_id: UUID, body: HandoverIn) -> object:
    """Offer to pass a case on; until the other organisation takes it on, nothing changes."""
    return commands.offer_handover(
        actor_of(request),
        case_id=case_id,
        organisation_id=body.organisation_id,
        why=Justification(body.basis, body.necessity, body.condition),
        message=body.message,
        along=Along(body.appointment_ids, body.document_ids),
        stays_until=body.stays_until,
    )


@creates(cases_router, "/{uuid:case_id}/handover-requests", Action.HANDOVER_REQUEST, HandoverOut)
def request_handover(request: HttpRequest, case_id: UUID, body: HandoverRequestIn) -> object:
    """Ask the lead of a case to pass it on; a program names the colleague who would lead it."""
    return commands.request_handover(actor_of(request), case_id=case_id, **body.dict())


@creates(cases_router, "/{uuid:case_id}/former-partner", Action.HANDOVER_REQUEST, HandoverOut)
def ask_former_partner(request: HttpRequest, case_id: UUID, body: FormerPartnerIn) -> object:
    """Ask the organisation thought to have sent somebody who already returned to confirm that it did."""
    return commands.ask_former_partner(actor_of(request), case_id=case_id, **body.dict())


@reads(cases_router, "/{uuid:case_id}/later-questions", Action.CASE_VIEW, list[CaseQuestionOut])
def list_later_questions(request: HttpRequest, case_id: UUID) -> object:
    """What was asked afterwards about a case, newest first."""
    actor, case = seen_case(request, case_id)
    return handovers.questions_of_case(actor, case.id)[:MOST]


@creates(cases_router, "/{uuid:case_id}/later-questions", Action.FORMER_LEAD_ASK, CaseQuestionOut)
def ask_former_lead(request: HttpRequest, case_id: UUID, body: CaseQuestionIn) -> object:
    """Ask an organisation that led the case before, or that sent the person."""
    return commands.ask_former_lead(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/questions/{uuid:later_question_id}/answer", Action.FORMER_LEAD_ANSWER, CaseQuestionOut)
def answer_as_former_lead(request: HttpRequest, later_question_id: UUID, body: SaidIn) -> object:
    """Answer what the organisation that leads the case now wants to know."""
    return commands.answer_as_former_lead(actor_of(request), question_id=later_question_id, text=body.text)
