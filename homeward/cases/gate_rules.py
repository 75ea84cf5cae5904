"""What has to be cleared before somebody travels, and how long they are seen at least. Pure.

The same table stands in the database, as `homeward_gates_needed`; a test compares them, row by row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeward.lib.dates import months_later


class ProfileFlag(StrEnum):
    """What is known of a person that travel and follow-up must mind."""

    VICTIM_OF_TRAFFICKING = "victim_of_trafficking"
    UNACCOMPANIED_CHILD = "unaccompanied_child"
    SEPARATED_CHILD = "separated_child"
    HEALTH_NEED = "health_need"
    MENTAL_HEALTH_CONCERN = "mental_health_concern"
    CAPACITY_DOUBT = "capacity_doubt"
    SURVIVOR_OF_VIOLENCE = "survivor_of_violence"
    SINGLE_PARENT = "single_parent"
    OLDER_PERSON = "older_person"
    DISABILITY = "disability"


class Gate(StrEnum):
    """What somebody named has to clear, with evidence, before travel can be confirmed."""

    INFORMED_DECISION = "informed_decision"
    TRAFFICKING_RISK = "trafficking_risk"
    BEST_INTERESTS = "best_interests"
    FAMILY_TRACING = "family_tracing"
    FAMILY_ASSESSMENT = "family_assessment"
    GUARDIAN_CONSENT = "guardian_consent"
    FIT_TO_TRAVEL = "fit_to_travel"
    CONTINUITY_OF_CARE = "continuity_of_care"
    CAPACITY_TO_DECIDE = "capacity_to_decide"
    SAFETY_ON_RETURN = "safety_on_return"
    SUPPORT_ON_ARRIVAL = "support_on_arrival"


class ClearanceState(StrEnum):
    """How a gate stands: its latest clearance says so."""

    NEEDED = "needed"
    GIVEN = "given"
    REFUSED = "refused"
    LAPSED = "lapsed"
    DROPPED = "dropped"  # what it was needed for turned out not to be so


class NeededBecause(StrEnum):
    EVERYONE = "everyone"
    PROFILE = "profile"
    MINOR = "minor"
    PROGRAMME = "programme"
    SERVICE = "service"  # and for nothing else: it bars that service, not the journey


class ProfileSource(StrEnum):
    """From where a person came to know what they note of the profile."""

    CASEWORK = "casework"
    ASSESSMENT = "assessment"
    PARTNER_LIST = "partner_list"


class Evidence(StrEnum):
    """What a clearance rests on."""

    DOCUMENT = "document"
    COUNSELLING = "counselling"


_CHILD_ALONE = frozenset(
    {Gate.BEST_INTERESTS, Gate.FAMILY_TRACING, Gate.FAMILY_ASSESSMENT, Gate.GUARDIAN_CONSENT}
)
_HEALTH = frozenset({Gate.FIT_TO_TRAVEL, Gate.CONTINUITY_OF_CARE})

# The table of gates. A minimum: a programme adds to it and takes nothing away. The last four rows are our
# own choice; the others are the field's.
GATES_OF: Mapping[ProfileFlag, frozenset[Gate]] = {
    ProfileFlag.VICTIM_OF_TRAFFICKING: frozenset({Gate.TRAFFICKING_RISK}),
    ProfileFlag.UNACCOMPANIED_CHILD: _CHILD_ALONE,
    ProfileFlag.SEPARATED_CHILD: _CHILD_ALONE,
    ProfileFlag.HEALTH_NEED: _HEALTH,
    ProfileFlag.MENTAL_HEALTH_CONCERN: _HEALTH,
    ProfileFlag.CAPACITY_DOUBT: frozenset({Gate.CAPACITY_TO_DECIDE}),
    ProfileFlag.SURVIVOR_OF_VIOLENCE: frozenset({Gate.SAFETY_ON_RETURN}),
    ProfileFlag.SINGLE_PARENT: frozenset({Gate.SUPPORT_ON_ARRIVAL}),
    ProfileFlag.OLDER_PERSON: frozenset({Gate.SUPPORT_ON_ARRIVAL}),
    ProfileFlag.DISABILITY: frozenset({Gate.SUPPORT_ON_ARRIVAL}),
}
FOR_EVERYONE = frozenset({Gate.INFORMED_DECISION})
FOR_MINORS = frozenset({Gate.GUARDIAN_CONSENT})

# What is asked only of children, and what cash needs that is given to a child alone, by whatever programme.
OF_CHILDREN_ALONE = _CHILD_ALONE - {Gate.GUARDIAN_CONSENT}
CASH_TO_CHILD_ALONE = frozenset({Gate.BEST_INTERESTS, Gate.GUARDIAN_CONSENT})

# A decision of the person or of a guardian may be given in a session; what others decide needs their paper.
SPOKEN = frozenset({Gate.INFORMED_DECISION, Gate.GUARDIAN_CONSENT})
CLOSING = frozenset({ClearanceState.NEEDED, ClearanceState.REFUSED, ClearanceState.LAPSED})

# The least a person is seen after arrival, in months.
MONTHS_FOR_ALL = 12
MONTHS_OF: Mapping[ProfileFlag, int] = {
    ProfileFlag.VICTIM_OF_TRAFFICKING: 6,
    ProfileFlag.UNACCOMPANIED_CHILD: 18,
    ProfileFlag.SEPARATED_CHILD: 18,
}
UNTIL_ADULT = frozenset({ProfileFlag.UNACCOMPANIED_CHILD, ProfileFlag.SEPARATED_CHILD})
ADULT_AT = 18


@dataclass(frozen=True)
class Standing:
    """How one gate stands by its latest clearance."""

    state: ClearanceState
    valid_until: date | None = None


def gates_for(
    flags: Iterable[ProfileFlag], *, is_minor: bool, programme_gates: Iterable[Gate] = ()
) -> frozenset[Gate]:
    """The gates a person has to pass. By what way they return, freely or not, changes nothing."""
    needed = FOR_EVERYONE | frozenset(programme_gates) | (FOR_MINORS if is_minor else frozenset())
    return needed.union(*(GATES_OF[flag] for flag in flags))


def why_needed(gate: Gate, flags: Iterable[ProfileFlag], *, is_minor: bool) -> NeededBecause:
    """The first reason for which a gate has to be passed."""
    if gate in FOR_EVERYONE:
        return NeededBecause.EVERYONE
    if any(gate in GATES_OF[flag] for flag in flags):
        return NeededBecause.PROFILE
    return NeededBecause.MINOR if is_minor and gate in FOR_MINORS else NeededBecause.PROGRAMME


def service_gates(
    asked: Iterable[Gate],
    *,
    in_cash: bool,
    flags: Iterable[ProfileFlag],
    is_minor: bool,
    is_grown_up: bool,
) -> frozenset[Gate]:
    """What has to be cleared before a service: what its package asks for, and cash to a child alone."""
    if not is_grown_up and UNTIL_ADULT & set(flags):
        return frozenset(asked) | (CASH_TO_CHILD_ALONE if in_cash else frozenset())
    return frozenset(asked) - OF_CHILDREN_ALONE - (frozenset() if is_minor else FOR_MINORS)


def hears_child(age_years: int | None, flags: Iterable[ProfileFlag], from_age: int) -> bool:
    """Whether an informed decision needs that somebody spoke with the child, in a way suited to their age.

    A child alone has a best-interests procedure of their own instead.
    """
    is_asked = age_years is not None and from_age <= age_years < ADULT_AT
    return is_asked and not UNTIL_ADULT & set(flags)


def is_open(standing: Standing | None, on: date) -> bool:
    """Whether a gate lets somebody pass who travels on this day."""
    if standing is None or standing.state != ClearanceState.GIVEN:
        return False
    return standing.valid_until is None or standing.valid_until >= on


def closed_gates(needed: Iterable[Gate], standings: Mapping[Gate, Standing], *, on: date) -> tuple[Gate, ...]:
    """The gates that bar the way on this day, in the order of the list of gates."""
    asked = set(needed) | {gate for gate, one in standings.items() if one.state != ClearanceState.DROPPED}
    return tuple(gate for gate in Gate if gate in asked and not is_open(standings.get(gate), on))


def evidence_allowed(gate: Gate) -> frozenset[Evidence]:
    """What may be shown for a gate."""
    if gate is Gate.INFORMED_DECISION:
        return frozenset({Evidence.COUNSELLING})
    return frozenset(Evidence) if gate in SPOKEN else frozenset({Evidence.DOCUMENT})


def monitoring_until(
    flags: Iterable[ProfileFlag],
    arrived_on: date,
    birth_latest_on: date | None,
    *,
    months: int = MONTHS_FOR_ALL,
) -> date:
    """Until when a person is seen at least; a child alone until grown up, if that is later."""
    flags = set(flags)
    least = max([months, *(MONTHS_OF.get(flag, 0) for flag in flags)])
    until = months_later(arrived_on, least)
    if birth_latest_on and flags & UNTIL_ADULT:
        until = max(until, months_later(birth_latest_on, 12 * ADULT_AT))
    return until
