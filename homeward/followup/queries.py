"""Reading visits, attempts at them, and how businesses fare."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import require_case, visible_cases
from homeward.followup.models import Area, Attempt, BusinessCheck, Visit
from homeward.followup.rules import VisitState
from homeward.lib.problems import EditConflict, NotFound


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Visits the actor may see: those of the cases they work with; in the field only their own."""
    actor.require(Action.VISIT_VIEW)
    visits = Visit.objects.filter(case__in=visible_cases(actor))
    return visits if actor.may(Action.CASE_VIEW) else visits.filter(_own(actor))


def visits_assigned(actor: Actor) -> QuerySet[Visit]:
    """Visits that are due and the actor's to make, soonest first; for a coordinator everybody's."""
    due = visible_visits(actor).filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    if actor.may(Action.VISIT_RECORD):
        due = due.filter(_own(actor))
    return due.select_related("case__person", "member").order_by("due_on", "place", "id")


def visits_of(actor: Actor, case_id: UUID) -> QuerySet[Visit]:
    """The visits of one case in the order of the path."""
    require_case(actor, case_id)
    return visible_visits(actor).filter(case_id=case_id).select_related("member").order_by("due_on", "id")


def get_visit(actor: Actor, visit_id: UUID) -> Visit:
    """One visit with its case and person, or NotFound."""
    found = visible_visits(actor).filter(id=visit_id).select_related("case__person", "member").first()
    if found is None:
        raise NotFound
    return found


def visit_for_edit(actor: Actor, visit_id: UUID, expected_version: int | None = None) -> Visit:
    """One visit, locked; call after its case was locked."""
    found = visible_visits(actor).filter(id=visit_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def visit_of_key(actor: Actor, key: UUID) -> Visit | None:
    """The visit that an opaque key stands for, if the actor may see it."""
    return visible_visits(actor).filter(key=key).first() if actor.may(Action.VISIT_VIEW) else None


def attempts_at(actor: Actor, visit: Visit) -> QuerySet[Attempt]:
    """Attempts at a visit the actor was let in to, newest first."""
    return Attempt.objects.filter(visit=visit).order_by("-on", "-recorded_at")


def business_of(actor: Actor, case_id: UUID) -> QuerySet[BusinessCheck]:
    """How businesses of a person fared, newest first."""
    require_case(actor, case_id)
    return BusinessCheck.objects.filter(case_id=case_id).order_by("-on", "-recorded_at")


def areas_of(actor: Actor) -> QuerySet[Area]:
    """Who of the actor's organisation goes where."""
    return Area.objects.filter(organisation_id=actor.organisation_id).order_by("place")


def visits_to_close(actor: Actor, today: date) -> QuerySet[Visit]:
    """Visits of the actor's organisation whose window has passed."""
    due = Visit.objects.filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    return due.filter(closes_on__lt=today).order_by("id")


def _own(actor: Actor) -> Q:
    return Q(organisation_id=actor.organisation_id, assigned_to_id=actor.user_id)
