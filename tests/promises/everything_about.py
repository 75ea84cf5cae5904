"""Sami's case with a row in as many tables as the tests know how to fill, and a canary in every column."""

from homeward.casework.rights.tables import STAFF_COLUMN
from homeward.casework.rights.walk import about_people, columns_of
from homeward.lib.privacy_classes import PrivacyClass
from tests.access.world import World

MADE = (
    "document_id",
    "contact_id",
    "relation_id",
    "match_id",
    "note_id",
    "appointment_id",
    "scan_id",
    "counselling_id",
    "application_id",
    "travel_id",
    "proposal_id",
    "emergency_id",
    "commitment_id",
    "instalment_id",
    "entry_id",
    "proof_id",
    "intent_id",
    "visit_id",
)


def everything_about(case):
    """The world of a case, filled as far as its stations allow."""
    world, left = World(case), []
    for name in MADE:
        try:
            getattr(world, name)
        except Exception as trouble:  # noqa: BLE001 - a station the case has not reached fills nothing
            left.append((name, trouble))
    return world, left


def put_canaries(superuser, canary):
    """Write the canary into every text column of every row, past triggers, where constraints let it."""
    superuser.execute("SET session_replication_role = replica")
    put = []
    for table, model in about_people().items():
        for field in columns_of(model):
            if field.get_internal_type() not in ("CharField", "TextField") or field.choices:
                continue
            if STAFF_COLUMN.match(field.attname) or model.PRIVACY[field.name] < PrivacyClass.PERSONAL:
                continue  # who answered for it stays, and codes are no words
            word = canary[: field.max_length] if field.max_length else canary
            try:
                done = superuser.execute(f'UPDATE "{table}" SET "{field.column}" = %s', [word])
            except Exception:  # noqa: BLE001, S112 - a constraint that refuses it protects the column
                continue
            if done.rowcount and len(word) >= 12:
                put.append(f"{table}.{field.column}")
    return put


def found_in_database(superuser, words):
    """Every table, ours or not, with a row in whose text one of the words stands."""
    tables = superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    return {
        name: count
        for (name,) in tables
        if (
            count := superuser.execute(
                f'SELECT count(*) FROM "{name}" r WHERE r::text ~ %s', ["|".join(words)]
            ).fetchone()[0]
        )
    }
