"""What a version of a plan says: values to compare, to add up and to sign. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

from homeward.lib.money import Money
from homeward.plans.rules import Dimension, Level, PayForm, Picture, ProviderKind


@dataclass(frozen=True)
class ActivityDetails:
    """What somebody writes of an activity. `matching_percent`: what the person adds for each 100 given."""

    what: str
    dimension: Dimension = Dimension.ECONOMIC
    level: Level = Level.INDIVIDUAL
    provider_kind: ProviderKind = ProviderKind.PROGRAMME
    provider_name: str = ""
    package_code: str = ""
    form: PayForm = PayForm.KIND
    cost_minor: int = 0
    currency: str = ""
    matching_percent: int = 0
    planned_on: date | None = None
    depends_on_id: UUID | None = None  # the line that has to be done before
    feasibility: str = ""
    plain_words: str = ""  # for the person's page, in their language
    picture: Picture | None = None

    @property
    def cost(self) -> Money | None:
        """The cost, or None where nothing is paid."""
        return Money(self.cost_minor, self.currency) if self.cost_minor else None

    @property
    def own_part(self) -> Money | None:
        """What the person adds of their own to a matching fund."""
        cost = self.cost
        if cost is None or self.provider_kind != ProviderKind.MATCHING_FUND or not self.matching_percent:
            return None
        return Money(cost.minor * self.matching_percent // 100, cost.currency)


@dataclass(frozen=True)
class Line:
    """An activity of one version; `line_id` stays the same when a later version keeps the activity."""

    line_id: UUID
    details: ActivityDetails


@dataclass(frozen=True)
class GoalContent:
    """A goal in the person's own words, with what is done for it."""

    line_id: UUID
    own_words: str
    dimension: Dimension
    language: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Content:
    """All that a version says."""

    goals: tuple[GoalContent, ...] = ()
    reason: str = ""

    def lines(self) -> Iterator[Line]:
        """Every activity in order."""
        return (line for goal in self.goals for line in goal.lines)


def hash_of(content: Content) -> str:
    """What an agreement binds: any other content has another hash."""
    told = json.dumps(asdict(content), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One detail of a line or goal that two versions tell differently."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Changed:
    """A goal or an activity that is in both versions, with what differs."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """What a later version adds, leaves out and tells differently."""

    added_goals: tuple[str, ...] = ()
    removed_goals: tuple[str, ...] = ()
    changed_goals: tuple[Changed, ...] = ()
    added: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()
    changed: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))


def difference(before: Content, after: Content) -> Difference:
    """How `after` differs from `before`, by the lines that both have."""
    old_goals = {goal.line_id: goal for goal in before.goals}
    new_goals = {goal.line_id: goal for goal in after.goals}
    old, new = _lines(before), _lines(after)
    return Difference(
        added_goals=tuple(goal.own_words for id_, goal in new_goals.items() if id_ not in old_goals),
        removed_goals=tuple(goal.own_words for id_, goal in old_goals.items() if id_ not in new_goals),
        changed_goals=tuple(_changed_goals(old_goals, new_goals)),
        added=tuple(line for id_, line in new.items() if id_ not in old),
        removed=tuple(line for id_, line in old.items() if id_ not in new),
        changed=tuple(_changed_lines(old, new)),
    )


def _lines(content: Content) -> dict[UUID, Line]:
    return {line.line_id: line for line in content.lines()}


def _changed_goals(old: Mapping[UUID, GoalContent], new: Mapping[UUID, GoalContent]) -> Iterator[Changed]:
    for id_, goal in new.items():
        changes = _changes(old[id_], goal, ("own_words", "dimension")) if id_ in old else ()
        if changes:
            yield Changed(goal.own_words, changes)


def _changed_lines(old: Mapping[UUID, Line], new: Mapping[UUID, Line]) -> Iterator[Changed]:
    plain = [one.name for one in fields(ActivityDetails) if one.name not in _MONEY]
    for id_, line in new.items():
        if id_ not in old:
            continue
        before, after = old[id_].details, line.details
        changes = _changes(before, after, plain)
        if before.cost != after.cost:
            changes = (*changes, Change("cost", before.cost, after.cost))
        if changes:
            yield Changed(after.what, changes)


_MONEY = ("cost_minor", "currency")


def _changes(before: object, after: object, names: Sequence[str]) -> tuple[Change, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)
