"""Making appointments, moving them, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import Act, AppointmentState, Interpreting
from homeward.cases.models import Appointment
from homeward.cases.notices import remind_workers
from homeward.cases.obstacles import require_possible, require_text
from homeward.cases.queries import case_for_edit, get_case
from homeward.cases.queries.journey import appointments_to_remind_of, get_appointment
from homeward.cases.rules import EventKind
from homeward.cases.saving import count_as_contact, save_case, tell
from homeward.lib.problems import EditConflict, Invalid, WrongState
from homeward.organisations.queries import actor_for, colleagues


@dataclass(frozen=True)
class Reminded:
    """How many appointments somebody was reminded of."""

    id: UUID
    count: int


@command(Action.APPOINTMENT_MAKE)
def make_appointment(
    actor: Actor,
    *,
    case_id: UUID,
    starts_at: datetime,
    subject: str,
    place: str = "",
    language: str = "",
    interpreting: Interpreting = Interpreting.NOT_NEEDED,
    membership_id: UUID | None = None,
) -> Appointment:
    """Agree with the person when and where to meet whom; a colleague of one's own organisation at most."""
    case = get_case(actor, case_id)
    require_possible(case, Act.MAKE_APPOINTMENT)
    require_text(subject=subject)
    _require_ahead(starts_at)
    worker = _colleague(actor, membership_id) if membership_id else actor
    appointment = Appointment.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        worker_id=worker.user_id,
        worker_name=worker.name,
        subject=subject.strip(),
        starts_at=starts_at,
        place=place.strip(),
        language=language,
        interpreting=interpreting,
    )
    tell(actor, case.id, EventKind.APPOINTMENT_MADE, subject_id=appointment.id)
    return appointment


@command(Action.APPOINTMENT_CHANGE)
def reschedule_appointment(
    actor: Actor, *, appointment_id: UUID, expected_version: int, starts_at: datetime, place: str = ""
) -> Appointment:
    """Move an appointment to another time or place; its reminder starts anew."""
    appointment = _open(actor, appointment_id)
    if appointment.version != expected_version:
        raise EditConflict
    _require_ahead(starts_at)
    appointment.starts_at, appointment.place = starts_at, place.strip()
    appointment.reminded_at = None
    appointment.moved_times += 1
    appointment.version += 1
    appointment.save()
    tell(actor, appointment.case_id, EventKind.APPOINTMENT_MOVED, subject_id=appointment.id)
    return appointment


@command(Action.APPOINTMENT_CHANGE)
def cancel_appointment(actor: Actor, *, appointment_id: UUID, reason: str) -> Appointment:
    """Call an appointment off, with the reason."""
    require_text(reason=reason)
    appointment = _open(actor, appointment_id)
    return _end(actor, appointment, AppointmentState.CANCELLED, reason)


@command(Action.APPOINTMENT_CHANGE)
def keep_appointment(actor: Actor, *, appointment_id: UUID, note: str = "") -> Appointment:
    """Record that the meeting took place; it counts as contact with the person."""
    appointment = _open(actor, appointment_id)
    if appointment.starts_at > now():
        raise WrongState(_("This appointment has not begun yet."))
    case = case_for_edit(actor, appointment.case_id)
    count_as_contact(case, appointment.starts_at.date())
    save_case(case)
    return _end(actor, appointment, AppointmentState.KEPT, note)


@command(Action.APPOINTMENT_CHANGE)
def miss_appointment(actor: Actor, *, appointment_id: UUID, note: str = "") -> Appointment:
    """Record that the meeting did not take place though it was not called off."""
    appointment = _open(actor, appointment_id)
    if appointment.starts_at > now():
        raise WrongState(_("This appointment has not begun yet."))
    return _end(actor, appointment, AppointmentState.MISSED, note)


@command(Action.APPOINTMENT_REMIND)
def remind_of_appointments(actor: Actor, *, until: datetime) -> Reminded:
    """Tell the organisation's workers, once for each appointment up to a moment, that something waits."""
    due = list(appointments_to_remind_of(actor, until).select_for_update(skip_locked=True))
    remind_workers(actor, {appointment.worker_id for appointment in due})
    Appointment.objects.filter(id__in=[one.id for one in due]).update(reminded_at=now())
    return Reminded(actor.organisation_id, len(due))


STATE_TOLD_AS = {
    AppointmentState.KEPT: EventKind.APPOINTMENT_KEPT,
    AppointmentState.MISSED: EventKind.APPOINTMENT_MISSED,
    AppointmentState.CANCELLED: EventKind.APPOINTMENT_CANCELLED,
}


def _require_ahead(starts_at: datetime) -> None:
    if starts_at < now():
        raise Invalid(fields={"starts_at": _("This moment has passed already.")})


def _colleague(actor: Actor, membership_id: UUID) -> Actor:
    found = colleagues(actor).filter(id=membership_id).first()
    colleague = actor_for(found) if found else None
    if colleague is None or not colleague.may(Action.CASE_VIEW):
        raise Invalid(fields={"membership_id": _("Choose a colleague who works with cases.")})
    return colleague


def _open(actor: Actor, appointment_id: UUID) -> Appointment:
    appointment = get_appointment(actor, appointment_id, for_update=True)
    if appointment.state != AppointmentState.OPEN:
        raise WrongState(_("This appointment is over already."))
    return appointment


def _end(actor: Actor, appointment: Appointment, state: AppointmentState, note: str) -> Appointment:
    appointment.state, appointment.ended_note = state, note.strip()
    appointment.version += 1
    appointment.save()
    on = appointment.starts_at.date() if state != AppointmentState.CANCELLED else None
    tell(actor, appointment.case_id, STATE_TOLD_AS[state], on=on, subject_id=appointment.id)
    return appointment
