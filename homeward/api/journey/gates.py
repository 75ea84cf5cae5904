"""REST: what is known of a person, the gates before travel, and confirming travel."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.cases import CaseOut
from homeward.api.fields import ANY, Day, Short
from homeward.api.looking import seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.gate_rules import ClearanceState, Gate, NeededBecause, ProfileFlag, ProfileSource
from homeward.cases.queries import gates as queries

router = Router(tags=["journey"])
Reason = Annotated[str, Field(max_length=400, pattern=ANY)]


class ProfileIn(Schema):
    """Everything that is known; what was noted before and is not named now is taken away, with a reason."""

    flags: Annotated[list[ProfileFlag], Field(max_length=20)]
    source: ProfileSource = ProfileSource.CASEWORK
    reason: Reason = ""


class ProfileOut(Schema):
    id: UUID
    case_id: UUID
    flags: list[ProfileFlag]
    source: ProfileSource
    reason: str
    noted_by_name: str
    noted_at: datetime


class DecidedIn(Schema):
    decided_by_name: Annotated[Short, Field(min_length=1)]
    decided_by_function: Annotated[Short, Field(min_length=1)]
    decided_by_organisation: Annotated[Short, Field(min_length=1)]
    decided_on: Day

    def decided_by(self) -> commands.DecidedBy:
        """The decision-maker as one value."""
        return commands.DecidedBy(
            self.decided_by_name, self.decided_by_function, self.decided_by_organisation, self.decided_on
        )


class ClearanceIn(DecidedIn):
    """A decision with its evidence: a document of the case, or for what is spoken a counselling session."""

    gate: Gate
    document_id: UUID | None = None
    counselling_id: UUID | None = None
    conditions: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""
    valid_until: Day | None = None


class RefusalIn(DecidedIn):
    gate: Gate
    reason: Annotated[Reason, Field(min_length=1)]
    document_id: UUID | None = None


class LapseIn(Schema):
    gate: Gate
    reason: Annotated[Reason, Field(min_length=1)]


class ClearanceOut(Schema):
    """How a gate stands; conditions stay sealed."""

    id: UUID
    case_id: UUID
    gate: Gate
    state: ClearanceState
    needed_because: NeededBecause
    needed_since: date
    document_id: UUID | None
    counselling_id: UUID | None
    decided_by_name: str
    decided_by_function: str
    decided_by_organisation: str
    decided_on: date | None
    valid_until: date | None
    reason: str
    recorded_by_name: str
    recorded_at: datetime


class GateOut(Schema):
    """One gate for the day of travel; without a clearance nobody has taken it up yet."""

    gate: Gate
    state: ClearanceState
    because: NeededBecause
    is_open: bool
    clearance: ClearanceOut | None


class ServiceGateOut(Schema):
    """A gate that bars services and not the journey, and whether it is open today."""

    gate: Gate
    state: ClearanceState
    is_open: bool


class GatesOut(Schema):
    """The gates of a case on its day of travel, what is known of the person, and the least follow-up."""

    case_id: UUID
    on: date
    flags: list[ProfileFlag]
    gates: list[GateOut]
    closed: list[Gate]
    services: list[ServiceGateOut]
    travel_confirmed_on: date | None
    followed_up_until: date | None


class ConfirmIn(Schema):
    confirmed_on: Day | None = None


@reads(router, "/{uuid:case_id}/gates", Action.CASE_VIEW, GatesOut)
def view_gates(request: HttpRequest, case_id: UUID) -> object:
    """Which gates the case has to pass, how each stands, and what is known of the person."""
    actor, case = seen_case(request, case_id)
    found = queries.gates_of_case(actor, case)
    return {
        "case_id": case.id,
        "on": found.on,
        "flags": sorted(found.flags),
        "gates": found.gates,
        "closed": found.closed,
        "services": [one.now for one in queries.gates_of_services(actor, case)],
        "travel_confirmed_on": case.travel_confirmed_on,
        "followed_up_until": queries.seen_until(actor, case),
    }


@creates(router, "/{uuid:case_id}/profile", Action.PROFILE_SET, ProfileOut)
def set_profile(request: HttpRequest, case_id: UUID, body: ProfileIn) -> object:
    """Note what is known of the person; the gates before travel follow from it."""
    return commands.set_profile(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/gates/cleared", Action.CLEARANCE_DECIDE, ClearanceOut)
def give_clearance(request: HttpRequest, case_id: UUID, body: ClearanceIn) -> object:
    """Record that somebody named cleared a gate, with the paper or the session that shows it."""
    return commands.give_clearance(
        actor_of(request),
        case_id=case_id,
        decided_by=body.decided_by(),
        **body.dict(include={"gate", "document_id", "counselling_id", "conditions", "valid_until"}),
    )


@creates(router, "/{uuid:case_id}/gates/refused", Action.CLEARANCE_DECIDE, ClearanceOut)
def refuse_clearance(request: HttpRequest, case_id: UUID, body: RefusalIn) -> object:
    """Record that somebody named did not clear a gate, and why."""
    return commands.refuse_clearance(
        actor_of(request),
        case_id=case_id,
        decided_by=body.decided_by(),
        **body.dict(include={"gate", "reason", "document_id"}),
    )


@creates(router, "/{uuid:case_id}/gates/lapsed", Action.CLEARANCE_DECIDE, ClearanceOut)
def lapse_clearance(request: HttpRequest, case_id: UUID, body: LapseIn) -> object:
    """Record that a clearance no longer holds; the gate is closed again."""
    return commands.lapse_clearance(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/travel/confirmed", Action.TRAVEL_CONFIRM, CaseOut)
def confirm_travel(request: HttpRequest, case_id: UUID, body: ConfirmIn) -> object:
    """Say that the person can travel as planned; refused while any gate is closed."""
    return commands.confirm_travel(actor_of(request), case_id=case_id, confirmed_on=body.confirmed_on)
