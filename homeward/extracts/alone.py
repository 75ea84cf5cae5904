"""One process at a time makes a thing; who comes second leaves it, or waits until the first has ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections

TRIES = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
WAITS = "SELECT true FROM pg_advisory_xact_lock(hashtextextended(%s, 0))"


@contextmanager
def alone_with(thing_id: UUID, *, wait: bool = False) -> Iterator[bool]:
    """Whether nobody else is at it. A crash lets go: the connection that holds it ends with the process."""
    # Its own connection, in a transaction that stays open: a pooler that lends by transaction leaves it ours.
    own = connections["default"].copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute(WAITS if wait else TRIES, [str(thing_id)])
            (is_ours,) = cursor.fetchone()
        yield bool(is_ours)
    finally:
        own.close()
