"""Confirming the arrival, and the first facts of what follows it."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.gate_rules import SPOKEN, Gate
from homeward.cases.gates import bring_gates
from homeward.cases.journey_rules import Act
from homeward.cases.models import Arrival, Case
from homeward.cases.obstacles import require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.gates import closed_gates_of_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import count_as_contact, save_case, tell
from homeward.lib.problems import Invalid


@command(Action.ARRIVAL_CONFIRM)
def confirm_arrival(actor: Actor, *, case_id: UUID, arrived_on: date, place: str, note: str = "") -> Arrival:
    """Say, as the partner who receives, that the person came: from that day on, the time there is counted."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.ARRIVE)
    require_past(arrived_on=arrived_on)
    require_text(place=place)
    if case.departed_on and arrived_on < case.departed_on:
        raise Invalid(fields={"arrived_on": _("This is before the recorded departure.")})
    arrival = Arrival.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        arrived_on=arrived_on,
        place=place.strip(),
        note=note.strip(),
        past_gates=[str(gate) for gate in _past_gates(actor, case, arrived_on)],
        confirmed_by_id=actor.user_id,
        confirmed_by_name=actor.name,
    )
    case.arrived_on, case.expected_on = arrived_on, None
    count_as_contact(case, arrived_on)
    save_case(case)
    tell(actor, case.id, EventKind.ARRIVED, on=arrived_on, subject_id=arrival.id)
    return arrival


def _past_gates(actor: Actor, case: Case, arrived_on: date) -> list[Gate]:
    """Gates that were closed when the person came all the same. Whoever nobody prepared had none to pass."""
    if case.departed_on:
        return []
    closed = closed_gates_of_case(actor, case, arrived_on)
    was_prepared = case.applied_on is not None
    passed = [gate for gate in closed if was_prepared or gate not in SPOKEN]
    if passed:
        bring_gates(actor, case)
    return passed


@command(Action.PLAN_RECORD)
def begin_planning(actor: Actor, *, case_id: UUID, on: date) -> Case:
    """Record that the reintegration plan is being drawn up with the person."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.BEGIN_PLANNING)
    require_past(on=on)
    case.planning_on = on
    save_case(case)
    tell(actor, case.id, EventKind.PLANNING_BEGUN, on=on)
    return case


@command(Action.PLAN_RECORD)
def record_plan_agreed(actor: Actor, *, case_id: UUID, on: date) -> Case:
    """Record that the person agreed to a reintegration plan."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.AGREE_PLAN)
    require_past(on=on)
    if case.planning_on and on < case.planning_on:
        raise Invalid(fields={"on": _("This is before planning began.")})
    case.plan_agreed_on = on
    save_case(case)
    tell(actor, case.id, EventKind.PLAN_AGREED, on=on)
    return case
