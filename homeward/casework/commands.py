"""Acts on people that their cases must know of, each in one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor, Reach, system_actor
from homeward.access.command import command
from homeward.approvals import commands as approvals
from homeward.approvals.queries import get_approval
from homeward.approvals.rules import Verdict
from homeward.cases import commands as cases
from homeward.cases import grounds
from homeward.cases.commands import note_merge, note_person_changed, record_eligibility
from homeward.cases.handover_disclosing import next_lead
from homeward.cases.handover_rules import PASSING
from homeward.cases.journey_rules import ClosingReason, OwnView
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.casework.accounts import decided_together, open_accounts
from homeward.casework.after_approval import act_on_answer, take_back
from homeward.casework.consenting import tell_of_answer
from homeward.casework.eligibility import unanswered, version_for, what_if
from homeward.casework.packages import compose_package, settled
from homeward.casework.planning import frame_of, steps_of
from homeward.casework.queries import cases_of_same_person
from homeward.casework.referring import (
    SHARED_FOR,
    Telling,
    compose,
    ground_of,
    require_own,
    service_asked,
)
from homeward.consent import commands as consent
from homeward.consent.rules import Asked, Evidence, WithdrawalWay
from homeward.followup.commands import keep_up_visits
from homeward.lib.problems import WrongState
from homeward.people import commands as people
from homeward.people.queries import get_match
from homeward.people.rules import PersonDetails
from homeward.plans import commands as plans
from homeward.plans.queries import content_of
from homeward.plans.queries import get_version as get_plan_version
from homeward.programmes.facts import plain
from homeward.referrals import commands as referrals
from homeward.referrals.queries import get_referral
from homeward.referrals.rules import Reason, Urgency
from homeward.sharing.commands import disclose
from homeward.sharing.rules import Basis, Condition, DisclosureKind, Purpose

if TYPE_CHECKING:
    from homeward.approvals.models import Approval
    from homeward.cases.models import Application, Arrival, Closure, EligibilityDecision, Handover
    from homeward.consent.models import Consent
    from homeward.people.models import Match, Merge, Person
    from homeward.plans.models import PlanVersion
    from homeward.referrals.models import Referral
    from homeward.sharing.models import Disclosure


@command(Action.PERSON_EDIT)
def change_person(
    actor: Actor, *, person_id: UUID, expected_version: int, details: PersonDetails
) -> "Person":
    """Correct what is recorded of a person; lists of cases show the new name at once."""
    person = people.change_person(
        actor, person_id=person_id, expected_version=expected_version, details=details
    )
    everywhere = _everywhere(actor)
    for case in cases_of_same_person(everywhere, person_id):
        note_person_changed(everywhere, case_id=case.case_id, person_id=person_id)
    return person


@command(Action.PERSON_MERGE)
def merge_people(actor: Actor, *, kept_id: UUID, merged_id: UUID) -> "Merge":
    """Join two records of one person; both cases stay, are found under both names, and tell of it."""
    merge = people.merge_people(actor, kept_id=kept_id, merged_id=merged_id)
    _tell_cases(actor, merge)
    return merge


@command(Action.PERSON_MERGE)
def undo_merge(actor: Actor, *, merge_id: UUID) -> "Merge":
    """Part two records that were joined; everything is as before."""
    merge = people.undo_merge(actor, merge_id=merge_id)
    _tell_cases(actor, merge, is_undone=True)
    return merge


@command(Action.PERSON_MERGE)
def answer_match(actor: Actor, *, match_id: UUID, is_same: bool) -> "Match":
    """Answer whether two records are one person; a yes joins them, the later one to the earlier."""
    asked = get_match(actor, match_id)
    match = people.decide_match(actor, match_id=match_id, is_same=is_same)
    if is_same:
        earlier, later = sorted(
            (asked.person, asked.other), key=lambda person: (person.registered_at, person.id)
        )
        merge_people(actor, kept_id=earlier.id, merged_id=later.id)
    return match


@command(Action.ELIGIBILITY_DECIDE)
def decide_eligibility(
    actor: Actor, *, case_id: UUID, answers: Mapping[str, object] | None = None
) -> "EligibilityDecision":
    """Ask the rules that the case goes by about everything on record, and keep what they say.

    `answers` are for facts that nothing on record says; the others are left aside.
    """
    version = version_for(actor, case_id)
    if version is None:
        raise WrongState(_("There are no published rules to decide by. Choose a programme that has some."))
    found = what_if(actor, case_id, version.id, answers=answers)
    open_ones = unanswered(actor, case_id, found.terms)
    kept = {name: plain(found.facts[name]) for name in open_ones if found.facts.get(name) is not None}
    return record_eligibility(
        actor, case_id=case_id, version_id=version.id, explanation=found.explanation, answers=kept
    )


@command(Action.APPLICATION_DECIDE)
def decide_application(
    actor: Actor, *, application_id: UUID, accept: bool, decided_on: date, reasons: str = ""
) -> "Application":
    """Accept or reject what was applied for together; who is accepted gets what the programme gives."""
    application = cases.decide_application(
        actor, application_id=application_id, accept=accept, decided_on=decided_on, reasons=reasons
    )
    for case_id in decided_together(actor, application) if accept else ():
        open_accounts(actor, case_id)
    return application


@command(Action.ARRIVAL_CONFIRM)
def confirm_arrival(
    actor: Actor, *, case_id: UUID, arrived_on: date, place: str, note: str = ""
) -> "Arrival":
    """Say, as the partner who receives, that the person came: windows get their end, visits their days."""
    arrival = cases.confirm_arrival(actor, case_id=case_id, arrived_on=arrived_on, place=place, note=note)
    open_accounts(actor, case_id)
    keep_up_visits(system_actor(arrival.case.lead_organisation_id), case_id=case_id)
    return arrival


@command(Action.PLAN_PROPOSE)
def propose_plan(actor: Actor, *, version_id: UUID, expected_revision: int, note: str = "") -> "PlanVersion":
    """Propose a draft as the programme of the case asks: within the entitlement, to whoever approves it."""
    version = get_plan_version(actor, version_id)
    frame, content = frame_of(actor, version.case_id), content_of(version)
    amount = frame.amount(content)
    return plans.propose_plan(
        actor,
        version_id=version_id,
        expected_revision=expected_revision,
        steps=steps_of(actor, frame, amount),
        rights=frame.rights,
        limits=frame.limits,
        amount=amount,
        note=note,
    )


@command(Action.REFERRAL_DRAFT)
def refer(
    actor: Actor,
    *,
    case_id: UUID,
    service_id: UUID,
    need: str,
    urgency: Urgency = Urgency.ROUTINE,
    follows_id: UUID | None = None,
) -> "Referral":
    """Choose a service of the directory for a person; nothing leaves before it is sent."""
    return referrals.draft_referral(
        actor,
        case_id=case_id,
        service=service_asked(actor, service_id),
        need=need,
        urgency=urgency,
        follows_id=follows_id,
    )


@command(Action.REFERRAL_SEND)
def send_referral(actor: Actor, *, referral_id: UUID, told: Telling) -> "Referral":
    """Send a draft with the few fields chosen: disclosed under an agreement, or written down in a letter."""
    referral = get_referral(actor, referral_id)
    case = get_case(actor, referral.case_id)
    package = settled(lambda: compose(actor, case.id, told.field_codes, told.message), told.approved_digest)
    if not referral.has_account:
        require_own(actor, case, package.categories)
        letter = referrals.LetterTold(told.necessity, told.agreed_on)
        referrals.write_letter(
            actor,
            referral_id=referral.id,
            content=package.content,
            categories=package.categories,
            told=letter,
        )
    receiver = referral.to_organisation_id
    if receiver is None or receiver == actor.organisation_id:
        return referrals.send_referral(actor, referral_id=referral.id)
    disclosure = disclose(
        actor,
        subject_id=case.person_id,
        case_id=case.id,
        organisation_id=receiver,
        purpose=Purpose.REFERRAL,
        ground=ground_of(actor, case, receiver, package.categories, told.basis),
        necessity=told.necessity,
        categories=package.categories,
        kind=DisclosureKind.PACKAGE,
        content=package.content,
        until=now() + SHARED_FOR,
    )
    return referrals.send_referral(actor, referral_id=referral.id, disclosure_id=disclosure.id)


@command(Action.HANDOVER_ACCEPT)
def accept_handover(
    actor: Actor,
    *,
    handover_id: UUID,
    lead_membership_id: UUID | None = None,
    note: str = "",
    why: cases.Justification | None = None,
) -> "Handover":
    """Take a case on or let it go; open referrals are answered to its new lead from then on."""
    handover = cases.accept_handover(
        actor, handover_id=handover_id, lead_membership_id=lead_membership_id, note=note, why=why
    )
    if handover.kind in PASSING:
        referrals.take_over_referrals(next_lead(actor, handover), case_id=handover.case_id)
        keep_up_visits(system_actor(handover.to_organisation_id), case_id=handover.case_id)
    return handover


@command(Action.CASE_CLOSE)
def close_case(
    actor: Actor,
    *,
    case_id: UUID,
    closed_on: date,
    reason: ClosingReason,
    note: str = "",
    own_view_asked: OwnView = OwnView.NOT_ASKED,
    own_view: str = "",
) -> "Closure":
    """Close a case, and take back the referrals that nobody waits for any more."""
    closure = cases.close_case(
        actor,
        case_id=case_id,
        closed_on=closed_on,
        reason=reason,
        note=note,
        own_view_asked=own_view_asked,
        own_view=own_view,
    )
    referrals.withdraw_open_referrals(actor, case_id=case_id, reason=Reason.CASE_CLOSED)
    return closure


@command(Action.APPROVAL_ANSWER)
def answer_approval(
    actor: Actor, *, approval_id: UUID, verdict: Verdict, reasons: str = "", expected_version: int
) -> "Approval":
    """Answer what was asked for approval; the last answer takes effect on its subject at once."""
    approval = approvals.answer_approval(
        actor, approval_id=approval_id, verdict=verdict, reasons=reasons, expected_version=expected_version
    )
    act_on_answer(actor, approval, verdict, reasons.strip())
    return approval


@command(Action.APPROVAL_ASK)
def withdraw_approval(actor: Actor, *, approval_id: UUID) -> "Approval":
    """Take back a question that nobody needs answered any more, with what waited for it."""
    take_back(actor, get_approval(actor, approval_id))
    return get_approval(actor, approval_id)


@command(Action.CONSENT_RECORD)
def record_answer(
    actor: Actor,
    *,
    case_id: UUID,
    asked: Asked,
    evidence: Evidence,
    notice_id: UUID,
    language: str,
    given_on: date,
    is_given: bool,
) -> "Consent":
    """Record what the person of a case answered, yes or no, and tell the case of it."""
    record = consent.record_consent if is_given else consent.record_refusal
    answer = record(
        actor,
        person_id=get_case(actor, case_id).person_id,
        asked=asked,
        evidence=evidence,
        notice_id=notice_id,
        language=language,
        given_on=given_on,
        case_id=case_id,
    )
    tell_of_answer(actor, answer, EventKind.CONSENT_GIVEN if is_given else EventKind.CONSENT_REFUSED)
    return answer


@command(Action.CONSENT_WITHDRAW)
def withdraw_consent(actor: Actor, *, consent_id: UUID, how: WithdrawalWay) -> "Consent":
    """Take a yes back: what rests on it ends at once, everywhere, and the case is told."""
    answer = consent.withdraw(actor, consent_id=consent_id, how=how)
    tell_of_answer(actor, answer, EventKind.CONSENT_WITHDRAWN)
    return answer


def _tell_cases(actor: Actor, merge: "Merge", *, is_undone: bool = False) -> None:
    everywhere = _everywhere(actor)
    cases = {
        case.case_id
        for person_id in (merge.kept_id, merge.merged_id)
        for case in cases_of_same_person(everywhere, person_id)
    }
    for case_id in sorted(cases):
        note_merge(everywhere, case_id=case_id, merge_id=merge.id, is_undone=is_undone)


def _everywhere(actor: Actor) -> Actor:
    """The organisation's other offices have cases of the person too, and these must know."""
    return replace(actor, reach=Reach())


@command(Action.DISCLOSURE_MAKE)
def send_package(
    actor: Actor,
    *,
    case_id: UUID,
    organisation_id: UUID,
    purpose: Purpose,
    field_codes: Collection[str],
    basis: Basis,
    necessity: str,
    condition: Condition | None = None,
    until: datetime | None = None,
    approved_digest: str = "",
) -> "Disclosure":
    """Show chosen fields of a case to another organisation; what is sent is what was looked at."""
    case = get_case(actor, case_id)
    package = settled(lambda: compose_package(actor, case_id, field_codes), approved_digest)
    ground = grounds.ground_of(actor, case, organisation_id, purpose, package.categories, (basis, condition))
    disclosure = disclose(
        actor,
        subject_id=case.person_id,
        case_id=case.id,
        organisation_id=organisation_id,
        purpose=purpose,
        ground=ground,
        necessity=necessity,
        categories=package.categories,
        kind=DisclosureKind.PACKAGE,
        content=package.content,
        until=until,
    )
    tell(actor, case.id, EventKind.SHARED, subject_id=disclosure.id)
    return disclosure
