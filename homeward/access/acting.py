"""Telling the database who is acting, for the length of one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from homeward.access.actor import Actor
from homeward.access.roles import Role

# The last says that an officer oversees: restricted records show to no one else.
SETTINGS = ("organisation_id", "user_id", "case_id", "person_id", "oversight")
READ = "SELECT " + ", ".join(f"current_setting('homeward.{name}', true)" for name in SETTINGS)
SET = "SELECT " + ", ".join(f"set_config('homeward.{name}', %s, true)" for name in SETTINGS)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Show this transaction the rows of the actor's organisation, and only those."""
    only = actor.only
    narrow = (str(only.case_id), str(only.person_id)) if only else ("", "")
    oversight = "on" if actor.role == Role.DATA_PROTECTION_OFFICER else ""
    with _set(str(actor.organisation_id), str(actor.user_id), narrow, oversight):
        yield


@contextmanager
def acting_at_one_moment(actor: Actor) -> Iterator[None]:
    """The same, seeing all as it was at the beginning: what others change meanwhile is not mixed in.

    Only for a transaction of its own; inside another its view holds.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with acting_as(actor):
            yield


@contextmanager
def acting_alone(user_id: UUID) -> Iterator[None]:
    """Show this transaction a user's own memberships and nothing else (signing in, switching hats)."""
    with _set("", str(user_id), ("", ""), ""):
        yield


@contextmanager
def _set(organisation_id: str, user_id: str, narrow: tuple[str, str], oversight: str) -> Iterator[None]:
    if not connection.in_atomic_block:  # nothing stands before, and nothing outlives the transaction
        with transaction.atomic():
            _run(SET, [organisation_id, user_id, *narrow, oversight])
            yield
        return
    # A released savepoint keeps the settings made inside it, so that they are put back by hand;
    # after an exception the roll-back does it.
    with transaction.atomic():
        before = [value or "" for value in _run(READ, None)]
        # Once narrowed to one case, nothing done inside sees more, whoever it is done as.
        kept = before[2:4] if before[2] else narrow
        _run(SET, [organisation_id, user_id, *kept, oversight])
        yield
        if not connection.needs_rollback:
            _run(SET, before)


def _run(statement: str, values: list[str] | None) -> Sequence[str | None]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() or ()
