"""Keeping what the rules said of a person, and going by another answer when two people stand by it."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import Override
from homeward.cases.models import EligibilityDecision
from homeward.cases.obstacles import require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.eligibility import eligibility_for_edit, live_eligibility
from homeward.cases.queries.journey import waiting_application
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell
from homeward.lib.problems import Problem, Refused, WrongState
from homeward.programmes.eligibility import Explanation, Outcome, dump_explanation
from homeward.programmes.queries import get_version, terms_of
from homeward.programmes.terms import Answering, ApprovalSubject


class OwnOverride(Problem):
    """Who asks for another answer than the rules gave never confirms it."""

    status = 403
    code = "own_override"
    message = _("You asked for this yourself. A colleague has to answer it.")


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
    decision.save()
    tell(actor, decision.case_id, EventKind.OVERRIDE_ASKED, on=localdate(), subject_id=decision.id)
    return decision


@command(Action.OVERRIDE_ANSWER)
def confirm_override(actor: Actor, *, decision_id: UUID) -> EligibilityDecision:
    """Stand by another answer than the rules gave, as the second person."""
    return _answer(actor, decision_id, Override.CONFIRMED, "")


@command(Action.OVERRIDE_ANSWER)
def decline_override(actor: Actor, *, decision_id: UUID, reasons: str) -> EligibilityDecision:
    """Leave it at what the rules said, and say why."""
    require_text(reasons=reasons)
    return _answer(actor, decision_id, Override.DECLINED, reasons.strip())


def _answer(actor: Actor, decision_id: UUID, answer: Override, reasons: str) -> EligibilityDecision:
    decision = eligibility_for_edit(actor, decision_id)
    if decision.override != Override.ASKED:
        raise WrongState(_("Nobody waits for this answer any more."))
    if decision.override_asked_by_id == actor.user_id:
        raise OwnOverride
    _require_part(actor, decision)
    decision.override, decision.override_answer = answer, reasons
    decision.override_answered_by_id, decision.override_answered_by_name = actor.user_id, actor.name
    decision.override_answered_at = now()
    decision.save()
    kinds = {
        Override.CONFIRMED: EventKind.OVERRIDE_CONFIRMED,
        Override.DECLINED: EventKind.OVERRIDE_DECLINED,
    }
    tell(actor, decision.case_id, kinds[answer], on=localdate(), subject_id=decision.id)
    return decision


def _require_part(actor: Actor, decision: EligibilityDecision) -> None:
    """Raise Refused when the programme's terms leave this answer to somebody else."""
    version = decision.programme_version
    for step in terms_of(version).steps(ApprovalSubject.ELIGIBILITY_OVERRIDE, 0):
        by_programme = step.organisation == Answering.PROGRAMME
        if actor.role not in step.roles or (
            by_programme and actor.organisation_id != version.organisation_id
        ):
            raise Refused(_("The programme leaves this answer to somebody in another role or organisation."))
