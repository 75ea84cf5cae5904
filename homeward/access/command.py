"""The one way to write: allowed, all or nothing, and on the record."""

import functools
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.audit.commands import record, record_many

P = ParamSpec("P")
Result = TypeVar("Result")
Command = Callable[Concatenate[Actor, P], Result]


def command(action: Action) -> Callable[[Command[P, Result]], Command[P, Result]]:
    """Run the function only if the actor may, in one transaction, with one audit entry about its result."""

    def wrap(function: Command[P, Result]) -> Command[P, Result]:
        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **given: P.kwargs) -> Result:
            actor.require(action)
            with acting_as(actor):
                result = function(actor, *args, **given)
                case_id = getattr(result, "case_id", None) or given.get("case_id")
                remember(actor, action, subject_id=_id_of(result), case_id=_uuid(case_id))
            return result

        run.action = action  # type: ignore[attr-defined]
        return cast(Command[P, Result], run)

    return wrap


def remember(
    actor: Actor,
    action: str,
    *,
    subject_id: UUID | None,
    case_id: UUID | None = None,
    refused: bool = False,
    note: str = "",
) -> None:
    """Add one audit entry for what the actor did or was refused; `note` never holds personal data."""
    record(
        actor_id=actor.user_id,
        organisation_id=actor.organisation_id,
        role=actor.role,
        purpose=actor.purpose,
        action=action,
        subject_id=subject_id,
        case_id=case_id,
        refused=refused,
        note=note,
    )


def remember_many(actor: Actor, action: str, *, case_ids: Iterable[UUID]) -> None:
    """Add one entry for each of many cases that one act concerned."""
    record_many(
        case_ids,
        actor_id=actor.user_id,
        organisation_id=actor.organisation_id,
        role=actor.role,
        purpose=actor.purpose,
        action=action,
    )


def _id_of(result: object) -> UUID | None:
    return _uuid(getattr(result, "id", None))


def _uuid(value: object) -> UUID | None:
    return value if isinstance(value, UUID) else None
