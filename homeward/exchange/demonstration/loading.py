"""Loading a country in bulk, as each organisation in turn, so that the policies hold here too.

COPY is refused under forced policies: rows are copied into a temporary table first and inserted from there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import make_aware
from psycopg import sql

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.exchange.demonstration.agreements import make_agreements
from homeward.exchange.demonstration.country import Country
from homeward.exchange.demonstration.partners import partners_for
from homeward.exchange.demonstration.programmes import published_rules
from homeward.exchange.demonstration.purses import Purses
from homeward.exchange.demonstration.rows import Row, Rows, Writer
from homeward.organisations import demo

AT_A_TIME = 5_000  # short transactions: in one of them, every entry makes a budget a little slower
# Listings first: by them, and only by them, the organisations may then write the rest. `>` moves on rows
# that are there; `:2` is the second version of a plan, which the first has to make room for.
ORDER = (
    *("cases_listing", "people_person", "privacy_subjectkey", "people_contact", "people_document"),
    "people_blockingkey",
    # Answers before what they bring about: no exception stands without one.
    *("approvals_approval", "approvals_step", "approvals_step>answered", "approvals_step>answered:office"),
    *("approvals_approval>next", "approvals_step>answered:2", "approvals_step>answered:2:office"),
    "approvals_approval>ended",
    # What opens the gates before the cases: nobody is loaded as travelling past a closed one.
    *("cases_file", "cases_counselling", "cases_profile", "cases_clearance"),
    *(
        "cases_case",
        "sharing_disclosure",
        "cases_share",
        "cases_event",
        "cases_application",
        "cases_eligibilitydecision",
    ),
    *("cases_travel", "cases_arrival", "cases_closure", "cases_sideexit", "cases_note", "followup_visit"),
    *("plans_plan", "plans_planversion", "plans_goal", "plans_activity"),
    *("plans_planversion>proposed", "plans_planversion>declined", "plans_planversion>approved"),
    *("plans_agreement", "plans_planversion>agreed", "plans_planversion>superseded"),
    *("plans_planversion:2", "plans_goal:2", "plans_activity:2", "plans_planversion>proposed:2"),
    *("plans_planversion>approved:2", "plans_agreement:2", "plans_planversion>agreed:2"),
    *("assistance_rate", "assistance_price"),
    *("assistance_budget", "assistance_entitlement", "assistance_commitment", "assistance_instalment"),
    *("assistance_entry:commitment", "assistance_entry:delivery", "assistance_entry:payment"),
    *("assistance_entry:reversal", "assistance_entry:payment:2", "assistance_entry:release"),
    *("assistance_delivery", "assistance_answer", "files_storedfile", "assistance_proof"),
)
KEPT = frozenset({"assistance_rate", "assistance_price"})  # what is there of them stays as it is
INTEGER = 23  # its type in PostgreSQL
Progress = Callable[[int], None]


def load_country(cases: int, *, seed: int, today: date, progress: Progress = lambda done: None) -> None:
    """Make the organisations that are missing and load `cases` drawn cases."""
    demo.make_demo_organisations()
    partners = partners_for(cases)
    demo.make_organisations(partners.made)
    clauses = make_agreements(partners.made, today)
    country = Country(seed, today, len(partners.counsellors), len(partners.managers))
    rules = published_rules(today)
    holders = tuple(dict.fromkeys(staff[0].organisation_id for staff in partners.managers))
    purses = Purses(f"{seed} {cases}", rules, holders, cases, today)
    rows = Rows()
    for step, holder, row in purses.rows():
        rows.add(step, holder, row)
    insert(rows)
    writer = Writer(partners, rules, purses, clauses, today, make_aware(datetime.combine(today, time(18))))
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
    """Write the rows in one transaction, step by step, each as the organisation and person who writes it."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Triggers look up rows that this transaction adds: statistics cannot know of them yet.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for step in ORDER:
            if step in rows.steps:
                _write(step, rows.steps[step])


def _write(step: str, by_writer: Mapping[tuple[UUID, UUID], list[Row]]) -> None:
    """Copy the rows into a temporary table; from there each writer's go into or over those of their table."""
    table = re.split("[>:]", step)[0]
    columns = list(next(iter(by_writer.values()))[0])
    write = (_update if ">" in step else _insert)(table, columns)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE loaded ON COMMIT DROP AS "
                "SELECT {}, 0 AS loaded_by FROM {} WITH NO DATA"
            ).format(_named(columns), sql.Identifier(table))
        )
        types = _types(table)
        with cursor.copy("COPY loaded FROM STDIN (FORMAT binary)") as copy:
            copy.set_types([*(types[column] for column in columns), INTEGER])
            for writer, rows in enumerate(by_writer.values()):
                for row in rows:
                    copy.write_row([*(_plain(row[column]) for column in columns), writer])
        for writer, (organisation_id, user_id) in enumerate(by_writer):
            with acting_as(replace(system_actor(organisation_id), user_id=user_id)):
                cursor.execute(write, [writer])
        cursor.execute("DROP TABLE loaded")


def _insert(table: str, columns: list[str]) -> sql.Composed:
    inserted = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM loaded WHERE loaded_by = %s").format(
        sql.Identifier(table), _named(columns), _named(columns)
    )
    return inserted + sql.SQL(" ON CONFLICT DO NOTHING") if table in KEPT else inserted


def _update(table: str, columns: list[str]) -> sql.Composed:
    changed = sql.SQL(", ").join(
        sql.SQL("{0} = loaded.{0}").format(sql.Identifier(column)) for column in columns if column != "id"
    )
    return sql.SQL("UPDATE {} kept SET {} FROM loaded WHERE kept.id = loaded.id AND loaded_by = %s").format(
        sql.Identifier(table), changed
    )


def _named(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _types(table: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, atttypid::int FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
            [table],
        )
        return dict(cursor.fetchall())
