"""Reading what the rules said of a person, now and before."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actor import Actor
from homeward.approvals.queries import visible_approvals
from homeward.cases.models import Case, EligibilityDecision
from homeward.cases.queries.cases import visible_cases
from homeward.lib.problems import NotFound, WrongState
from homeward.programmes.eligibility import Explanation, read_explanation
from homeward.programmes.queries import terms_of


def eligibility_of_case(actor: Actor, case_id: UUID) -> QuerySet[EligibilityDecision]:
    """Every decision about a case that `get_case` has let the actor into, newest first."""
    related = ("programme_version__programme", "organisation")
    found = EligibilityDecision.objects.filter(case_id=case_id).select_related(*related)
    return found.order_by("-decided_at", "-id")


def live_eligibility(actor: Actor, case_id: UUID, *, for_update: bool = False) -> EligibilityDecision | None:
    """The decision that stands, or None."""
    live = eligibility_of_case(actor, case_id).filter(superseded_at=None)
    return (live.select_for_update(of=("self",)) if for_update else live).first()


def get_eligibility(actor: Actor, decision_id: UUID) -> EligibilityDecision:
    """One decision about a case the actor may read."""
    return _one(EligibilityDecision.objects.filter(id=decision_id, case__in=visible_cases(actor)))


def eligibility_for_edit(
    actor: Actor, decision_id: UUID, *, may_be_superseded: bool = False
) -> EligibilityDecision:
    """The decision, locked, when it still stands; what was asked of an earlier one still ends."""
    found = EligibilityDecision.objects.filter(id=decision_id, case__in=visible_cases(actor))
    decision = _one(found.select_for_update(of=("self",)))
    if decision.superseded_at and not may_be_superseded:
        raise WrongState
    return decision


def is_own_request(actor: Actor, decision: EligibilityDecision) -> bool:
    """Whether the actor's organisation asked for the exception."""
    asked = visible_approvals(actor).filter(id=decision.override_approval_id)
    return asked.filter(organisation_id=actor.organisation_id).exists()


def explanation_of(decision: EligibilityDecision) -> Explanation:
    """The lines as they were when it was decided."""
    return read_explanation(decision.explanation)


def needs_eligibility(case: Case) -> bool:
    """Whether the version that the case goes by asks anything of a person."""
    if case.programme_version is None:
        return False
    terms = terms_of(case.programme_version)
    return bool(terms.eligibility or terms.windows)


def without_eligibility(actor: Actor, cases: Iterable[Case]) -> list[Case]:
    """Those of the cases that may not be accepted yet: nobody decided, or the answer is not yes."""
    asked = [case for case in cases if needs_eligibility(case)]
    live = EligibilityDecision.objects.filter(case__in=asked, superseded_at=None)
    eligible = {
        (one.case_id, one.programme_version_id) for one in live.defer("explanation") if one.is_eligible
    }
    return [case for case in asked if (case.id, case.programme_version_id) not in eligible]


def _one(found: QuerySet[EligibilityDecision]) -> EligibilityDecision:
    decision = found.select_related("programme_version__programme").first()
    if decision is None:
        raise NotFound
    return decision
