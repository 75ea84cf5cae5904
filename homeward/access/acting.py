"""Telling the database who is acting, for the length of one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from homeward.access.actor import Actor

READ = "SELECT current_setting('homeward.organisation_id', true), current_setting('homeward.user_id', true)"
SET = "SELECT set_config('homeward.organisation_id', %s, true), set_config('homeward.user_id', %s, true)"


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Show this transaction the rows of the actor's organisation, and only those."""
    with _set(str(actor.organisation_id), str(actor.user_id)):
        yield


@contextmanager
def acting_alone(user_id: UUID) -> Iterator[None]:
    """Show this transaction a user's own memberships and nothing else (signing in, switching hats)."""
    with _set("", str(user_id)):
        yield


@contextmanager
def _set(organisation_id: str, user_id: str) -> Iterator[None]:
    # A released savepoint keeps the settings made inside it, so they are put back by hand;
    # after an exception the roll-back does it.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(READ)
            before = cursor.fetchone()
            cursor.execute(SET, [organisation_id, user_id])
        yield
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(SET, [value or "" for value in before])
