"""What commands do about gates: bring them into being, refuse travel past them, let a confirmation fall."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.gate_rules import ClearanceState, Gate, NeededBecause
from homeward.cases.models import Case, Clearance, Counselling
from homeward.cases.queries.gates import (
    ServiceAsked,
    closed_before_services,
    closed_gates_of_case,
    gates_of_case,
    hears_child_of_case,
    standing_clearances,
)
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.identifiers import new_id
from homeward.lib.problems import WrongState
from homeward.privacy.sealing import open_text, place_of, seal_text

GATE_WORDS: Mapping[str, str | Promise] = {
    Gate.INFORMED_DECISION: _("Informed decision"),
    Gate.TRAFFICKING_RISK: _("Risk assessment after trafficking"),
    Gate.BEST_INTERESTS: _("Best interests of the child"),
    Gate.FAMILY_TRACING: _("Family found"),
    Gate.FAMILY_ASSESSMENT: _("Family assessed"),
    Gate.GUARDIAN_CONSENT: _("Guardian’s consent"),
    Gate.FIT_TO_TRAVEL: _("Fit to travel"),
    Gate.CONTINUITY_OF_CARE: _("Care found on return"),
    Gate.CAPACITY_TO_DECIDE: _("Capacity to decide"),
    Gate.SAFETY_ON_RETURN: _("Safety on return"),
    Gate.SUPPORT_ON_ARRIVAL: _("Support on arrival"),
}


class GatesClosed(WrongState):
    """Somebody named has to clear something first, with evidence; the message says what."""

    code = "gates_closed"

    def __init__(self, gates: Iterable[Gate]) -> None:
        self.gates = tuple(gates)
        missing = "; ".join(str(GATE_WORDS[gate]) for gate in self.gates)
        words = _("Travel waits for a clearance: %(missing)s. Record who decided it and on what evidence.")
        super().__init__(words % {"missing": missing})


class ServiceGatesClosed(WrongState):
    """A service, or cash, waits for what somebody named has to clear; the message says what."""

    code = "service_gates_closed"
    message = _("This waits for a clearance. Whoever leads the case sees which one, and on what it waits.")

    def __init__(self, gates: Iterable[Gate] = ()) -> None:
        self.gates = tuple(gates)
        missing = "; ".join(str(GATE_WORDS[gate]) for gate in self.gates)
        words = _("This waits for a clearance: %(missing)s. Record who decided it and on what evidence.")
        super().__init__(words % {"missing": missing} if missing else None)


def require_service_gates(
    actor: Actor, case_id: UUID, *, gates: Iterable[str], in_cash: bool, on: date | None = None
) -> None:
    """Raise ServiceGatesClosed unless what a package and its form need is cleared."""
    asked = {"asked": ServiceAsked(tuple(gates), in_cash)}
    closed = closed_before_services(actor, case_id, asked, on).get("asked")
    if closed:
        raise ServiceGatesClosed(closed)


def require_open_gates(actor: Actor, case: Case, on: date | None = None) -> None:
    """Raise GatesClosed unless every gate of the case is open on its day of travel."""
    closed = closed_gates_of_case(actor, case, on)
    if closed:
        raise GatesClosed(closed)


def new_clearance(actor: Actor, case: Case, gate: Gate, because: NeededBecause) -> Clearance:
    """A clearance not yet saved, needed from today on."""
    return Clearance(
        case=case,
        organisation_id=actor.organisation_id,
        gate=gate,
        needed_because=because,
        needed_since=localdate(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )


def bring_gates(actor: Actor, case: Case, programme_gates: Iterable[Gate] = ()) -> None:
    """Write down every gate the case has to pass that is not on record yet; after arrival there is none."""
    if case.arrived_on:
        return
    live = standing_clearances(actor, case.id)
    on_record = {gate for gate, one in live.items() if one.state != ClearanceState.DROPPED}
    of_services = {gate for gate, one in live.items() if one.needed_because == NeededBecause.SERVICE}
    reasons = {one.gate: one.because for one in gates_of_case(actor, case).gates}
    reasons = dict.fromkeys(programme_gates, NeededBecause.PROGRAMME) | reasons
    for gate, because in reasons.items():
        if gate not in on_record:
            put(new_clearance(actor, case, gate, because), live.get(gate))
        elif gate in of_services:
            _ask_for_travel_too(case, live[gate], because)


def _ask_for_travel_too(case: Case, before: Clearance, because: NeededBecause) -> None:
    """What was cleared or not for a service stands as it is, and from now on for the journey as well."""
    clearance = Clearance.objects.get(id=before.id)
    clearance.id, clearance.needed_because = new_id(), because
    if before.conditions:
        words = open_text(case.person_id, place_of(before, "conditions"), before.conditions)
        clearance.conditions = seal_text(case.person_id, place_of(clearance, "conditions"), words)
    Clearance.objects.filter(id=before.id).update(superseded_at=now())
    clearance.save(force_insert=True)


def put(clearance: Clearance, before: Clearance | None) -> Clearance:
    """Save a clearance in the place of the one before it."""
    if before:
        was_less = before.needed_because == NeededBecause.SERVICE != clearance.needed_because
        if before.state != ClearanceState.DROPPED and not was_less:
            clearance.needed_because, clearance.needed_since = before.needed_because, before.needed_since
        Clearance.objects.filter(id=before.id).update(superseded_at=now())
    clearance.save(force_insert=True)
    return clearance


def uphold_confirmation(actor: Actor, case: Case) -> None:
    """Let the confirmation of travel fall when a gate has closed since; call before the case is saved."""
    if case.travel_confirmed_on and not case.departed_on and closed_gates_of_case(actor, case):
        let_confirmation_fall(actor, case)


def let_confirmation_fall(actor: Actor, case: Case) -> None:
    """Travel has to be confirmed anew; call before the case is saved."""
    if case.travel_confirmed_on and not case.departed_on:
        case.travel_confirmed_on = None
        tell(actor, case.id, EventKind.CONFIRMATION_FELL)


def clear_by_session(actor: Actor, case: Case, session: Counselling, *, is_standing: bool) -> None:
    """An informed decision to return opens its gate; a decision that no longer stands closes it."""
    before = standing_clearances(actor, case.id).get(Gate.INFORMED_DECISION)
    clearance = new_clearance(actor, case, Gate.INFORMED_DECISION, NeededBecause.EVERYONE)
    is_heard = session.is_suited_to_age or not hears_child_of_case(actor, case)
    if is_standing and session.is_informed and is_heard:
        clearance.state, clearance.counselling = ClearanceState.GIVEN, session
        clearance.decided_by_name, clearance.decided_on = actor.name, session.held_on
        put(clearance, before)
    elif not is_standing and before and before.state == ClearanceState.GIVEN:
        clearance.state = ClearanceState.LAPSED
        put(clearance, before)
        uphold_confirmation(actor, case)
