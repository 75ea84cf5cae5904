"""Planning a sample, drawing it once, letting the next in line take a place, asking the unreached again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from secrets import token_hex
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.followup.models import Sample, SampleMember
from homeward.followup.problems import NoSubstitute, TooFewToDraw
from homeward.followup.rules import VisitState
from homeward.followup.sampling.drawing import Placed, by_group, draw, hash_of_draw, hash_of_frame
from homeward.followup.sampling.frames import Unit, units_of
from homeward.followup.sampling.progress import Asked
from homeward.followup.sampling.queries import (
    get_sample,
    how_of,
    member_of,
    members_of,
    replaced_in,
    sample_for_edit,
)
from homeward.followup.sampling.rules import (
    MOST_IN_A_FRAME,
    Allocation,
    Design,
    Ended,
    FrameRule,
    MemberRole,
    ReplaceWhen,
    SampleState,
    SizeAsked,
    TellApart,
    may_replace,
    may_try,
    size_of,
)
from homeward.lib.problems import EditConflict, Invalid, WrongState

AT_A_TIME = 2000


@dataclass(frozen=True)
class SamplePlan:
    """A sample as somebody designs it; without a seed one is made."""

    name: str
    rule: FrameRule
    asked: SizeAsked
    design: Design = Design.SIMPLE
    by: TellApart = TellApart.PLACE
    allocation: Allocation = Allocation.PROPORTIONAL
    least: int = 0
    clusters: int = 1
    seed: str = ""
    replace_when: ReplaceWhen = ReplaceWhen.NOT_IN_FRAME
    replace_after: int = 5


@command(Action.SAMPLE_PLAN)
def plan_sample(actor: Actor, *, plan: SamplePlan) -> Sample:
    """Write down whom a sample is drawn from, how and how large, before anybody knows who it will be."""
    if not plan.name.strip():
        raise Invalid(fields={"name": _("Give the sample a name.")})
    people = len(_enough(units_of(actor, plan.rule, plan.by, localdate())))
    by = TellApart.PLACE if plan.design == Design.CLUSTER else plan.by
    return Sample.objects.create(
        organisation_id=actor.organisation_id,
        name=plan.name.strip(),
        round=plan.rule.round,
        rule=plan.rule.told(),
        design=plan.design,
        by=by,
        allocation=plan.allocation,
        least=plan.least,
        clusters=plan.clusters,
        size=_size(plan.asked, people),
        asked=asdict(plan.asked),
        seed=plan.seed.strip() or token_hex(8),
        replace_when=plan.replace_when,
        replace_after=plan.replace_after,
        planned_by_id=actor.user_id,
        planned_by_name=actor.name,
    )


@command(Action.SAMPLE_PLAN)
def discard_sample(actor: Actor, *, sample_id: UUID) -> Sample:
    """Take back a plan that was not drawn; what was drawn stays."""
    if get_sample(actor, sample_id).state != SampleState.PLANNED:
        raise WrongState(_("A sample that was drawn stays."))
    sample = sample_for_edit(actor, sample_id)
    Sample.objects.filter(id=sample.id).delete()
    return sample


@command(Action.SAMPLE_DRAW)
def draw_sample(actor: Actor, *, sample_id: UUID, expected_version: int | None = None) -> Sample:
    """Freeze the list of everybody who belongs now, and draw from it; this is done once."""
    if get_sample(actor, sample_id).state != SampleState.PLANNED:
        raise WrongState(_("This sample was drawn already."))
    sample = sample_for_edit(actor, sample_id)
    if expected_version not in (None, sample.version):
        raise EditConflict
    units = _enough(units_of(actor, FrameRule.read(sample.rule), TellApart(sample.by), localdate()))
    return _drawn(actor, sample, units)


@command(Action.SAMPLE_REPLACE)
def replace_unreached(actor: Actor, *, sample_id: UUID, member_id: UUID) -> SampleMember:
    """Let the next in line take the place of somebody, if the rule of the sample allows it for them."""
    sample = get_sample(actor, sample_id)
    member = member_of(actor, sample, member_id)
    when = ReplaceWhen(sample.replace_when)
    if sample.of_id or not may_replace(when, member.ended, member.attempts, sample.replace_after):
        raise NoSubstitute
    if member.id in replaced_in(sample):
        raise WrongState(_("Somebody took this place already."))
    return _taken(actor, sample, member)


@command(Action.SAMPLE_DRAW)
def draw_double_sample(actor: Actor, *, sample_id: UUID, share: float, seed: str = "") -> Sample:
    """Draw a random part of those whom the first asking did not reach, to follow it up until it answers.

    Each of those stands for 1 / share of them (Hansen & Hurwitz 1946). Who said no is not asked again.
    """
    first = get_sample(actor, sample_id)
    if first.state != SampleState.DRAWN or first.of_id or hasattr(first, "double"):
        raise WrongState(_("A double sample is drawn once, from a sample that was drawn."))
    if not 0 < share <= 1:
        raise Invalid(fields={"share": _("A share above 0 and at most 1.")})
    replaced = replaced_in(first)
    silent = [one for one in members_of(actor, sample_id) if _is_silent(one) and one.id not in replaced]
    if len(silent) < 2:
        raise TooFewToDraw(_("Fewer than two people were not reached."))
    cases = dict(SampleMember.objects.filter(sample=first).values_list("visit_id", "case_id"))
    units = [Unit(one.visit_id, cases[one.visit_id], str(one.key), one.group) for one in silent]
    return _drawn(actor, _second(actor, first, ceil(share * len(units)), seed), units)


def _second(actor: Actor, first: Sample, size: int, seed: str) -> Sample:
    groups = max(1, len(first.groups))
    return Sample.objects.create(
        organisation_id=actor.organisation_id,
        of=first,
        name=first.name,
        round=first.round,
        rule=first.rule,
        design=Design.STRATIFIED if groups > 1 else Design.SIMPLE,
        by=first.by,
        # Two of each group at least: of one alone nobody knows how much they differ.
        least=2,
        size=size,
        seed=seed.strip() or f"{first.seed}/double",
        replace_when=ReplaceWhen.NEVER,
        planned_by_id=actor.user_id,
        planned_by_name=actor.name,
    )


def _drawn(actor: Actor, sample: Sample, units: Sequence[Unit]) -> Sample:
    """Keep everybody's place, then close the list."""
    placed = draw(by_group((one.key, one.group) for one in units), how_of(sample))
    of_key = {one.key: one for one in units}
    rows = [_member(sample, of_key[one.key], one) for one in placed]
    SampleMember.objects.bulk_create(rows, batch_size=AT_A_TIME)
    chosen = [one for one in placed if one.role == MemberRole.CHOSEN]
    people, drawn = Counter(one.group for one in placed), Counter(one.group for one in chosen)
    sample.groups = [{"name": name, "people": people[name], "drawn": drawn[name]} for name in sorted(people)]
    sample.frame_count = len(placed)
    sample.frame_hash = hash_of_frame(one.key for one in placed)
    sample.draw_hash = hash_of_draw((one.group, one.key, one.line) for one in chosen)
    sample.state, sample.drawn_at = SampleState.DRAWN, now()
    sample.drawn_by_id, sample.drawn_by_name = actor.user_id, actor.name
    sample.version += 1
    sample.save()
    return sample


def _member(sample: Sample, unit: Unit, placed: Placed) -> SampleMember:
    return SampleMember(
        sample=sample,
        visit_id=unit.visit_id,
        case_id=unit.case_id,
        organisation_id=sample.organisation_id,
        group=placed.group,
        role=placed.role,
        line=placed.line,
        probability=placed.probability,
    )


def _taken(actor: Actor, sample: Sample, member: Asked) -> SampleMember:
    waiting = SampleMember.objects.filter(sample=sample, role=MemberRole.RESERVE)
    if sample.design != Design.SIMPLE:
        waiting = waiting.filter(group=member.group)
    belonging = waiting.exclude(visit__state=VisitState.NOT_NEEDED).order_by("line", "id")
    following = belonging.select_for_update(of=("self",)).first()
    if following is None:
        raise NoSubstitute(_("Nobody is next in line there."))
    changed = {
        "role": MemberRole.SUBSTITUTE,
        "stands_for": member.id,
        "taken_at": now(),
        "taken_by_id": actor.user_id,
    }
    try:
        with transaction.atomic():
            SampleMember.objects.filter(id=following.id).update(**changed)
    except IntegrityError as earlier:  # a colleague was quicker
        raise WrongState(_("Somebody took this place already.")) from earlier
    following.role, following.stands_for = MemberRole.SUBSTITUTE, member.id
    return following


def _is_silent(one: Asked) -> bool:
    return one.ended in (Ended.NON_CONTACT, Ended.NOT_TRIED) and may_try(one.state, one.outcome)


def _enough(units: list[Unit]) -> list[Unit]:
    if len(units) < settings.FEWEST_IN_A_GROUP:
        raise TooFewToDraw
    if len(units) > MOST_IN_A_FRAME:
        raise Invalid(_("The rule takes in more people than one sample can be drawn from."))
    return units


def _size(asked: SizeAsked, people: int) -> int:
    try:
        return size_of(asked, people).contacts
    except ValueError as wrong:
        raise Invalid(_("No size follows from these numbers.")) from wrong
