"""What is known of a case, as the facts that rules ask for; what the rules say of it now, saving nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.journey_rules import ApplicationState, obstacle_in_decisions
from homeward.cases.queries import cases_in_file, get_case, visible_cases
from homeward.cases.queries.eligibility import live_eligibility
from homeward.cases.queries.gates import flags_of_case, profile_of_case
from homeward.cases.queries.journey import applications_of_case, decisions_of_case, live_travel
from homeward.cases.rules import ReturnType, RoleInFile
from homeward.codelists.queries import counting
from homeward.lib.dates import PartialDate
from homeward.people.queries import documents_of
from homeward.people.rules import is_surely_minor, may_be_minor
from homeward.programmes.eligibility import (
    Entitled,
    Explanation,
    Line,
    check_rules,
    entitled,
    package_lines,
)
from homeward.programmes.facts import BY_NAME, FactKind, Facts, Span, Value, from_plain
from homeward.programmes.queries import get_version, terms_of, version_in_force
from homeward.programmes.terms import Package, Terms

if TYPE_CHECKING:
    from homeward.cases.models import Application, Case
    from homeward.programmes.models import ProgrammeVersion

# What nothing on record says, and whoever decides may therefore answer for.
ASKED = tuple(fact.name for fact in BY_NAME.values() if fact.kind is not FactKind.DAY)


@dataclass(frozen=True)
class WhatIf:
    """What a version would say of a case: the rules, and each package with its reasons. Nothing is kept."""

    version: "ProgrammeVersion"
    terms: Terms
    facts: Facts
    explanation: Explanation
    packages: tuple[tuple[Package, tuple[Line, ...]], ...]
    entitled: tuple[Entitled, ...]


def facts_of(actor: Actor, case_id: UUID, *, answers: Mapping[str, object] | None = None) -> Facts:
    """Everything on record of a case that rules may ask for, and `answers` where the record is silent.

    Without `answers`, those given at the last decision count. What the record says cannot be answered away.
    """
    case = get_case(actor, case_id)
    if answers is None:
        decision = live_eligibility(actor, case.id)
        answers = decision.answers if decision else {}
    recorded = {name: value for name, value in _recorded(actor, case).items() if value is not None}
    told = {name: from_plain(name, value) for name, value in answers.items()}
    return {name: value for name, value in told.items() if value is not None} | recorded


def asked_by(terms: Terms) -> tuple[str, ...]:
    """The facts that these terms ask for, in the order of the vocabulary."""
    packages = [line for _package, lines in package_lines(terms, {}) for line in lines]
    asked = {fact.name for line in (*check_rules(terms, {}).lines, *packages) for fact in line.facts}
    return tuple(name for name in ASKED if name in asked)


def unanswered(actor: Actor, case_id: UUID, terms: Terms) -> tuple[str, ...]:
    """Those of the facts that nothing on record says."""
    recorded = facts_of(actor, case_id, answers={})
    return tuple(name for name in asked_by(terms) if name not in recorded)


def version_for(actor: Actor, case_id: UUID, programme_id: UUID | None = None) -> "ProgrammeVersion | None":
    """The version a case goes by; before it applied, the one in force today of the programme asked about."""
    case = get_case(actor, case_id)
    if programme_id is None or programme_id == case.programme_id:
        if case.programme_version_id:
            return get_version(actor, case.programme_version_id)
        programme_id = case.programme_id
    return version_in_force(actor, programme_id, localdate()) if programme_id else None


def what_if(
    actor: Actor,
    case_id: UUID,
    version_id: UUID,
    *,
    answers: Mapping[str, object] | None = None,
    supposing: Mapping[str, object] | None = None,
) -> WhatIf:
    """What a version would say of this case; `supposing` puts facts in place of the record. Saves nothing."""
    version = get_version(actor, version_id)
    terms, facts = terms_of(version), dict(facts_of(actor, case_id, answers=answers))
    facts |= {name: from_plain(name, value) for name, value in (supposing or {}).items()}
    return WhatIf(
        version,
        terms,
        facts,
        check_rules(terms, facts),
        package_lines(terms, facts),
        entitled(terms, facts, counting(actor)),
    )


def entitled_of(actor: Actor, case_id: UUID) -> tuple[Entitled, ...]:
    """What the person is entitled to by the version the case goes by; nothing without a version."""
    version = version_for(actor, case_id)
    return what_if(actor, case_id, version.id).entitled if version else ()


def _recorded(actor: Actor, case: "Case") -> dict[str, Value | None]:
    """One value or None for every fact that a record can say."""
    application = applications_of_case(actor, case.id).first()
    applied_on = application.submitted_on if application else localdate()
    travel = live_travel(actor, case.id)
    departs_on = case.departed_on or (travel.departs_on if travel else None)
    return {
        **_of_person(actor, case, applied_on),
        **_of_case(actor, case),
        **_of_profile(actor, case),
        "applied_on": applied_on,
        "decided_on": _decided_on(application) or case.accepted_on,
        "departs_on": departs_on,
        "arrived_on": case.arrived_on,
        "departs_in_days": _days(applied_on, departs_on),
        "days_since_arrival": _days(case.arrived_on, applied_on) if case.arrived_on else None,
    }


def _of_person(actor: Actor, case: "Case", on: date) -> dict[str, Value | None]:
    birth = case.person.birth
    has_papers = documents_of(actor, case.person_id).exists()
    return {
        "age_years": _age(birth, on),
        "is_minor": _is_minor(birth, on),
        "nationalities": frozenset(case.person.nationalities) or None,
        "has_identity_document": True if has_papers else None,
    }


def _of_case(actor: Actor, case: "Case") -> dict[str, Value | None]:
    is_known, decider = case.return_type != ReturnType.UNKNOWN, _decider(actor, case)
    return {
        "return_type": str(case.return_type) if is_known else None,
        "host_country": case.host_country or None,
        "return_country": case.return_country or None,
        "role_in_file": str(case.role_in_file),
        "family_size": cases_in_file(actor, case.file_id).count() if case.file_id else 1,
        "counselled": decider.counselled_on is not None,
        "informed_decision": obstacle_in_decisions(decisions_of_case(actor, _decider(actor, case).id))
        is None,
        "previous_assistance": _was_assisted(actor, case) or None,
        "is_resident_of_origin": False if case.host_country else None,
    }


def _of_profile(actor: Actor, case: "Case") -> dict[str, Value | None]:
    """What people confirmed in the profile; nothing is known while nobody looked."""
    if profile_of_case(actor, case.id) is None:
        return {}
    flags = flags_of_case(actor, case.id)
    return {
        "vulnerabilities": frozenset(str(flag) for flag in flags),
        "is_unaccompanied": ProfileFlag.UNACCOMPANIED_CHILD in flags,
    }


def _decider(actor: Actor, case: "Case") -> "Case":
    """Whose counselling and decision count: one's own, and for a child those of the principal applicant."""
    if case.file_id is None or not is_surely_minor(case.person.birth, localdate()):
        return case
    together = cases_in_file(actor, case.file_id)
    principal = together.filter(role_in_file=RoleInFile.PRINCIPAL).exclude(id=case.id).first()
    return principal or case


def _was_assisted(actor: Actor, case: "Case") -> bool:
    """Whether another case of the person, among those the actor sees, was accepted."""
    others = visible_cases(actor).filter(person_id=case.person_id).exclude(id=case.id)
    return others.filter(accepted_on__isnull=False).exists()


def _decided_on(application: "Application | None") -> date | None:
    is_accepted = application is not None and application.state == ApplicationState.ACCEPTED
    return application.decided_on if application and is_accepted else None


def _age(birth: PartialDate | None, on: date) -> Value | None:
    if birth is None:
        return None
    least, most = (PartialDate.of_day(day).age_on(on) for day in (birth.latest, birth.earliest))
    return least if least == most else Span(max(least, 0), most)


def _is_minor(birth: PartialDate | None, on: date) -> bool | None:
    if birth is None:
        return None
    if is_surely_minor(birth, on):
        return True
    return None if may_be_minor(birth, on) else False


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None
