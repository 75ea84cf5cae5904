"""Reading scores, and what waits to be scored."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import require_case
from homeward.followup.queries import visible_visits
from homeward.lib.problems import NotFound
from homeward.outcomes.models import Outcome, Rescoring
from homeward.outcomes.rules import RoundPicture, Side, SideScore
from homeward.surveys.queries import visible_submissions
from homeward.surveys.rules import SubmissionState
from homeward.surveys.scoring.queries import profiles_in_use, read_terms

if TYPE_CHECKING:
    from homeward.followup.models import Visit
    from homeward.surveys.models import ScoringProfile, Submission


def outcomes_of(actor: Actor, case_id: UUID) -> QuerySet[Outcome]:
    """The scores of a case that count now, in order of time, with form and profile."""
    actor.require(Action.OUTCOME_VIEW)
    require_case(actor, case_id)
    return _current(case_id).order_by("on", "visit_id")


def rounds_of(actor: Actor, case_id: UUID) -> list[RoundPicture]:
    """The rounds of the person of a case; members of the household have their own."""
    found = list(outcomes_of(actor, case_id).filter(member_id=None))
    flagged = set(
        visible_submissions(actor)
        .filter(id__in=[one.submission_id for one in found], state=SubmissionState.FLAGGED)
        .values_list("id", flat=True)
    )
    return [picture_of(one, is_flagged=one.submission_id in flagged) for one in found]


def newest_round(actor: Actor, case_id: UUID) -> RoundPicture | None:
    """The last round of the person of a case that `get_case` gave the actor."""
    actor.require(Action.OUTCOME_VIEW)
    newest = _current(case_id).filter(member_id=None).order_by("-on", "-visit_id").first()
    return picture_of(newest) if newest else None


def picture_of(outcome: Outcome, *, is_flagged: bool = False) -> RoundPicture:
    """One row of scores as one round of a person's picture."""
    terms = read_terms(outcome.profile)
    sides = {}
    for side in Side:
        told: Mapping[str, Any] = outcome.reasons.get(side.value, {})
        value = getattr(outcome, side.value)
        sides[side] = SideScore(
            value=value,
            coverage=getattr(outcome, f"{side.value}_coverage"),
            reason=told.get("reason", ""),
            missing=told.get("missing", {}),
            band=terms.band_of(value),
        )
    return RoundPicture(
        outcome_id=outcome.id,
        visit_id=outcome.visit_id,
        round=outcome.round,
        on=outcome.on,
        sides=sides,
        form_number=outcome.form.number,
        profile_id=outcome.profile_id,
        profile_number=outcome.profile.number,
        is_provisional=outcome.profile.is_provisional,
        is_flagged=is_flagged,
    )


def profiles_by_code(actor: Actor) -> "dict[str, ScoringProfile]":
    """The profile in use of each instrument that has one, by the instrument's code."""
    return {read_terms(one).instrument: one for one in profiles_in_use(actor).values()}


def visits_to_score(actor: Actor, codes: list[str]) -> "QuerySet[Visit]":
    """Visits with answers that the organisation received and nobody has scored, the first first."""
    scored = Outcome.objects.filter(visit_id=OuterRef("pk"), submission_id=OuterRef("submission_id"))
    received = readable_submissions(actor).values("id")
    visits = visible_visits(actor).filter(instrument__in=codes, submission_id__in=received)
    return visits.exclude(Exists(scored)).order_by("submission_id")


def readable_submissions(actor: Actor) -> "QuerySet[Submission]":
    """Submissions of the actor's organisation whose answers can be read: not erased, not encrypted."""
    own = visible_submissions(actor).filter(organisation_id=actor.organisation_id, erased_at=None)
    return own.exclude(answers={})


def outcomes_to_rescore(actor: Actor, profile: "ScoringProfile") -> QuerySet[Outcome]:
    """Scores of the organisation that another profile of the same instrument made, in a lasting order."""
    others = Q(profile__instrument_id=profile.instrument_id) & ~Q(profile_id=profile.id)
    current = Outcome.objects.filter(others, organisation_id=actor.organisation_id, is_current=True)
    return current.order_by("id")


def get_rescoring(actor: Actor, rescoring_id: UUID) -> Rescoring:
    """How far scoring anew has got, or NotFound."""
    actor.require(Action.OUTCOME_RESCORE)
    own = Rescoring.objects.filter(id=rescoring_id, organisation_id=actor.organisation_id)
    found = own.select_related("profile").first()
    if found is None:
        raise NotFound
    return found


def last_rescoring(actor: Actor, profile: "ScoringProfile") -> Rescoring | None:
    """The last time the organisation scored older rounds by this profile, and how far it has got."""
    actor.require(Action.OUTCOME_RESCORE)
    own = Rescoring.objects.filter(organisation_id=actor.organisation_id, profile=profile)
    return own.order_by("-started_at").first()


def _current(case_id: UUID) -> QuerySet[Outcome]:
    """Scores that count now, with form and profile but nothing heavy of them."""
    found = Outcome.objects.filter(case_id=case_id, is_current=True).select_related("form", "profile")
    return found.defer("form__xform", "form__questions", "form__warnings", "profile__derivation")
