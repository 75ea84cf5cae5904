"""After a restore, before anybody may come in: erase again whoever was erased since the backup was made."""

import json
import os
from pathlib import Path
from uuid import UUID

import psycopg

from homeward.casework.rights.erasing import BEGIN, ERASE, statements
from homeward.casework.rights.ledger import Line, read_ledger
from homeward.files.blobs import remove_blob
from homeward.lib.identifiers import new_id

# As the role that owns the functions: on the day of the backup another organisation may have led the case.
AS_DEFINER = "SET LOCAL ROLE homeward_definer"
KNOWN = "SELECT 1 FROM people_person WHERE id = %s AND (given_names || family_name || native_name) <> ''"
KEY = "SELECT 1 FROM privacy_subjectkey WHERE subject_id = %s AND wrapped IS NOT NULL"
LINE = (
    "INSERT INTO privacy_erasure (id, organisation_id, subject_id, because, rows, by_id, begun_at) "
    "VALUES (%s, %s, %s, %s, '{}', '00000000-0000-7000-8000-000000000000', %s) "
    "ON CONFLICT (organisation_id, subject_id) DO UPDATE SET finished_at = NULL"
)
DONE = (
    "UPDATE privacy_erasure SET finished_at = now(), rows = %s WHERE organisation_id = %s AND subject_id = %s"
)
AS_ORGANISATION = "SELECT set_config('homeward.organisation_id', %s, true)"


def replay(ledger: Path) -> int:
    """Hold the database against the ledger; says how many people were erased again."""
    lines = list(read_ledger(ledger))
    if not lines:
        return 0
    with psycopg.connect(os.environ["HOMEWARD_OWNER_DATABASE_URL"]) as connection:
        return sum(erase_again(connection, line) for line in lines)


def erase_again(connection: psycopg.Connection[tuple[object, ...]], line: Line) -> bool:
    """One person, in one transaction; nothing happens to somebody who is erased already."""
    person_id = UUID(line.subject_id)
    with connection.transaction():
        connection.execute(AS_DEFINER)
        connection.execute(AS_ORGANISATION, [line.organisation_id])
        left = [connection.execute(question, [person_id]).fetchone() for question in (KNOWN, KEY)]
        if not any(left):
            return False
        connection.execute(LINE, [new_id(), line.organisation_id, person_id, line.because, line.erased_at])
        blobs = [str(row[0]) for row in connection.execute(BEGIN, [person_id]).fetchall()]
        rows = {}
        for one in statements(person_id):
            (count,) = connection.execute(ERASE, one.parameters).fetchone() or (0,)
            rows[one.table] = count
        told = json.dumps({table: count for table, count in rows.items() if count})
        connection.execute(DONE, [told, line.organisation_id, person_id])
    for blob in blobs:
        remove_blob(blob)
    return True
