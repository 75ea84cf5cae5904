"""Reading the journey of one case, and what of it waits for somebody."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import ApplicationState, AppointmentState, Decision, Obstacle
from homeward.cases.models import (
    Application,
    ApplicationDraft,
    Appointment,
    Arrival,
    Case,
    CaseDocument,
    Closure,
    ContactAttempt,
    Counselling,
    Note,
    SideExit,
    Travel,
)
from homeward.cases.queries.cases import visible_cases
from homeward.cases.queries.handovers import open_handover_of
from homeward.lib.problems import NotFound

Row = TypeVar("Row", bound=Model)

# The functions named `…_of_case` are called after `get_case` has let the actor in.


def counselling_of_case(actor: Actor, case_id: UUID) -> QuerySet[Counselling]:
    """Counselling sessions, newest first."""
    sessions = Counselling.objects.filter(case_id=case_id).select_related("organisation")
    return sessions.order_by("-held_on", "-recorded_at")


def applications_of_case(actor: Actor, case_id: UUID) -> QuerySet[Application]:
    """Applications with their decisions, newest first."""
    related = ("programme", "organisation", "decided_by_organisation")
    return (
        Application.objects.filter(case_id=case_id).select_related(*related).order_by("-submitted_on", "-id")
    )


def waiting_application(actor: Actor, case_id: UUID) -> Application | None:
    """The application of a case that waits for its decision, or None."""
    return applications_of_case(actor, case_id).filter(state=ApplicationState.SUBMITTED).first()


def travels_of_case(actor: Actor, case_id: UUID) -> QuerySet[Travel]:
    """Planned journeys: the live one first, then those that did not take place."""
    return Travel.objects.filter(case_id=case_id).order_by("-planned_at")


def arrival_of_case(actor: Actor, case_id: UUID) -> Arrival | None:
    """The confirmed arrival, or None."""
    return Arrival.objects.filter(case_id=case_id).select_related("organisation").first()


def notes_of_case(actor: Actor, case_id: UUID) -> QuerySet[Note]:
    """Notes as they stand now, newest first; each names the one it corrects."""
    standing = Note.objects.filter(case_id=case_id, corrected_by=None)
    return standing.select_related("organisation", "corrects").order_by("-on", "-written_at")


def contacts_of_case(actor: Actor, case_id: UUID) -> QuerySet[ContactAttempt]:
    """Attempts to reach the person, newest first."""
    return ContactAttempt.objects.filter(case_id=case_id).order_by("-on", "-recorded_at")


def appointments_of_case(actor: Actor, case_id: UUID) -> QuerySet[Appointment]:
    """Appointments: open ones first, soonest first, then the past ones."""
    return Appointment.objects.filter(case_id=case_id).order_by("starts_at")


def documents_of_case(actor: Actor, case_id: UUID) -> QuerySet[CaseDocument]:
    """Documents, newest first."""
    return CaseDocument.objects.filter(case_id=case_id).select_related("organisation").order_by("-added_at")


def side_exits_of_case(actor: Actor, case_id: UUID) -> QuerySet[SideExit]:
    """How and when the person left the path, newest first."""
    return SideExit.objects.filter(case_id=case_id).order_by("-on", "-recorded_at")


def closures_of_case(actor: Actor, case_id: UUID) -> QuerySet[Closure]:
    """Closings and reopenings, newest first."""
    return Closure.objects.filter(case_id=case_id).order_by("-closed_on", "-closed_at")


def get_note(actor: Actor, note_id: UUID) -> Note:
    """One note the actor may read."""
    return _one(Note.objects.filter(id=note_id, case__in=visible_cases(actor)))


def get_application(actor: Actor, application_id: UUID) -> Application:
    """One application of a case the actor may read."""
    found = Application.objects.filter(id=application_id, case__in=visible_cases(actor))
    return _one(found.select_related("case__person", "programme", "organisation"))


def get_appointment(actor: Actor, appointment_id: UUID, *, for_update: bool = False) -> Appointment:
    """One appointment of a case the actor may read."""
    return _one(Appointment.objects.filter(id=appointment_id, case__in=visible_cases(actor)), for_update)


def get_document(actor: Actor, document_id: UUID) -> CaseDocument:
    """One document of a case the actor may read."""
    return _one(CaseDocument.objects.filter(id=document_id, case__in=visible_cases(actor)))


def live_travel(actor: Actor, case_id: UUID, *, for_update: bool = False) -> Travel | None:
    """The journey that is planned or under way, or None."""
    live = Travel.objects.filter(case_id=case_id, ended_on=None)
    return (live.select_for_update() if for_update else live).first()


def live_draft(actor: Actor, case_id: UUID, *, for_update: bool = False) -> ApplicationDraft | None:
    """The application that is being filled in for a case, or None."""
    live = ApplicationDraft.objects.filter(case_id=case_id, ended_at=None)
    return (live.select_for_update() if for_update else live).first()


def drafts_of(actor: Actor) -> QuerySet[ApplicationDraft]:
    """Applications the actor began and has not submitted, oldest first, with case and person."""
    own = ApplicationDraft.objects.filter(
        organisation_id=actor.organisation_id, started_by_id=actor.user_id, ended_at=None
    )
    return own.filter(case__in=visible_cases(actor)).select_related("case__person").order_by("saved_at")


def appointments_of(actor: Actor, until: datetime) -> QuerySet[Appointment]:
    """The actor's own open appointments up to a moment, soonest first, with case and person."""
    own = Appointment.objects.filter(
        organisation_id=actor.organisation_id,
        worker_id=actor.user_id,
        state=AppointmentState.OPEN,
        starts_at__lte=until,
        case__in=visible_cases(actor),
    )
    return own.select_related("case__person").order_by("starts_at")


def appointments_to_remind_of(actor: Actor, until: datetime) -> QuerySet[Appointment]:
    """Open appointments of the organisation up to a moment that nobody was reminded of yet."""
    waiting = Appointment.objects.filter(organisation_id=actor.organisation_id, state=AppointmentState.OPEN)
    return waiting.filter(starts_at__lte=until, reminded_at=None)


def appointments_between(actor: Actor, first: datetime, last: datetime) -> QuerySet[Appointment]:
    """Open appointments of the organisation within a time, each with its case."""
    ahead = Appointment.objects.filter(organisation_id=actor.organisation_id, state=AppointmentState.OPEN)
    within = ahead.filter(starts_at__gte=first, starts_at__lte=last, case__in=visible_cases(actor))
    return within.select_related("case").order_by("starts_at", "id")


def applications_to_decide(actor: Actor) -> QuerySet[Application]:
    """Applications that wait for this actor's decision, oldest first; never the actor's own."""
    if not actor.may(Action.APPLICATION_DECIDE):
        return Application.objects.none()
    waiting = Application.objects.filter(Exists(visible_cases(actor).filter(id=OuterRef("case_id"))))
    waiting = waiting.filter(state=ApplicationState.SUBMITTED).exclude(submitted_by_id=actor.user_id)
    return waiting.select_related("case__person", "programme", "organisation").order_by("submitted_on", "id")


def decisions_of_case(actor: Actor, case_id: UUID) -> list[tuple[Decision, bool]]:
    """What the person decided in each session, newest first, and whether it was informed."""
    rows = counselling_of_case(actor, case_id).values_list("decision", "is_informed")
    return [(Decision(decision), is_informed) for decision, is_informed in rows]


def what_is_open(actor: Actor, case: Case) -> tuple[Obstacle, str] | None:
    """What keeps a case from being closed, and which one it is, or None."""
    appointment = appointments_of_case(actor, case.id).filter(state=AppointmentState.OPEN).first()
    if appointment:
        return Obstacle.APPOINTMENT_OPEN, date_format(localtime(appointment.starts_at), "j M Y, H:i")
    if open_handover_of(actor, case.id):
        return Obstacle.LEAD_OFFERED, ""
    if applications_of_case(actor, case.id).filter(state=ApplicationState.SUBMITTED).exists():
        return Obstacle.DECISION_OPEN, ""
    return None


def _one(found: QuerySet[Row], for_update: bool = False) -> Row:
    row = (found.select_for_update(of=("self",)) if for_update else found).first()
    if row is None:
        raise NotFound
    return row
