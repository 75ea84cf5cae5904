"""The extracts' own login: what it may select is granted by column, and policies bind it like everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import adbc_driver_postgresql.dbapi
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from homeward.extracts.problems import NoExtractsLogin

BATCH_BYTES = 8_000_000


class Reader:
    """One moment of the database as one organisation may see it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def value(self, question: str) -> Any:
        """The one value that a question answers with."""
        with self._connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]

    def batches(self, question: str) -> Iterator[Any]:
        """Record batches of Arrow, as they come."""
        with self._connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": str(BATCH_BYTES)})
            cursor.execute(question)
            yield from cursor.fetch_record_batch()


@contextmanager
def reading_as(organisation_id: UUID) -> Iterator[Reader]:
    """Read as the extracts' login for one organisation; everything as it was at the beginning."""
    if not settings.EXTRACTS_DATABASE_URL:
        raise NoExtractsLogin
    name = connections["default"].settings_dict["NAME"]
    where = make_conninfo(settings.EXTRACTS_DATABASE_URL, dbname=name)
    with adbc_driver_postgresql.dbapi.connect(where) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute("SET LOCAL jit = off")
            # Everything is read, so that what the planner guesses too low must not be looked up row by row.
            cursor.execute("SET LOCAL enable_nestloop = off")
            # A uuid, so there is nothing to escape.
            cursor.execute(
                f"SELECT set_config('homeward.organisation_id', '{UUID(str(organisation_id))}', true)"
            )  # noqa: S608
            cursor.fetchall()
        yield Reader(connection)
