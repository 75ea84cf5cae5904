"""How often a program calls: counted for all workers together, in memory that needs no safe keeping."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

COUNT = """
INSERT INTO homeward_cache AS known (cache_key, value, expires)
VALUES (%s, '1', to_timestamp(%s)) ON CONFLICT (cache_key)
DO UPDATE SET value = (known.value::int + 1)::text RETURNING value::int
"""
PERIOD = 60


@dataclass(frozen=True)
class Calls:
    """How many calls of the allowed number were made, and in how many seconds counting begins anew."""

    made: int
    allowed: int
    seconds_left: int

    @property
    def are_too_many(self) -> bool:
        return self.made > self.allowed


def count_call(actor_id: UUID, now: datetime, allowed: int | None = None) -> Calls:
    """Count one more call in this minute, of as many as programs may make unless told otherwise."""
    second = int(now.timestamp())
    begun = second - second % PERIOD
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"calls:{actor_id}:{begun}", begun + 2 * PERIOD])
        made = int(cursor.fetchone()[0])
    return Calls(made, allowed or settings.API_CALLS_A_MINUTE, begun + PERIOD - second)
