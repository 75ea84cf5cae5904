"""Made-up statements as the application's own login, acting for somebody else: no row of another answers.

The statements are random: read, change, delete and add in any protected table, by any column, with values
taken from the rows of others. What is public among partners is named here with its reason.
"""

from json import dumps

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from homeward.lib.identifiers import new_id
from tests.cast import ELSEWHERE, HARBOUR, RETURN_PARTNERS
from tests.promises import catalogue
from tests.promises.bounds import full, none_in
from tests.promises.things import chance_of, rows_of, world_of

pytestmark = pytest.mark.django_db

# Tables whose rows others may read, each with its reason; nobody else may change them.
PUBLIC = {
    "consent_notice": "a receipt shows the words that were shown; a notice holds no person",
    "surveys_instrument": "what is asked is public among partners",
    "surveys_instrumentversion": "what is asked is public among partners",
    "surveys_formfile": "what is asked is public among partners",
    "surveys_scoringprofile": "by what a score was made is public among partners",
    "organisations_organisation": "that a partner exists is public among partners",
    "programmes_programme": "that a programme exists, and who is party to it, is public among partners",
    "indicators_framework": "that there is a framework is public among partners",
    "indicators_frameworkparty": "who takes part in a framework is public among partners",
    "indicators_frameworkversion": "what was agreed on is public among partners; its own tests read drafts",
    **{
        f"services_{kind}": "the directory of services is shared by partners"
        for kind in ("service", "provider", "place", "serviceplace", "room", "change", "schedule")
    },
}
# A service without an account answers by telephone: who sent somebody there counts its room.
COUNTED_BY_ALL = "services_room"
WRITTEN = (
    "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
)
SET = "SELECT set_config('homeward.organisation_id', %s, true)"


def act_as(cursor: CursorWrapper, organisation_id) -> None:
    cursor.execute(SET, [str(organisation_id)])


class Statements:
    """Random statements on what others have, and what each of them reached that it may not."""

    def __init__(self, rows):
        self.rows, self.chance = rows, chance_of(2)
        self.columns = {table: [name for (name,) in catalogue.ask(WRITTEN, table)] for table in rows}
        self.reached = []

    def try_one(self):
        table = self.chance.choice(list(self.rows))
        row = self.chance.choice(list(self.rows[table].values()))
        kind = self.chance.choice((self.read, self.read, self.change, self.delete, self.add))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                act_as(cursor, ELSEWHERE)
                kind(cursor, table, row)
                transaction.set_rollback(True)
        except DatabaseError:
            return  # refused

    def where(self, table, row):
        if self.chance.random() < 0.3:
            return "", []
        column = self.chance.choice(self.columns[table])
        return f' WHERE "{column}"::text = %s', [str(row[column])]

    def found(self, cursor, kind, table):
        ids = {id_ for (id_,) in cursor.fetchall()} & set(self.rows[table])
        if ids and not (kind == "read" and table in PUBLIC) and (kind, table) != ("change", COUNTED_BY_ALL):
            self.reached.append((kind, table))

    def read(self, cursor, table, row):
        where, params = self.where(table, row)
        cursor.execute(f'SELECT id::text FROM "{table}"{where}', params)
        self.found(cursor, "read", table)

    def change(self, cursor, table, row):
        column = self.chance.choice(self.columns[table])
        where, params = self.where(table, row)
        cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}"{where} RETURNING id::text', params)
        self.found(cursor, "change", table)

    def delete(self, cursor, table, row):
        where, params = self.where(table, row)
        cursor.execute(f'DELETE FROM "{table}"{where} RETURNING id::text', params)
        self.found(cursor, "delete", table)

    def add(self, cursor, table, row):
        """A copy of another's row, perhaps under one's own name, must not show where the other looks."""
        names = ", ".join(f'"{name}"' for name in self.columns[table])
        changes = {"id": str(new_id())}
        if "organisation_id" in row and self.chance.random() < 0.5:
            changes["organisation_id"] = str(ELSEWHERE)
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} FROM jsonb_populate_record(NULL::"{table}", '
            f"(SELECT to_jsonb(%s::json) || %s::jsonb))",
            [_json(row), _json(changes)],
        )
        if table in PUBLIC:
            self.reached += [("add", table)] * ("organisation_id" in row and "organisation_id" not in changes)
            return
        if table == "audit_entry" and "organisation_id" in changes:
            return  # who leads a case reads every entry that names it: one can only accuse oneself
        if table == "privacy_correctionnotice" and "organisation_id" in changes:
            return  # a notice is there to be read by whom it is told to
        if table == "reports_recommendation" and "organisation_id" in changes:
            return  # a recommendation is there to be read by whom it is given to
        for other in (RETURN_PARTNERS, HARBOUR):
            act_as(cursor, other)
            cursor.execute(f'SELECT id::text FROM "{table}" WHERE id::text = %s', [changes["id"]])
            if cursor.fetchall():
                self.reached.append(("add", table))


def _json(values):
    return dumps(values, default=str)


def tried(count, sami, past_policies):
    world_of(sami)
    statements = Statements(rows_of(past_policies, but=(ELSEWHERE,)))
    for _ in range(count):
        statements.try_one()
    return statements.reached


def test_statements_for_somebody_else_reach_no_row_of_others(sami, past_policies):
    reached = set(tried(3_000, sami, past_policies))
    assert not reached, sorted(reached)
    none_in(3_000, "statements reached a row of another organisation", "A2")


@pytest.mark.drill
def test_a_great_many_statements_reach_no_row_of_others(sami, past_policies):
    count = full(200_000)
    reached = set(tried(count, sami, past_policies))
    assert not reached, sorted(reached)
    none_in(count, "statements reached a row of another organisation", "A2")
