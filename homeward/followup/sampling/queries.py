"""Reading samples and their members: pseudonyms, never names."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.followup.models import Sample, SampleMember
from homeward.followup.sampling.drawing import How, by_group, draw, hash_of_draw, hash_of_frame
from homeward.followup.sampling.progress import (
    Asked,
    GroupProgress,
    Next,
    Rates,
    next_of,
    progress_of,
    rates_of,
    weights_of,
)
from homeward.followup.sampling.rules import ASKED, Allocation, Design, MemberRole, SampleState
from homeward.lib.problems import NotFound

MOST_NEXT = 20
COLUMNS = (
    "id",
    "visit_id",
    "visit__key",
    "group",
    "line",
    "role",
    "probability",
    "visit__state",
    "visit__outcome",
    "visit__not_needed_because",
    "visit__attempts_made",
    "visit__opens_on",
    "visit__closes_on",
    "visit__planned_on",
)


@dataclass(frozen=True)
class Picture:
    """How far a sample has got; `gone` counts members who may no longer be seen or were erased."""

    members: tuple[Asked, ...]
    groups: tuple[GroupProgress, ...]
    rates: Rates
    next: tuple[Next, ...]
    replaced: frozenset[UUID]
    weights: Mapping[UUID, float]
    gone: int


@dataclass(frozen=True)
class Redrawn:
    """Whether drawing again from the kept list finds the same; not to be told once some of it is gone."""

    gone: int
    is_same: bool | None


def visible_samples(actor: Actor) -> QuerySet[Sample]:
    """The samples of the actor's organisation, the newest first."""
    actor.require(Action.SAMPLE_VIEW)
    return Sample.objects.filter(organisation_id=actor.organisation_id).order_by("-planned_at", "id")


def get_sample(actor: Actor, sample_id: UUID) -> Sample:
    """One sample, or NotFound."""
    found = visible_samples(actor).filter(id=sample_id).select_related("of", "double").first()
    if found is None:
        raise NotFound
    return found


def sample_for_edit(actor: Actor, sample_id: UUID) -> Sample:
    """One sample that is planned and not drawn yet, locked."""
    own = visible_samples(actor).filter(id=sample_id, state=SampleState.PLANNED)
    found = own.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def members_of(actor: Actor, sample_id: UUID) -> list[Asked]:
    """Whom a sample asks, in the order of the draw."""
    return _asked(get_sample(actor, sample_id))


def member_of(actor: Actor, sample: Sample, member_id: UUID) -> Asked:
    """One whom a sample of the actor's asks, or NotFound."""
    found = next((one for one in _asked(sample) if one.id == member_id), None)
    if found is None:
        raise NotFound
    return found


def picture_of(actor: Actor, sample: Sample) -> Picture:
    """How far a sample that `get_sample` gave has got, how well it was answered, whom to try next."""
    members, replaced = _asked(sample), replaced_in(sample)
    people = people_of(sample)
    first = followed_by(sample)
    open_ = [one for one in members if one.id not in replaced and one.visit_id not in first]
    return Picture(
        members=tuple(members),
        groups=tuple(progress_of(members, people)),
        rates=rates_of(members, people),
        next=tuple(_next(open_, members, people)),
        replaced=replaced,
        weights=weights_of(members, replaced, first),
        gone=_gone(sample),
    )


def people_of(sample: Sample) -> dict[str, int]:
    """How many people of the frame each group had when the sample was drawn."""
    return {one["name"]: one["people"] for one in sample.groups}


def replaced_in(sample: Sample) -> frozenset[UUID]:
    """The members whose place somebody took."""
    taken = sample.members.filter(role=MemberRole.SUBSTITUTE)
    return frozenset(one for one in taken.values_list("stands_for", flat=True) if one)


def followed_by(sample: Sample) -> Mapping[UUID, float]:
    """By visit, the share with which the double sample took those who were not reached; 0 if it did not."""
    double = getattr(sample, "double", None)
    if double is None or double.state != SampleState.DRAWN:
        return {}
    rows = double.members.values_list("visit_id", "role", "probability")
    return {visit: share if role in ASKED else 0.0 for visit, role, share in rows}


def drawn_again(actor: Actor, sample_id: UUID) -> Redrawn:
    """Draw once more from the list as it was kept, with the same seed."""
    sample = get_sample(actor, sample_id)
    if sample.state != SampleState.DRAWN:
        raise NotFound
    rows = list(sample.members.values_list("visit__key", "group"))
    gone = sample.frame_count - len(rows)
    if gone:
        return Redrawn(gone, None)
    placed = draw(by_group((str(key), group) for key, group in rows), how_of(sample))
    chosen = [(one.group, one.key, one.line) for one in placed if one.role == MemberRole.CHOSEN]
    is_frame = hash_of_frame(str(key) for key, _group in rows) == sample.frame_hash
    return Redrawn(0, is_frame and hash_of_draw(chosen) == sample.draw_hash)


def how_of(sample: Sample) -> How:
    """How a sample is drawn."""
    return How(
        design=Design(sample.design),
        size=sample.size,
        seed=sample.seed,
        allocation=Allocation(sample.allocation),
        least=sample.least,
        clusters=sample.clusters,
    )


def _next(open_: list[Asked], members: list[Asked], people: Mapping[str, int]) -> list[Next]:
    """The order comes from everybody, so that those who are not tried any more still count as tried."""
    wanted = {one.id for one in open_}
    ordered = next_of(members, people, len(members))
    return [one for one in ordered if one.member.id in wanted][:MOST_NEXT]


def _asked(sample: Sample) -> list[Asked]:
    rows = sample.members.filter(role__in=ASKED).order_by("group", "line", "id").values_list(*COLUMNS)
    return [Asked(*row) for row in rows]


def _gone(sample: Sample) -> int:
    if sample.state != SampleState.DRAWN:
        return 0
    return sample.frame_count - SampleMember.objects.filter(sample=sample).count()
