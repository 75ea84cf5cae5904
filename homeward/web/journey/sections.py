"""What the case file shows of the journey: one section each, drawn by its own template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from homeward.access.actor import Actor

if TYPE_CHECKING:
    from homeward.cases.models import Case


@dataclass(frozen=True)
class Section:
    """A part of the case file: include `template` with `section=section` and `context` in scope."""

    id: str
    title: str | Promise
    template: str
    context: Mapping[str, object] = field(default_factory=dict)


def sections_for(actor: Actor, case: Case) -> list[Section]:
    """The sections this actor sees of a case that `get_case` gave them, in the order of the path."""
    return []
