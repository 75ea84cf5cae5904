"""Loading a country in bulk, as each organisation in turn, so that the policies hold here too.

COPY is refused under forced policies: rows are copied into a temporary table first and inserted from there.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum

from django.db import connection, transaction
from django.utils.timezone import make_aware
from psycopg import sql

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.exchange.demonstration.country import Country
from homeward.exchange.demonstration.partners import partners_for
from homeward.exchange.demonstration.programmes import published_rules
from homeward.exchange.demonstration.rows import Row, Rows, Writer
from homeward.organisations import demo

AT_A_TIME = 20_000
# Listings first: by them, and only by them, the organisations may then write the rest.
ORDER = (
    *("cases_listing", "people_person", "privacy_subjectkey", "people_contact", "people_document"),
    "people_blockingkey",
    # What opens the gates before the cases: nobody is loaded as travelling past a closed one.
    *("cases_file", "cases_counselling", "cases_profile", "cases_clearance"),
    *("cases_case", "cases_share", "cases_event", "cases_application"),
    "cases_eligibilitydecision",
    *("cases_travel", "cases_arrival", "cases_closure", "cases_sideexit", "cases_note"),
)
Progress = Callable[[int], None]


def load_country(cases: int, *, seed: int, today: date, progress: Progress = lambda done: None) -> None:
    """Make the organisations that are missing and load `cases` drawn cases."""
    demo.make_demo_organisations()
    partners = partners_for(cases)
    demo.make_organisations(partners.made)
    country = Country(seed, today, len(partners.counsellors), len(partners.managers))
    writer = Writer(partners, published_rules(today), make_aware(datetime.combine(today, time(18))))
    rows, waiting = Rows(), 0
    for done, case in enumerate(country.cases(cases), start=1):
        writer.write(case, rows)
        waiting += 1
        if waiting >= AT_A_TIME and case.file_id is None:
            insert(rows)
            rows, waiting = Rows(), 0
            progress(done)
    if waiting:
        insert(rows)
        progress(cases)


def insert(rows: Rows) -> None:
    """Insert the rows in one transaction, table by table, each as the organisation that writes it."""
    with transaction.atomic():
        for table in ORDER:
            for organisation_id, given in rows.tables.get(table, {}).items():
                with acting_as(system_actor(organisation_id)):
                    _copy(table, given)


def _copy(table: str, rows: list[Row]) -> None:
    columns = list(rows[0])
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        into = sql.Identifier(f"load_{table}")
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                into, named, sql.Identifier(table)
            )
        )
        types = _types(table, columns)
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(into)) as copy:
            copy.set_types([types[column] for column in columns])
            for row in rows:
                copy.write_row([_plain(row[column]) for column in columns])
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(sql.Identifier(table), named, named, into)
        )
        cursor.execute(sql.SQL("DROP TABLE {}").format(into))


def _plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum) else value


def _types(table: str, columns: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, atttypid::int FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            [table],
        )
        return dict(cursor.fetchall())
