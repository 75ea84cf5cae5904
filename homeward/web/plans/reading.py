"""A version of a plan as its pages draw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import obstacle_for
from homeward.casework.planning import Frame, frame_of
from homeward.lib.money import Money, total
from homeward.plans import queries
from homeward.plans.content import ActivityDetails, Change, Content, Difference
from homeward.plans.findings import Balance, Found, Right, RightUsed, balance_of, rights_used
from homeward.plans.rules import OPEN, PlanState
from homeward.web.plans.words import detail_words, found_words, found_words_here

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.plans.models import Goal, PlanVersion


@dataclass(frozen=True)
class LineSeen:
    """One activity, with what was found about it."""

    id: UUID
    line_id: UUID
    details: ActivityDetails
    after: str = ""
    paid_from: str = ""
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class GoalSeen:
    """One goal and what is done for it."""

    goal: Goal
    lines: Sequence[LineSeen]


@dataclass(frozen=True)
class VersionSeen:
    """A version with its goals, how it uses the entitlement, and what speaks against it."""

    version: PlanVersion
    goals: Sequence[GoalSeen]
    rights: Sequence[RightUsed]
    balance: Balance
    stops: Sequence[str] = ()
    warnings: Sequence[str] = ()
    planned: Money | None = None
    entitled: Money | None = None
    free: Money | None = None

    @property
    def is_draft(self) -> bool:
        return self.version.state == PlanState.DRAFT

    @property
    def is_over(self) -> bool:
        return self.free is not None and self.free.minor < 0


@dataclass(frozen=True)
class ChangeSeen:
    """One detail before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class DifferenceSeen:
    """How a version differs from the one before it, in words."""

    before: PlanVersion
    difference: Difference
    goals: Sequence[tuple[str, Sequence[ChangeSeen]]] = field(default_factory=list)
    lines: Sequence[tuple[str, Sequence[ChangeSeen]]] = field(default_factory=list)


def version_seen(actor: Actor, version: PlanVersion) -> VersionSeen:
    """A version as a page draws it; only a draft is held against what the programme asks now."""
    is_draft = version.state == PlanState.DRAFT
    frame = frame_of(actor, version.case_id) if is_draft else Frame()
    rights = frame.rights if is_draft else tuple(queries.rights_of(version))
    content = queries.content_of(version)
    found = frame.findings(content) if is_draft else []
    used = rights_used(content, rights)
    sums = _sums(used)
    return VersionSeen(
        version,
        _goals(version, content, rights, found),
        used,
        balance_of(content),
        [found_words(one) for one in found if one.stops],
        [found_words(one) for one in found if not one.stops and one.line_id is None],
        *sums,
    )


def difference_seen(actor: Actor, version: PlanVersion) -> DifferenceSeen | None:
    """How a version differs from the one before, or None for the first."""
    found = queries.difference_of(actor, version)
    if found is None:
        return None
    before, told = found
    names = _names(actor, [before, version])
    return DifferenceSeen(
        before,
        told,
        [(one.title, _changes(one.changes, names)) for one in told.changed_goals],
        [(one.title, _changes(one.changes, names)) for one in told.changed],
    )


def versions_seen(actor: Actor, case_id: UUID) -> tuple[PlanVersion | None, list[PlanVersion]]:
    """The version to show first (the open one, else the latest) and all others, newest first."""
    versions = queries.versions_of(actor, case_id)
    shown = next((one for one in versions if one.state in OPEN), None)
    shown = shown or next((one for one in versions if one.state == PlanState.AGREED), None)
    shown = shown or (versions[0] if versions else None)
    return shown, [one for one in versions if one is not shown]


def case_section(actor: Actor, case: Case) -> dict[str, object]:
    """What the case file shows of the plan."""
    shown, _others = versions_seen(actor, case.id)
    return {
        "seen": version_seen(actor, shown) if shown else None,
        "may_draft": actor.may(Action.PLAN_DRAFT) and obstacle_for(case, Act.BEGIN_PLANNING) is None,
    }


def may_of(actor: Actor) -> dict[str, bool]:
    """What this actor may do with plans."""
    return {
        "draft": actor.may(Action.PLAN_DRAFT),
        "propose": actor.may(Action.PLAN_PROPOSE),
        "agree": actor.may(Action.PLAN_AGREE),
        "view": actor.may(Action.PLAN_VIEW),
    }


def _sums(used: Sequence[RightUsed]) -> tuple[Money | None, Money | None, Money | None]:
    if not used:
        return None, None, None
    currency = used[0].right.amount.currency
    planned = total((one.planned for one in used), currency)
    entitled = total((one.right.amount for one in used), currency)
    return planned, entitled, entitled - planned


def _goals(
    version: PlanVersion, content: Content, rights: Sequence[Right], found: Sequence[Found]
) -> list[GoalSeen]:
    about = defaultdict(list)
    for one in found:
        if one.line_id and not one.stops:
            about[one.line_id].append(found_words_here(one))
    what = {line.line_id: line.details.what for line in content.lines()}
    labels = {one.package_code: one.label.read(get_language() or "en") for one in rights}
    seen = []
    for goal, activities in queries.rows_of(version):
        lines = [
            LineSeen(
                one.id,
                one.line_id,
                queries.details_of(one),
                what.get(one.depends_on_id, "") if one.depends_on_id else "",
                labels.get(one.package_code, one.package_code),
                about[one.line_id],
            )
            for one in activities
        ]
        seen.append(GoalSeen(goal, lines))
    return seen


def _changes(changes: Sequence[Change], names: dict[UUID, str]) -> list[ChangeSeen]:
    return [
        ChangeSeen(one.name, _value(one.name, one.before, names), _value(one.name, one.after, names))
        for one in changes
    ]


def _value(name: str, value: object, names: dict[UUID, str]) -> str:
    if isinstance(value, UUID):
        return names.get(value, "")
    return detail_words(name, value)


def _names(actor: Actor, versions: Sequence[PlanVersion]) -> dict[UUID, str]:
    told = queries.contents_of(versions)
    return {line.line_id: line.details.what for one in told.values() for line in one.lines()}
