"""REST: samples of a round, whom they ask by pseudonym, how far they got."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Short
from homeward.api.looking import MOST
from homeward.api.operations import creates, ends, finds, reads
from homeward.cases.rules import ReturnType
from homeward.followup.sampling import commands, queries
from homeward.followup.sampling.frames import preview
from homeward.followup.sampling.progress import Asked
from homeward.followup.sampling.rules import (
    Aim,
    Allocation,
    Design,
    Ended,
    FrameRule,
    MemberRole,
    ReplaceWhen,
    SampleState,
    SizeAsked,
    TellApart,
    size_of,
)
from homeward.lib.problems import Invalid
from homeward.people.rules import Sex

router = Router(tags=["samples"])
Share = Annotated[float, Field(ge=0, le=1)]
SomeShare = Annotated[float, Field(ge=0.001, le=1)]
Surely = Annotated[float, Field(ge=0.5, le=0.999)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Seed = Annotated[Short, Field(max_length=64)]


class FrameRuleIn(Schema):
    """Who belongs: visits of one round; whatever is left out asks for nothing."""

    round: Annotated[Short, Field(min_length=1, max_length=40)]
    programme_id: UUID | None = None
    partner_id: UUID | None = None
    from_months: Annotated[int, Field(ge=0, le=240)] = 0
    to_months: Annotated[int, Field(ge=0, le=240)] | None = None
    places: Annotated[list[Short], Field(max_length=200)] = []
    sexes: Annotated[list[Sex], Field(max_length=10)] = []
    return_types: Annotated[list[ReturnType], Field(max_length=10)] = []

    def rule(self) -> FrameRule:
        told: dict[str, Any] = self.dict()
        for name in ("places", "sexes", "return_types"):
            told[name] = tuple(str(one) for one in told[name])
        return FrameRule(**told)


class SampleSizeIn(Schema):
    """What the sample has to be large enough for; shares, margins and rates from 0 to 1."""

    aim: Aim
    number: Count = 0
    margin: SomeShare = 0.05
    expected: Share = 0.5
    sd: SomeShare = 0.2
    difference: SomeShare = 0.05
    power: Surely = 0.8
    confidence: Surely = 0.95
    response: SomeShare = 1.0
    icc: Share = 0.0
    per_cluster: Annotated[float, Field(ge=1, le=10_000)] = 1.0


class SampleSizeAskedIn(SampleSizeIn):
    people: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None


class SampleSizeOut(Schema):
    """How many have to answer and how many to contact; `is_short` when there are not so many people."""

    answers: int
    contacts: int
    effect: float
    is_short: bool


class FramePreviewIn(Schema):
    rule: FrameRuleIn
    by: TellApart = TellApart.PLACE


class FramePreviewOut(Schema):
    """How many belong; nothing when they are few. The group without a name holds all small ones."""

    count: int | None
    groups: list[tuple[str, int]]


class SamplePlanIn(Schema):
    name: Annotated[Short, Field(min_length=1)]
    rule: FrameRuleIn
    size: SampleSizeIn
    design: Design = Design.SIMPLE
    by: TellApart = TellApart.PLACE
    allocation: Allocation = Allocation.PROPORTIONAL
    least: Count = 0
    clusters: Annotated[int, Field(ge=1, le=10_000)] = 1
    seed: Seed = ""
    replace_when: ReplaceWhen = ReplaceWhen.NOT_IN_FRAME
    replace_after: Annotated[int, Field(ge=1, le=100)] = 5


class SampleDrawIn(Schema):
    expected_version: Annotated[int, Field(ge=1, le=999_999_999)]


class SubstituteIn(Schema):
    member_id: UUID


class DoubleSampleIn(Schema):
    share: Annotated[float, Field(gt=0, le=1)]
    seed: Seed = ""


class DrawnGroupOut(Schema):
    """A group of the frame as it was drawn."""

    name: str
    people: int
    drawn: int


class SampleOut(Schema):
    """A sample; `rule` and `asked` are as they were told when it was planned."""

    id: UUID
    of_id: UUID | None
    name: str
    round: str
    rule: dict[str, Any]
    design: Design
    by: TellApart
    allocation: Allocation
    least: int
    clusters: int
    size: int
    asked: dict[str, Any]
    seed: str
    replace_when: ReplaceWhen
    replace_after: int
    state: SampleState
    frame_count: int
    frame_hash: str
    draw_hash: str
    groups: list[DrawnGroupOut]
    planned_by_name: str
    planned_at: datetime
    drawn_by_name: str
    drawn_at: datetime | None
    version: int


class SampleGroupOut(Schema):
    """How far one group has got; `ended` counts its members by what became of them."""

    name: str
    people: int
    asked: int
    ended: dict[str, int]


class SampleProgressOut(Schema):
    """How far a sample has got; rates by AAPOR's definitions, evenness is the R-indicator."""

    id: UUID
    groups: list[SampleGroupOut]
    response: float | None
    cooperation: float | None
    refusal: float | None
    contact: float | None
    evenness: float | None
    gone: int


class SampleMemberOut(Schema):
    """One whom the sample asks: a key, never a name. `weight` is for how many people they stand."""

    id: UUID
    key: UUID
    group: str
    line: int
    role: MemberRole
    ended: Ended
    attempts: int
    opens_on: date
    closes_on: date
    probability: float
    weight: float


class NextContactOut(Schema):
    """Somebody to try next; `gain` is of the most useful one, from 0 to 1."""

    member_id: UUID
    visit_id: UUID
    key: UUID
    group: str
    attempts: int
    gain: float


class SubstituteOut(Schema):
    """Who took a place."""

    id: UUID
    stands_for: UUID
    group: str
    line: int
    role: MemberRole


@reads(router, "/", Action.SAMPLE_VIEW, list[SampleOut])
def list_samples(request: HttpRequest) -> object:
    """The samples of the caller's organisation, the newest first."""
    actor = actor_of(request)
    remember_reading(actor, Action.SAMPLE_VIEW, subject_id=None)
    return queries.visible_samples(actor)[:MOST]


@creates(router, "/", Action.SAMPLE_PLAN, SampleOut)
def plan_sample(request: HttpRequest, body: SamplePlanIn) -> object:
    """Write down whom a sample is drawn from, how, and how large."""
    told = {**body.dict(exclude={"rule", "size"}), "rule": body.rule.rule()}
    plan = commands.SamplePlan(**told, asked=SizeAsked(**body.size.dict()))
    return commands.plan_sample(actor_of(request), plan=plan)


@finds(router, "/frame", Action.SAMPLE_VIEW, FramePreviewOut)
def preview_sample_frame(request: HttpRequest, body: FramePreviewIn) -> object:
    """How many people a rule takes in, and of which groups."""
    return preview(actor_of(request), body.rule.rule(), body.by, localdate())


@finds(router, "/size", Action.SAMPLE_VIEW, SampleSizeOut)
def calculate_sample_size(request: HttpRequest, body: SampleSizeAskedIn) -> object:
    """How large a sample has to be for what is wanted of it."""
    actor_of(request).require(Action.SAMPLE_VIEW)
    try:
        return size_of(SizeAsked(**body.dict(exclude={"people"})), body.people)
    except ValueError as wrong:
        raise Invalid(_("No size follows from these numbers.")) from wrong


@reads(router, "/{uuid:sample_id}", Action.SAMPLE_VIEW, SampleOut)
def view_sample(request: HttpRequest, sample_id: UUID) -> object:
    """One sample."""
    actor = actor_of(request)
    sample = queries.get_sample(actor, sample_id)
    remember_reading(actor, Action.SAMPLE_VIEW, subject_id=sample.id)
    return sample


@ends(router, "/{uuid:sample_id}", Action.SAMPLE_PLAN, SampleOut)
def discard_sample(request: HttpRequest, sample_id: UUID) -> object:
    """Take back a plan that was not drawn."""
    return commands.discard_sample(actor_of(request), sample_id=sample_id)


@reads(router, "/{uuid:sample_id}/progress", Action.SAMPLE_VIEW, SampleProgressOut)
def view_sample_progress(request: HttpRequest, sample_id: UUID) -> object:
    """How far a sample has got, group by group, and its rates."""
    picture = _picture(request, sample_id)
    groups = [
        {**vars(one), "ended": {str(ended): n for ended, n in one.ended.items()}} for one in picture.groups
    ]
    told = {"id": sample_id, "groups": groups, "gone": picture.gone}
    return {**told, **vars(picture.rates)}


@reads(router, "/{uuid:sample_id}/members", Action.SAMPLE_VIEW, list[SampleMemberOut])
def list_sample_members(request: HttpRequest, sample_id: UUID) -> object:
    """Everybody whom a sample asks, by pseudonym, with what they stand for."""
    picture = _picture(request, sample_id)
    return [_told(one, picture.weights[one.id]) for one in picture.members]


@reads(router, "/{uuid:sample_id}/next", Action.SAMPLE_VIEW, list[NextContactOut])
def list_next_contacts(request: HttpRequest, sample_id: UUID) -> object:
    """Whom to try next, the most useful first; at most 20."""
    picture = _picture(request, sample_id)
    columns = ("visit_id", "key", "group", "attempts")
    return [
        {
            "member_id": one.member.id,
            "gain": one.gain,
            **{name: getattr(one.member, name) for name in columns},
        }
        for one in picture.next
    ]


@creates(router, "/{uuid:sample_id}/draw", Action.SAMPLE_DRAW, SampleOut)
def draw_sample(request: HttpRequest, sample_id: UUID, body: SampleDrawIn) -> object:
    """Freeze the list of everybody who belongs, and draw from it; this is done once."""
    return commands.draw_sample(actor_of(request), sample_id=sample_id, **body.dict())


@creates(router, "/{uuid:sample_id}/substitutes", Action.SAMPLE_REPLACE, SubstituteOut)
def replace_in_sample(request: HttpRequest, sample_id: UUID, body: SubstituteIn) -> object:
    """Let the next in line take a place, if the rule of the sample allows it."""
    return commands.replace_unreached(actor_of(request), sample_id=sample_id, member_id=body.member_id)


@creates(router, "/{uuid:sample_id}/double", Action.SAMPLE_DRAW, SampleOut)
def draw_double_sample(request: HttpRequest, sample_id: UUID, body: DoubleSampleIn) -> object:
    """Draw a random part of those who were not reached, to follow it up until it answers."""
    return commands.draw_double_sample(actor_of(request), sample_id=sample_id, **body.dict())


def _picture(request: HttpRequest, sample_id: UUID) -> queries.Picture:
    actor = actor_of(request)
    sample = queries.get_sample(actor, sample_id)
    remember_reading(actor, Action.SAMPLE_VIEW, subject_id=sample.id)
    return queries.picture_of(actor, sample)


def _told(one: Asked, weight: float) -> dict[str, Any]:
    names = [name for name in SampleMemberOut.model_fields if name != "weight"]
    return {**{name: getattr(one, name) for name in names}, "weight": weight}
