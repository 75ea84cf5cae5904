"""A hash of everything in a database that people or programs put there, the same wherever the rows lie."""

import hashlib

from psycopg import sql

from homeward.config.postgres.roles import DEFINER, Connection

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
DEFINER_FUNCTIONS = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = %s ORDER BY 1
"""


def table_proofs(connection: Connection) -> dict[str, str]:
    """Each table's number of rows and their hash in order of their text; where each sequence stands."""
    tables = [str(name) for (name,) in connection.execute(TABLES)]
    proofs = {name: rows_proof(connection, name) for name in tables}
    return proofs | {f"sequence {name}": str(last) for name, last in connection.execute(SEQUENCES)}


def rows_proof(connection: Connection, table: str) -> str:
    rows = sql.SQL('COPY (SELECT r::text FROM public.{} r ORDER BY r::text COLLATE "C") TO STDOUT')
    digest, count = hashlib.sha256(), 0
    with connection.cursor().copy(rows.format(sql.Identifier(table))) as copied:
        for part in copied:
            digest.update(part)
            count += bytes(part).count(b"\n")
    return f"{count} rows {digest.hexdigest()}"


def definer_functions(connection: Connection) -> list[str]:
    return [str(name) for (name,) in connection.execute(DEFINER_FUNCTIONS, [DEFINER])]


def migrations(connection: Connection) -> list[str]:
    rows = connection.execute("SELECT app || '.' || name FROM public.django_migrations ORDER BY 1")
    return [str(name) for (name,) in rows]
