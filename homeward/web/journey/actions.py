"""What this actor can do next on a case, by role and by how far the case has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from homeward.access.actor import Actor

if TYPE_CHECKING:
    from homeward.cases.models import Case


@dataclass(frozen=True)
class NextAction:
    """A button: at most one on a case is the main one."""

    label: str | Promise
    url: str
    icon: str
    is_main: bool = False


def next_actions(actor: Actor, case: Case) -> list[NextAction]:
    """What can be done now, the main thing first."""
    return []
