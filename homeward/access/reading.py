"""Looking at what is sensitive: allowed, and on the record in the same transaction as the look."""

from collections.abc import Callable
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import Command, P, Result, command, remember


def reading(action: Action) -> Callable[[Command[P, Result]], Command[P, Result]]:
    """Mark a query that opens one record: it is refused, or leaves one entry about what it returns."""
    return command(action)


def remember_reading(
    actor: Actor, action: Action, *, subject_id: UUID | None, case_id: UUID | None = None
) -> None:
    """Put a look at sensitive fields on the record; a list is one entry without a subject."""
    actor.require(action)
    with acting_as(actor):
        remember(actor, action, subject_id=subject_id, case_id=case_id)
