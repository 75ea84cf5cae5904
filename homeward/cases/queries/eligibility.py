"""Reading what the rules said of a person, now and before."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import Override
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


def eligibility_for_edit(actor: Actor, decision_id: UUID) -> EligibilityDecision:
    """The decision, locked, when it still stands."""
    found = EligibilityDecision.objects.filter(id=decision_id, case__in=visible_cases(actor))
    decision = _one(found.select_for_update(of=("self",)))
    if decision.superseded_at:
        raise WrongState
    return decision


def overrides_to_answer(actor: Actor) -> QuerySet[EligibilityDecision]:
    """What waits for this actor as the second person, oldest first; never what they asked for."""
    if not actor.may(Action.OVERRIDE_ANSWER):
        return EligibilityDecision.objects.none()
    waiting = EligibilityDecision.objects.filter(
        Exists(visible_cases(actor).filter(id=OuterRef("case_id"))),
        override=Override.ASKED,
        superseded_at=None,
    )
    related = ("case__person", "programme_version__programme")
    others = waiting.exclude(override_asked_by_id=actor.user_id)
    return others.select_related(*related).order_by("override_asked_at", "id")


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
