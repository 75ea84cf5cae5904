"""Planning the journey, changing the plan, and what became of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.gates import bring_gates, let_confirmation_fall, require_open_gates
from homeward.cases.journey_rules import Act, Exit, Obstacle, Readiness
from homeward.cases.models import Case, Travel
from homeward.cases.obstacles import NotNow, require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.journey import live_travel
from homeward.cases.rules import EventKind
from homeward.cases.saving import end_travel, leave_path, save_case, tell
from homeward.lib.problems import EditConflict, Invalid
from homeward.privacy.sealing import place_of, seal_text


@dataclass(frozen=True)
class TravelDetails:
    """A planned journey. `medical_items` of None leaves sealed what is recorded; an empty text clears it."""

    departs_on: date
    arrives_on: date
    arrival_place: str
    route: str = ""
    tickets: Readiness = Readiness.TO_DO
    papers: Readiness = Readiness.TO_DO
    escort: str = ""
    medical_items: str | None = None


@command(Action.TRAVEL_PLAN)
def plan_travel(
    actor: Actor, *, case_id: UUID, details: TravelDetails, planned_on: date | None = None
) -> Travel:
    """Plan the journey of somebody who was accepted; those who receive see when to expect them."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.PLAN_TRAVEL)
    if live_travel(actor, case.id):
        raise NotNow(Obstacle.TRAVEL_PLANNED)
    travel = Travel(case=case, organisation_id=actor.organisation_id, planned_by_name=actor.name)
    _put(case, travel, details)
    travel.save(force_insert=True)
    case.travel_planned_on, case.not_travelled_on = planned_on or localdate(), None
    case.travel_confirmed_on = None
    bring_gates(actor, case)
    _expect(case, travel)
    tell(actor, case.id, EventKind.TRAVEL_PLANNED, on=planned_on, subject_id=travel.id)
    return travel


@command(Action.TRAVEL_PLAN)
def change_travel(actor: Actor, *, case_id: UUID, expected_version: int, details: TravelDetails) -> Travel:
    """Change a planned journey, unless somebody else did so in between."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.CHANGE_TRAVEL)
    travel = _live(actor, case)
    if travel.version != expected_version:
        raise EditConflict
    day_before = travel.departs_on
    _put(case, travel, details)
    travel.version += 1
    travel.save()
    if travel.departs_on != day_before:
        let_confirmation_fall(actor, case)
        bring_gates(actor, case)
    _expect(case, travel)
    tell(actor, case.id, EventKind.TRAVEL_CHANGED, subject_id=travel.id)
    return travel


@command(Action.TRAVEL_CONFIRM)
def confirm_travel(actor: Actor, *, case_id: UUID, confirmed_on: date | None = None) -> Case:
    """Say that the person can travel as planned; impossible while any gate is closed for that day."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.CONFIRM_TRAVEL)
    require_past(confirmed_on=confirmed_on)
    bring_gates(actor, case)
    require_open_gates(actor, case)
    case.travel_confirmed_on = confirmed_on or localdate()
    save_case(case)
    tell(actor, case.id, EventKind.TRAVEL_CONFIRMED, on=case.travel_confirmed_on)
    return case


@command(Action.DEPARTURE_RECORD)
def record_departure(actor: Actor, *, case_id: UUID, departed_on: date) -> Case:
    """Record that the person left."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.DEPART)
    require_past(departed_on=departed_on)
    require_open_gates(actor, case, departed_on)
    case.departed_on = departed_on
    save_case(case)
    tell(actor, case.id, EventKind.DEPARTED, on=departed_on)
    return case


@command(Action.DEPARTURE_RECORD)
def record_not_travelled(actor: Actor, *, case_id: UUID, on: date, reason: str) -> Case:
    """Record that the planned journey did not take place, and why; it can be planned anew."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.NOT_TRAVEL)
    require_past(on=on)
    require_text(reason=reason)
    end_travel(case, on)
    case.not_travelled_on, case.departed_on, case.travel_confirmed_on = on, None, None
    save_case(case)
    leave_path(actor, case, Exit.NOT_TRAVELLED, on=on, reason=reason)
    return case


def _live(actor: Actor, case: Case) -> Travel:
    travel = live_travel(actor, case.id, for_update=True)
    if travel is None:
        raise NotNow(Obstacle.NO_TRAVEL_PLANNED)
    return travel


def _put(case: Case, travel: Travel, details: TravelDetails) -> None:
    require_text(arrival_place=details.arrival_place)
    if details.arrives_on < details.departs_on:
        raise Invalid(fields={"arrives_on": _("Nobody arrives before leaving.")})
    travel.departs_on, travel.arrives_on = details.departs_on, details.arrives_on
    travel.arrival_place, travel.route = details.arrival_place.strip(), details.route.strip()
    travel.tickets, travel.papers = details.tickets, details.papers
    travel.escort = details.escort.strip()
    if details.medical_items is not None:
        items = details.medical_items.strip()
        place = place_of(travel, "medical_items")
        travel.medical_items = seal_text(case.person_id, place, items) if items else None


def _expect(case: Case, travel: Travel) -> None:
    case.expected_on = travel.arrives_on
    save_case(case)
