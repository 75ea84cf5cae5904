"""What is known of a person that travel must mind, and clearing the gates before it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.gate_rules import (
    ClearanceState,
    Evidence,
    Gate,
    NeededBecause,
    ProfileFlag,
    ProfileSource,
    evidence_allowed,
    gates_for,
    why_needed,
)
from homeward.cases.gates import bring_gates, new_clearance, put, uphold_confirmation
from homeward.cases.journey_rules import Act, obstacle_in_decisions
from homeward.cases.models import Case, CaseDocument, Clearance, Profile
from homeward.cases.obstacles import WORDS, require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.gates import (
    gates_of_case,
    gates_of_services,
    hears_child_of_case,
    profile_of_case,
    profiles_of_case,
    standing_clearances,
)
from homeward.cases.queries.journey import (
    counselling_of_case,
    decisions_of_case,
    documents_of_case,
)
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell
from homeward.lib.problems import Invalid, Problem, WrongState
from homeward.privacy.sealing import place_of, seal_text


class NotedByYou(Problem):
    """Whoever noted something of a profile does not take it away again: gates hang on it."""

    status = 403
    code = "noted_by_you"
    message = _("You noted this yourself. A colleague has to agree before it is taken away.")


class NoSuchGate(WrongState):
    """The case does not have to pass this gate."""

    code = "no_such_gate"
    message = _("This case does not have to pass this gate.")


CHILD_NOT_HEARD = _(
    "Somebody has to speak with the child first, in a way suited to their age. "
    "Record the session with who did."
)


@dataclass(frozen=True)
class DecidedBy:
    """Who decided about a gate, in what function, for whom, on which day."""

    name: str
    function: str
    organisation: str
    on: date


@command(Action.PROFILE_SET)
def set_profile(
    actor: Actor,
    *,
    case_id: UUID,
    flags: Collection[ProfileFlag],
    source: ProfileSource = ProfileSource.CASEWORK,
    reason: str = "",
) -> Profile:
    """Note what is known of the person; gates follow from it. Taking a thing away needs a second person."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.NOTE_PROFILE)
    before = profile_of_case(actor, case.id)
    removed = set(map(ProfileFlag, before.flags)) - set(flags) if before else set()
    if removed:
        require_text(reason=reason)
        _require_other_eyes(actor, case, removed)
    profile = Profile(
        case=case,
        organisation_id=actor.organisation_id,
        flags=[str(flag) for flag in ProfileFlag if flag in set(flags)],
        source=source,
        reason=reason.strip(),
        noted_by_id=actor.user_id,
        noted_by_name=actor.name,
    )
    if before:
        Profile.objects.filter(id=before.id).update(superseded_at=now())
    profile.save(force_insert=True)
    _drop_what_is_no_longer_needed(actor, case, reason)
    bring_gates(actor, case)
    _save(actor, case)
    tell(actor, case.id, EventKind.PROFILE_NOTED, subject_id=profile.id)
    return profile


@command(Action.CLEARANCE_DECIDE)
def give_clearance(
    actor: Actor,
    *,
    case_id: UUID,
    gate: Gate,
    decided_by: DecidedBy,
    document_id: UUID | None = None,
    counselling_id: UUID | None = None,
    conditions: str = "",
    valid_until: date | None = None,
) -> Clearance:
    """Record that somebody named cleared a gate, with the paper or the session that shows it."""
    case, before = _gate_to_decide(actor, case_id, gate)
    _check_decided_by(decided_by)
    if valid_until and valid_until < decided_by.on:
        raise Invalid(fields={"valid_until": _("This is before the day of the decision.")})
    clearance = _decided(actor, case, gate, decided_by)
    clearance.state, clearance.valid_until = ClearanceState.GIVEN, valid_until
    _put_evidence(actor, clearance, document_id, counselling_id)
    if conditions.strip():
        place = place_of(clearance, "conditions")
        clearance.conditions = seal_text(case.person_id, place, conditions.strip())
    put(clearance, before)
    _save(actor, case)
    tell(actor, case.id, EventKind.CLEARANCE_GIVEN, on=decided_by.on, subject_id=clearance.id)
    return clearance


@command(Action.CLEARANCE_DECIDE)
def refuse_clearance(
    actor: Actor,
    *,
    case_id: UUID,
    gate: Gate,
    decided_by: DecidedBy,
    reason: str,
    document_id: UUID | None = None,
) -> Clearance:
    """Record that somebody named did not clear a gate, and why; travel waits until that changes."""
    case, before = _gate_to_decide(actor, case_id, gate)
    _check_decided_by(decided_by)
    require_text(reason=reason)
    clearance = _decided(actor, case, gate, decided_by)
    clearance.state, clearance.reason = ClearanceState.REFUSED, reason.strip()
    if document_id:
        clearance.document = _document(actor, case.id, document_id)
    put(clearance, before)
    _save(actor, case)
    tell(actor, case.id, EventKind.CLEARANCE_REFUSED, on=decided_by.on, subject_id=clearance.id)
    return clearance


@command(Action.CLEARANCE_DECIDE)
def lapse_clearance(actor: Actor, *, case_id: UUID, gate: Gate, reason: str) -> Clearance:
    """Record that a clearance no longer holds because things have changed; the gate is closed again."""
    case, before = _gate_to_decide(actor, case_id, gate)
    require_text(reason=reason)
    if before is None or before.state != ClearanceState.GIVEN:
        raise WrongState(_("There is no clearance here that could lapse."))
    return _lapse(actor, case, before, reason.strip())


@command(Action.CLEARANCE_DECIDE)
def require_gates(actor: Actor, *, case_id: UUID, gates: Iterable[Gate]) -> Case:
    """Ask for further gates, as a programme's terms do; those on record stay as they are."""
    case = case_for_edit(actor, case_id)
    bring_gates(actor, case, gates)
    _save(actor, case)
    return case


@command(Action.CLEARANCE_DECIDE)
def lapse_outdated(actor: Actor, *, today: date) -> list[Clearance]:
    """Let clearances lapse whose day has passed, on cases the organisation leads that have not left."""
    outdated = Clearance.objects.filter(
        case__lead_organisation_id=actor.organisation_id,
        case__departed_on=None,
        case__arrived_on=None,
        state=ClearanceState.GIVEN,
        superseded_at=None,
        valid_until__lt=today,
    )
    return [_lapse(actor, case_for_edit(actor, one.case_id), one, "") for one in outdated]


def _lapse(actor: Actor, case: Case, before: Clearance, reason: str) -> Clearance:
    clearance = new_clearance(actor, case, Gate(before.gate), NeededBecause(before.needed_because))
    clearance.state, clearance.reason = ClearanceState.LAPSED, reason
    put(clearance, before)
    _save(actor, case)
    tell(actor, case.id, EventKind.CLEARANCE_LAPSED, subject_id=clearance.id)
    return clearance


def _gate_to_decide(actor: Actor, case_id: UUID, gate: Gate) -> tuple[Case, Clearance | None]:
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.CLEAR_GATE)
    needed = {one.gate for one in gates_of_case(actor, case).gates}
    if gate not in needed and gate not in {one.now.gate for one in gates_of_services(actor, case)}:
        raise NoSuchGate
    return case, standing_clearances(actor, case.id).get(gate)


def _check_decided_by(decided_by: DecidedBy) -> None:
    require_text(
        decided_by_name=decided_by.name,
        decided_by_function=decided_by.function,
        decided_by_organisation=decided_by.organisation,
    )
    require_past(decided_on=decided_by.on)


def _decided(actor: Actor, case: Case, gate: Gate, decided_by: DecidedBy) -> Clearance:
    now_standing = gates_of_case(actor, case)
    because = NeededBecause.SERVICE
    if gate in {one.gate for one in now_standing.gates}:
        because = why_needed(gate, now_standing.flags, is_minor=now_standing.is_minor)
    clearance = new_clearance(actor, case, gate, because)
    clearance.decided_by_name = decided_by.name.strip()
    clearance.decided_by_function = decided_by.function.strip()
    clearance.decided_by_organisation = decided_by.organisation.strip()
    clearance.decided_on = decided_by.on
    return clearance


def _put_evidence(
    actor: Actor, clearance: Clearance, document_id: UUID | None, counselling_id: UUID | None
) -> None:
    allowed = evidence_allowed(Gate(clearance.gate))
    if document_id and Evidence.DOCUMENT in allowed:
        clearance.document = _document(actor, clearance.case_id, document_id)
    elif counselling_id and Evidence.COUNSELLING in allowed:
        clearance.counselling = (
            counselling_of_case(actor, clearance.case_id).filter(id=counselling_id).first()
        )
        _require_decision(actor, clearance)
    if clearance.document is None and clearance.counselling is None:
        raise Invalid(fields={_field_of(allowed): _("The evidence is needed before a gate opens.")})


def _require_decision(actor: Actor, clearance: Clearance) -> None:
    if clearance.gate != Gate.INFORMED_DECISION:
        return
    obstacle = obstacle_in_decisions(decisions_of_case(actor, clearance.case_id))
    if obstacle:
        raise Invalid(fields={"counselling_id": WORDS[obstacle]})
    session = clearance.counselling
    if session and not session.is_suited_to_age and hears_child_of_case(actor, clearance.case):
        raise Invalid(fields={"counselling_id": CHILD_NOT_HEARD})


def _field_of(allowed: frozenset[Evidence]) -> str:
    return "document_id" if Evidence.DOCUMENT in allowed else "counselling_id"


def _document(actor: Actor, case_id: UUID, document_id: UUID) -> CaseDocument:
    found = documents_of_case(actor, case_id).filter(id=document_id).first()
    if found is None:
        raise Invalid(fields={"document_id": _("Choose a document of this case.")})
    return found


def _require_other_eyes(actor: Actor, case: Case, removed: set[ProfileFlag]) -> None:
    own = profiles_of_case(actor, case.id).filter(noted_by_id=actor.user_id)
    if own.filter(flags__overlap=[str(flag) for flag in removed]).exists():
        raise NotedByYou


def _drop_what_is_no_longer_needed(actor: Actor, case: Case, reason: str) -> None:
    """Gates that only the profile asked for, that nobody cleared, and that it no longer asks for."""
    standing = gates_of_case(actor, case)
    needed = gates_for(standing.flags, is_minor=standing.is_minor)
    for gate, before in standing_clearances(actor, case.id).items():
        asked_by_profile = before.needed_because == NeededBecause.PROFILE
        if gate in needed or not asked_by_profile or before.state == ClearanceState.DROPPED:
            continue
        clearance = new_clearance(actor, case, gate, NeededBecause.PROFILE)
        clearance.state, clearance.reason = ClearanceState.DROPPED, reason.strip()
        put(clearance, before)


def _save(actor: Actor, case: Case) -> None:
    uphold_confirmation(actor, case)
    save_case(case)
