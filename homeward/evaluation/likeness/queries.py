"""Reading what became of comparable people: an organisation sees what it published itself."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.evaluation.likeness.rules import ComparisonState, Profile, keys_of
from homeward.evaluation.models import Comparison, LikePeople
from homeward.lib.problems import NotFound


@dataclass(frozen=True)
class Likeness:
    """What can be said for a profile: the comparison in use, and the group, if enough people stand in one."""

    profile: Profile
    comparison: Comparison | None
    group: LikePeople | None


def visible_comparisons(actor: Actor) -> QuerySet[Comparison]:
    """What the organisation published, the newest first."""
    actor.require(Action.COMPARISON_VIEW)
    return Comparison.objects.filter(organisation_id=actor.organisation_id).order_by("-published_at", "-id")


def get_comparison(actor: Actor, comparison_id: UUID) -> Comparison:
    """One publication of the organisation."""
    found = visible_comparisons(actor).filter(id=comparison_id).first()
    if found is None:
        raise NotFound
    return found


def comparison_in_use(actor: Actor) -> Comparison | None:
    """The newest that is ready; none where the organisation published nothing, or took it away."""
    return visible_comparisons(actor).filter(state=ComparisonState.READY).first()


def comparison_of_extract(actor: Actor, extract_id: UUID) -> Comparison | None:
    """The last publication of an extract."""
    return visible_comparisons(actor).filter(extract_id=extract_id).first()


def comparisons_to_make(actor: Actor) -> QuerySet[Comparison]:
    """Those that wait for the worker."""
    return visible_comparisons(actor).filter(state=ComparisonState.ASKED)


def likeness_of(actor: Actor, profile: Profile, comparison: Comparison | None) -> Likeness:
    """The closest group with enough people that stands for a profile."""
    actor.require(Action.COMPARISON_VIEW)
    if comparison is None:
        return Likeness(profile, None, None)
    own = LikePeople.objects.filter(organisation_id=actor.organisation_id, comparison_id=comparison.id)
    return Likeness(profile, comparison, own.filter(key__in=keys_of(profile)).order_by("level").first())
