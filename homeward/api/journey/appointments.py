"""REST: appointments with the person."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Language, Moment, Short
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, edits, reads
from homeward.cases import commands
from homeward.cases.journey_rules import AppointmentState, Interpreting
from homeward.cases.queries import journey as queries

router = Router(tags=["journey"])
Remark = Annotated[str, Field(max_length=400, pattern=ANY)]


class AppointmentIn(Schema):
    starts_at: Moment
    subject: Annotated[Short, Field(min_length=1)]
    membership_id: UUID
    place: Short = ""
    language: Language | None = None
    interpreting: Interpreting = Interpreting.NOT_NEEDED


class MovedIn(Schema):
    starts_at: Moment
    place: Short = ""


class CancellationIn(Schema):
    reason: Annotated[Remark, Field(min_length=1)]


class OutcomeIn(Schema):
    note: Remark = ""


class AppointmentOut(Schema):
    """When, where, with whom and in which language."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    worker_id: UUID
    worker_name: str
    subject: str
    starts_at: datetime
    place: str
    language: str
    interpreting: Interpreting
    state: AppointmentState
    ended_note: str
    version: int


@reads(router, "/{uuid:case_id}/appointments", Action.CASE_VIEW, list[AppointmentOut])
def list_appointments(request: HttpRequest, case_id: UUID) -> object:
    """Appointments of a case, by their time."""
    actor, case = seen_case(request, case_id)
    return queries.appointments_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/appointments", Action.APPOINTMENT_MAKE, AppointmentOut)
def make_appointment(request: HttpRequest, case_id: UUID, body: AppointmentIn) -> object:
    """Agree when and where to meet; a program names the colleague who meets the person."""
    told = {**body.dict(), "language": body.language or ""}
    return commands.make_appointment(actor_of(request), case_id=case_id, **told)


@edits(router, "/appointments/{uuid:appointment_id}", Action.APPOINTMENT_CHANGE, AppointmentOut)
def reschedule_appointment(request: HttpRequest, appointment_id: UUID, body: MovedIn) -> object:
    """Move an appointment to another time or place; its reminder starts anew."""
    return commands.reschedule_appointment(
        actor_of(request),
        appointment_id=appointment_id,
        expected_version=version_asked(request),
        **body.dict(),
    )


@creates(
    router, "/appointments/{uuid:appointment_id}/cancellation", Action.APPOINTMENT_CHANGE, AppointmentOut
)
def cancel_appointment(request: HttpRequest, appointment_id: UUID, body: CancellationIn) -> object:
    """Call an appointment off, with the reason."""
    return commands.cancel_appointment(actor_of(request), appointment_id=appointment_id, reason=body.reason)


@creates(router, "/appointments/{uuid:appointment_id}/kept", Action.APPOINTMENT_CHANGE, AppointmentOut)
def keep_appointment(request: HttpRequest, appointment_id: UUID, body: OutcomeIn) -> object:
    """Record that the meeting took place; it counts as contact with the person."""
    return commands.keep_appointment(actor_of(request), appointment_id=appointment_id, note=body.note)


@creates(router, "/appointments/{uuid:appointment_id}/missed", Action.APPOINTMENT_CHANGE, AppointmentOut)
def miss_appointment(request: HttpRequest, appointment_id: UUID, body: OutcomeIn) -> object:
    """Record that the meeting did not take place though it was not called off."""
    return commands.miss_appointment(actor_of(request), appointment_id=appointment_id, note=body.note)
