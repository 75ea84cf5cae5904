"""Reading scoring profiles."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound, WrongState
from homeward.surveys.models import InstrumentVersion, ScoringProfile, Submission
from homeward.surveys.rules import FormState, ProfileState, SubmissionState
from homeward.surveys.scoring.profile import Profile
from homeward.surveys.scoring.reading import profile_from

MOST_WEIGHED = 20_000  # more would change nothing that shows, and take long


def profiles_of(actor: Actor, instrument_id: UUID) -> QuerySet[ScoringProfile]:
    """The profiles of an instrument, newest first; drafts are seen by the organisation that keeps it."""
    actor.require(Action.INSTRUMENT_VIEW)
    return ScoringProfile.objects.filter(instrument_id=instrument_id).order_by("-number")


def get_profile(actor: Actor, profile_id: UUID) -> ScoringProfile:
    """One profile with all it says."""
    actor.require(Action.INSTRUMENT_VIEW)
    found = ScoringProfile.objects.filter(id=profile_id).select_related("instrument").first()
    if found is None:
        raise NotFound
    return found


def draft_profile(actor: Actor, profile_id: UUID, expected_version: int) -> ScoringProfile:
    """The actor's own draft, locked, as they last saw it."""
    own = ScoringProfile.objects.filter(id=profile_id, organisation_id=actor.organisation_id)
    draft = own.select_for_update().first()
    if draft is None:
        raise NotFound
    if draft.state != ProfileState.DRAFT:
        raise WrongState
    if draft.version != expected_version:
        raise EditConflict
    return draft


def profiles_in_use(actor: Actor, instrument_ids: Iterable[UUID] | None = None) -> dict[UUID, ScoringProfile]:
    """The profile by which each instrument is scored now, by the id of the instrument."""
    used = ScoringProfile.objects.filter(state=ProfileState.IN_USE)
    if instrument_ids is not None:
        used = used.filter(instrument_id__in=instrument_ids)
    return {one.instrument_id: one for one in used}


def read_terms(profile: ScoringProfile) -> Profile:
    """What a profile says, ready for scoring; remembered once it is in use, for then it never changes."""
    if profile.state == ProfileState.DRAFT:
        return profile_from(profile.terms)
    return _kept_terms(profile.id)


@lru_cache(maxsize=64)
def _kept_terms(profile_id: UUID) -> Profile:
    kept = ScoringProfile.objects.exclude(state=ProfileState.DRAFT).values_list("terms", flat=True)
    return profile_from(kept.get(id=profile_id))


def form_to_score(instrument_id: UUID) -> InstrumentVersion | None:
    """The form that profiles of an instrument are held against: the newest that was published."""
    published = InstrumentVersion.objects.filter(instrument_id=instrument_id).exclude(state=FormState.DRAFT)
    return published.order_by("-number").first()


def answers_to_weigh(
    actor: Actor, instrument_id: UUID, since: date | None = None, until: date | None = None
) -> list[dict[str, Any]]:
    """The answers of the organisation's own forms that stand and wait for no second look, newest first."""
    own = Submission.objects.filter(
        organisation_id=actor.organisation_id,
        form__instrument_id=instrument_id,
        superseded_by=None,
        erased_at=None,
        state=SubmissionState.COMPLETE,
    )
    if since:
        own = own.filter(received_at__date__gte=since)
    if until:
        own = own.filter(received_at__date__lte=until)
    return list(own.order_by("-id").values_list("answers", flat=True)[:MOST_WEIGHED])
