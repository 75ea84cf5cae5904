"""What one version says otherwise than another, part by part, for people to read. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from homeward.programmes.terms import Label, Terms

SINGLE = (
    *("currency", "income_share_min_percent", "cash_share_max_percent", "follow_up_months", "gates"),
    "child_heard_from_age",
    *("target_groups", "source"),
)
LISTED = ("windows", "eligibility", "packages", "approvals", "rounds")


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One value that is another now."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """A part that came, went or changed; `label` names it, or `place` where it has no name."""

    part: str
    change: Change
    label: Label | None = None
    place: int = 0
    fields: tuple[FieldChange, ...] = ()


def differences(old: Terms, new: Terms) -> tuple[Difference, ...]:
    """What `new` says otherwise than `old`, in the order of the terms."""
    found = [
        Difference("general", Change.CHANGED, fields=changes)
        for changes in [_fields(old, new, SINGLE)]
        if changes
    ]
    for part in LISTED:
        found += _listed(part, getattr(old, part), getattr(new, part))
    return tuple(found)


def _listed(part: str, old: Sequence[Any], new: Sequence[Any]) -> Iterable[Difference]:
    """Parts are known again by their code; those without one by their place in the list."""
    before, after = _by_key(old), _by_key(new)
    for place, (key, one) in enumerate(after.items(), 1):
        label = getattr(one, "label", None)
        if key not in before:
            yield Difference(part, Change.ADDED, label, place)
        elif before[key] != one:
            names = [field.name for field in fields(one)]
            yield Difference(part, Change.CHANGED, label, place, _fields(before[key], one, names))
    for place, (key, one) in enumerate(before.items(), 1):
        if key not in after:
            yield Difference(part, Change.REMOVED, getattr(one, "label", None), place)


def _by_key(listed: Sequence[Any]) -> dict[object, Any]:
    return {getattr(one, "code", place): one for place, one in enumerate(listed)}


def _fields(old: Any, new: Any, names: Iterable[str]) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return tuple(FieldChange(name, before, after) for name, before, after in pairs if before != after)
