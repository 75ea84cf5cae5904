"""What must be cleared of a case before travel, how it stands, and whom it waits for."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.gate_rules import (
    CLOSING,
    MONTHS_FOR_ALL,
    ClearanceState,
    Gate,
    NeededBecause,
    ProfileFlag,
    Standing,
    closed_gates,
    gates_for,
    hears_child,
    is_open,
    monitoring_until,
    service_gates,
    why_needed,
)
from homeward.cases.models import Arrival, Case, Clearance, Profile
from homeward.cases.queries.cases import own_listings
from homeward.cases.queries.journey import live_travel
from homeward.cases.rules import ReturnType, Scope, Stage
from homeward.lib.dates import PartialDate
from homeward.people.rules import is_surely_minor, may_be_minor
from homeward.programmes.queries import terms_of
from homeward.programmes.terms import CHILD_HEARD_FROM_AGE, Label, Package, pays_cash

# The functions named `…_of_case` are called after `get_case` has let the actor in.


@dataclass(frozen=True)
class GateNow:
    """One gate of a case as it stands now; without a clearance nobody has taken it up yet."""

    gate: Gate
    state: ClearanceState
    because: NeededBecause
    is_open: bool
    clearance: Clearance | None
    waits_for_child: bool = False  # somebody has to speak with the child, in a way suited to their age


@dataclass(frozen=True)
class ServiceGate:
    """A gate before services, and the packages that wait for it."""

    now: GateNow
    packages: tuple[Label, ...]


@dataclass(frozen=True)
class ServiceAsked:
    """What is asked about: the gates its package names, and whether money is handed over."""

    gates: tuple[str, ...]
    in_cash: bool


@dataclass(frozen=True)
class GatesOfCase:
    """All gates of a case, for the day it travels on."""

    on: date
    profile: Profile | None
    flags: frozenset[ProfileFlag]
    is_minor: bool
    gates: tuple[GateNow, ...]

    @property
    def closed(self) -> tuple[Gate, ...]:
        return tuple(one.gate for one in self.gates if not one.is_open)


def profile_of_case(actor: Actor, case_id: UUID) -> Profile | None:
    """What is known of the person, as last noted."""
    return Profile.objects.filter(case_id=case_id, superseded_at=None).first()


def profiles_of_case(actor: Actor, case_id: UUID) -> QuerySet[Profile]:
    """All that was noted of the person's profile, newest first."""
    return Profile.objects.filter(case_id=case_id).select_related("organisation").order_by("-noted_at")


def flags_of_case(actor: Actor, case_id: UUID) -> frozenset[ProfileFlag]:
    """What is known of the person that travel and follow-up must mind."""
    return _flags(profile_of_case(actor, case_id))


def clearances_of_case(actor: Actor, case_id: UUID) -> QuerySet[Clearance]:
    """Every clearance of a case, the standing ones first, then those they took the place of."""
    found = Clearance.objects.filter(case_id=case_id).select_related("organisation")
    return found.order_by("superseded_at", "-recorded_at")


def standing_clearances(actor: Actor, case_id: UUID) -> Mapping[Gate, Clearance]:
    """The clearance by which each gate stands."""
    live = Clearance.objects.filter(case_id=case_id, superseded_at=None)
    return {Gate(one.gate): one for one in live.select_related("organisation", "document", "counselling")}


def travels_on(actor: Actor, case: Case) -> date:
    """The day for which the gates of a case have to be open."""
    if case.departed_on:
        return case.departed_on
    travel = live_travel(actor, case.id)
    return travel.departs_on if travel else localdate()


def gates_of_case(actor: Actor, case: Case, on: date | None = None) -> GatesOfCase:
    """Which gates the case has to pass, by whom and how each stands, for the day of travel or another."""
    on = on or travels_on(actor, case)
    profile = profile_of_case(actor, case.id)
    flags = _flags(profile)
    is_minor = is_surely_minor(case.person.birth, on)
    live = standing_clearances(actor, case.id)
    needed = _needed(case, flags, is_minor=is_minor)
    heard = _hears_child(case, flags, on)
    asked = needed | {gate for gate, one in live.items() if _bars_travel(one)}
    return GatesOfCase(
        on=on,
        profile=profile,
        flags=flags,
        is_minor=is_minor,
        gates=tuple(
            _gate_now(gate, live.get(gate), _because(live.get(gate), gate, flags, is_minor), on, heard=heard)
            for gate in Gate
            if gate in asked
        ),
    )


def hears_child_of_case(actor: Actor, case: Case, on: date | None = None) -> bool:
    """Whether somebody has to speak with the child of the case before a decision counts as informed."""
    return _hears_child(case, flags_of_case(actor, case.id), on or travels_on(actor, case))


def gates_of_services(actor: Actor, case: Case, on: date | None = None) -> tuple[ServiceGate, ...]:
    """What has to be cleared before what the person may be given by the programme, and what asks for it."""
    on = on or localdate()
    flags, live = flags_of_case(actor, case.id), standing_clearances(actor, case.id)
    asking: defaultdict[Gate, list[Label]] = defaultdict(list)
    for package in _packages(case):
        for gate in service_gates(
            map(Gate, package.gates),
            in_cash=pays_cash(package.form),
            flags=flags,
            is_minor=is_surely_minor(case.person.birth, on),
            is_grown_up=_is_grown_up(case, on),
        ):
            asking[gate].append(package.label)
    return tuple(
        ServiceGate(_gate_now(gate, live.get(gate), NeededBecause.SERVICE, on), tuple(asking[gate]))
        for gate in Gate
        if gate in asking
    )


def closed_before_services(
    actor: Actor, case_id: UUID, asked: Mapping[str, ServiceAsked], on: date | None = None
) -> Mapping[str, tuple[Gate, ...]]:
    """For each service asked about, by its name, the gates that bar it on a day, today if none is given.

    The database answers, for all of the case: what bars a service bars it whoever may see why.
    """
    given = {name: {"gates": list(one.gates), "in_cash": one.in_cash} for name, one in asked.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, closed FROM homeward_services_closed(%s, %s, %s)",
            [case_id, json.dumps(given), on or localdate()],
        )
        return {name: tuple(gate for gate in Gate if gate in closed) for name, closed in cursor.fetchall()}


def closed_gates_of_case(actor: Actor, case: Case, on: date | None = None) -> tuple[Gate, ...]:
    """The gates that bar the way on the day of travel, or another."""
    on = on or travels_on(actor, case)
    flags = flags_of_case(actor, case.id)
    needed = _needed(case, flags, is_minor=is_surely_minor(case.person.birth, on))
    live = standing_clearances(actor, case.id)
    heard = _hears_child(case, flags, on)
    standings = {
        gate: _standing(one, heard=heard) for gate, one in live.items() if gate in needed or _bars_travel(one)
    }
    return closed_gates(needed, standings, on=on)


def seen_until(actor: Actor, case: Case, flags: Iterable[ProfileFlag] | None = None) -> date | None:
    """Until when the person is followed up at least, by profile or by programme; None before they arrived."""
    if case.arrived_on is None:
        return None
    known = flags_of_case(actor, case.id) if flags is None else flags
    version = case.programme_version
    months = max(terms_of(version).follow_up_months if version else 0, MONTHS_FOR_ALL)
    return monitoring_until(known, case.arrived_on, case.person.birth_latest_on, months=months)


def cases_with_closed_gates(actor: Actor) -> QuerySet[Case]:
    """Cases the actor's organisation leads whose planned journey a clearance still bars, soonest first."""
    if not actor.may(Action.CLEARANCE_DECIDE):
        return Case.objects.none()
    barred = _barring()
    led = _led_cases(actor, stage=Stage.PRE_DEPARTURE).filter(travel_confirmed_on=None)
    return led.filter(Exists(barred)).select_related("person").order_by("expected_on", "id")


def cases_to_confirm(actor: Actor, until: date) -> QuerySet[Case]:
    """Cases the organisation leads that travel by this day, whose gates are open and await a confirmation."""
    if not actor.may(Action.TRAVEL_CONFIRM):
        return Case.objects.none()
    barred = _barring()
    led = _led_cases(actor, stage=Stage.PRE_DEPARTURE).filter(travel_confirmed_on=None)
    led = led.filter(expected_on__lte=until).exclude(Exists(barred))
    return led.select_related("person").order_by("expected_on", "id")


def late_arrivals(actor: Actor) -> QuerySet[Arrival]:
    """Arrivals past a closed gate, on cases the organisation leads, where a gate is still not decided."""
    if not actor.may(Action.CLEARANCE_DECIDE):
        return Arrival.objects.none()
    undecided = Clearance.objects.filter(
        case=OuterRef("case"), superseded_at=None, state=ClearanceState.NEEDED
    )
    found = Arrival.objects.filter(case__in=_led_cases(actor)).exclude(past_gates=[])
    found = found.filter(Exists(undecided), case__closed_on=None)
    return found.select_related("case__person").order_by("arrived_on")


def _barring() -> QuerySet[Clearance]:
    """What bars the journey of an outer case; what only a service asked for does not."""
    live = Clearance.objects.filter(case=OuterRef("pk"), superseded_at=None, state__in=CLOSING)
    return live.exclude(needed_because=NeededBecause.SERVICE)


def _needed(case: Case, flags: frozenset[ProfileFlag], *, is_minor: bool) -> frozenset[Gate]:
    """Whoever has arrived has no gate to pass any more; those on record stay."""
    if case.arrived_on:
        return frozenset()
    return gates_for(flags, is_minor=is_minor, programme_gates=_asked_by_programme(case))


def _asked_by_programme(case: Case) -> frozenset[Gate]:
    """Further gates by the terms of the version the case goes by."""
    version = case.programme_version
    return frozenset(set(Gate) & set(terms_of(version).gates)) if version else frozenset()


def _packages(case: Case) -> Iterable[Package]:
    """What the version the case goes by may give somebody in that role and with that kind of return."""
    version = case.programme_version
    for package in terms_of(version).packages if version else ():
        return_types, roles = package.return_types, package.roles_in_file
        is_known = case.return_type != ReturnType.UNKNOWN
        if return_types and is_known and case.return_type not in return_types:
            continue
        if not roles or case.role_in_file in roles:
            yield package


def _is_grown_up(case: Case, on: date) -> bool:
    return case.person.birth is not None and not may_be_minor(case.person.birth, on)


def _gate_now(
    gate: Gate, live: Clearance | None, because: NeededBecause, on: date, *, heard: bool = False
) -> GateNow:
    standing = _standing(live, heard=heard) if live else None
    return GateNow(
        gate=gate,
        state=standing.state if standing else ClearanceState.NEEDED,
        because=because,
        is_open=is_open(standing, on),
        clearance=live,
        waits_for_child=heard and gate == Gate.INFORMED_DECISION and not is_open(standing, on),
    )


def _hears_child(case: Case, flags: frozenset[ProfileFlag], on: date) -> bool:
    birth = case.person.birth
    oldest = PartialDate.of_day(birth.earliest).age_on(on) if birth else None
    version = case.programme_version
    from_age = terms_of(version).child_heard_from_age if version else CHILD_HEARD_FROM_AGE
    return hears_child(oldest, flags, from_age)


def _bars_travel(one: Clearance) -> bool:
    """Whether a clearance on record was asked for by more than a single service."""
    return one.state != ClearanceState.DROPPED and one.needed_because != NeededBecause.SERVICE


def _led_cases(actor: Actor, **columns: Stage) -> QuerySet[Case]:
    """Cases the organisation leads; `columns` narrow them by their listings, which are indexed for it."""
    led = own_listings(actor).filter(scope=Scope.LEAD, **columns).values("case_id")
    return Case.objects.filter(id__in=led)


def _flags(profile: Profile | None) -> frozenset[ProfileFlag]:
    return frozenset(map(ProfileFlag, profile.flags)) if profile else frozenset()


def _standing(one: Clearance, *, heard: bool = False) -> Standing:
    """How a gate stands; of a child who has to be heard, a decision counts once somebody spoke with them."""
    was_heard = one.counselling is not None and one.counselling.is_suited_to_age
    is_given = one.gate == Gate.INFORMED_DECISION and one.state == ClearanceState.GIVEN
    if heard and is_given and not was_heard:
        return Standing(ClearanceState.NEEDED)
    return Standing(ClearanceState(one.state), one.valid_until)


def _because(
    live: Clearance | None, gate: Gate, flags: frozenset[ProfileFlag], is_minor: bool
) -> NeededBecause:
    if live and _bars_travel(live):
        return NeededBecause(live.needed_because)
    return why_needed(gate, flags, is_minor=is_minor)
