"""Keeping what the rules said of a person, and going by another answer when two people stand by it."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.approvals.commands import ask_approval, withdraw_approval
from homeward.approvals.rules import SubjectKind, Verdict
from homeward.cases.journey_rules import Override
from homeward.cases.models import EligibilityDecision
from homeward.cases.obstacles import require_text
from homeward.cases.queries import case_for_edit, get_case
from homeward.cases.queries.eligibility import eligibility_for_edit, is_own_request, live_eligibility
from homeward.cases.queries.journey import waiting_application
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell
from homeward.lib.problems import WrongState
from homeward.programmes.eligibility import Explanation, Outcome, dump_explanation
from homeward.programmes.queries import get_version, steps_asked
from homeward.programmes.terms import ApprovalSubject


@command(Action.ELIGIBILITY_DECIDE)
def record_eligibility(
    actor: Actor,
    *,
    case_id: UUID,
    version_id: UUID,
    explanation: Explanation,
    answers: Mapping[str, object],
) -> EligibilityDecision:
    """Keep what a version's rules said of the person; an earlier answer is superseded and stays."""
    case = case_for_edit(actor, case_id)
    earlier = live_eligibility(actor, case.id, for_update=True)
    if earlier:
        if earlier.override == Override.ASKED and is_own_request(actor, earlier):
            _take_back(actor, earlier)
        earlier.superseded_at = now()
        earlier.save(update_fields=["superseded_at"])
    made = EligibilityDecision.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        programme_version=get_version(actor, version_id),
        application=waiting_application(actor, case.id),
        outcome=explanation.outcome,
        explanation=dump_explanation(explanation),
        answers=dict(answers),
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
    )
    save_case(case)
    tell(actor, case.id, EventKind.ELIGIBILITY_DECIDED, on=localdate(), subject_id=made.id)
    return made


@command(Action.OVERRIDE_ASK)
def ask_override(actor: Actor, *, decision_id: UUID, reason: str) -> EligibilityDecision:
    """Ask that a person is taken as eligible although the rules did not say so, and say why."""
    require_text(reason=reason)
    decision = eligibility_for_edit(actor, decision_id)
    if decision.outcome == Outcome.ELIGIBLE:
        raise WrongState(_("The rules say already that the person is eligible."))
    if decision.override in (Override.ASKED, Override.CONFIRMED):
        raise WrongState(_("This was asked already."))
    decision.override, decision.override_reason = Override.ASKED, reason.strip()
    decision.override_asked_by_id, decision.override_asked_by_name = actor.user_id, actor.name
    decision.override_asked_at = now()
    decision.override_answered_by_id, decision.override_answered_by_name = None, ""
    decision.override_answered_at, decision.override_answer = None, ""
    decision.override_approval = ask_approval(
        actor,
        subject_kind=SubjectKind.ELIGIBILITY_OVERRIDE,
        subject_id=decision.id,
        steps=steps_asked(
            actor, decision.programme_version, ApprovalSubject.ELIGIBILITY_OVERRIDE, at_least_one=True
        ),
        case_id=decision.case_id,
        reference=get_case(actor, decision.case_id).reference,
        reason=decision.override_reason,
    )
    decision.save()
    tell(actor, decision.case_id, EventKind.OVERRIDE_ASKED, on=localdate(), subject_id=decision.id)
    return decision


@command(Action.OVERRIDE_ASK)
def take_override_back(actor: Actor, *, decision_id: UUID) -> EligibilityDecision:
    """Take back what one's own organisation asked for; nobody needs to answer it any more."""
    return _take_back(actor, eligibility_for_edit(actor, decision_id, may_be_superseded=True))


@command(Action.OVERRIDE_TAKE_ANSWER)
def take_override_answer(
    actor: Actor, *, decision_id: UUID, verdict: Verdict, reasons: str = "", by_id: UUID, by_name: str
) -> EligibilityDecision:
    """Do to a decision what the second person answered; only the system acts on an answer.

    When it was decided again meanwhile, the answer stays on record and counts for nothing.
    """
    decision = eligibility_for_edit(actor, decision_id, may_be_superseded=True)
    if decision.override != Override.ASKED:
        raise WrongState(_("Nobody waits for this answer any more."))
    decision.override, told = TAKEN[verdict]
    decision.override_answer = reasons
    decision.override_answered_by_id, decision.override_answered_by_name = by_id, by_name
    decision.override_answered_at = now()
    decision.save()
    tell(actor, decision.case_id, told, on=localdate(), subject_id=decision.id)
    return decision


TAKEN = {
    Verdict.APPROVE: (Override.CONFIRMED, EventKind.OVERRIDE_CONFIRMED),
    Verdict.DECLINE: (Override.DECLINED, EventKind.OVERRIDE_DECLINED),
    Verdict.SEND_BACK: (Override.SENT_BACK, EventKind.OVERRIDE_SENT_BACK),
}


def _take_back(actor: Actor, decision: EligibilityDecision) -> EligibilityDecision:
    if decision.override != Override.ASKED or decision.override_approval_id is None:
        raise WrongState(_("Nobody waits for this answer any more."))
    withdraw_approval(actor, approval_id=decision.override_approval_id)
    decision.override, decision.override_approval = Override.NONE, None
    decision.override_reason = ""
    decision.save()
    tell(actor, decision.case_id, EventKind.OVERRIDE_TAKEN_BACK, on=localdate(), subject_id=decision.id)
    return decision
