"""How long an extract of a country takes: as many cases as asked for, four rounds of visits each.

    export HOMEWARD_VAR_DIR=/var/tmp/bench-extracts PYTHONPATH=.
    .venv/bin/homeward demo --cases 300
    .venv/bin/python benchmarks/extracts.py --cases 1000000

Rows are copied from those of the demonstration within the database, past policies and triggers, with ids,
days and scores of their own: only a superuser of a database of one's own can do that. Then
`homeward extracts make` runs as it does anywhere: its own login, row-level security on. Prints time, rows and
memory in Markdown.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.settings")

ORGANISATION = "Return Partners Demo"
ROUNDS = (("baseline", 0), ("six_months", 6), ("twelve_months", 12), ("eighteen_months", 18))
CASE, PERSON = "md5('case' || g)::uuid", "md5('person' || g)::uuid"
OPENED = "(date '2021-01-01' + (g % 1500)::int)"
ROUND_IDS = "md5('{}' || g || '-' || r.code)::uuid"
EACH_ROUND = "CROSS JOIN (VALUES {}) r (code, months)".format(
    ", ".join(f"('{code}', {months})" for code, months in ROUNDS)
)
JOURNEY = {
    "opened_on": 0,
    "counselled_on": 7,
    "applied_on": 14,
    "accepted_on": 30,
    "travel_planned_on": 40,
    "travel_confirmed_on": 50,
    "departed_on": 60,
    "arrived_on": 61,
    "planning_on": 65,
    "plan_agreed_on": 80,
}
ENDS = "rejected not_travelled contact_lost withdrawn remigrated deceased closed monitored"


class Country:
    """A database that grows by copies of rows it has."""

    def __init__(self, connection, cases, first):
        self.connection, self.cases, self.first = connection, cases, first

    def copy(self, table, where="true", more="", **changed):
        """Copy one row of `table` for each case (times what `more` joins), with other expressions."""
        columns = self.connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        ).fetchall()
        names = ", ".join(f'"{name}"' for (name,) in columns)
        given = ", ".join(changed.get(name, f't."{name}"') for (name,) in columns)
        started = time.perf_counter()
        self.connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {given} "
            f"FROM (SELECT * FROM {table} WHERE {where} LIMIT 1) t "
            f"CROSS JOIN generate_series({self.first}, {self.first + self.cases - 1}) g {more}"
        )
        print(f"  {table}: {time.perf_counter() - started:.0f} s", flush=True)

    def without_what_lists_need(self):
        """Indexes of pages, which an extract does not use and a million rows would spend minutes on."""
        rows = self.connection.execute(
            "SELECT i.indexrelid::regclass::text FROM pg_index i WHERE NOT i.indisunique "
            "AND i.indrelid::regclass::text IN ('cases_listing', 'people_person', 'followup_visit', "
            "'outcomes_outcome', 'cases_case', 'assistance_entry', 'plans_activity') "
            "AND pg_get_indexdef(i.indexrelid) !~ '(case_id|person_id)'"
        ).fetchall()
        for (name,) in rows:
            self.connection.execute(f"DROP INDEX {name}")


def load(country):
    run = country.connection.execute
    run("SET session_replication_role = replica")
    run("SET jit = off")
    country.without_what_lists_need()
    ours = f"(SELECT id FROM organisations_organisation WHERE name = '{ORGANISATION}')"
    country.copy("people_person", "merged_into_id IS NULL", id=PERSON, organisation_id=ours)
    days = {name: f"{OPENED} + {days}" for name, days in JOURNEY.items()} | dict.fromkeys(
        ENDS.split(), "NULL"
    )
    country.copy(
        "cases_case",
        "programme_id IS NOT NULL",
        id=CASE,
        person_id=PERSON,
        file_id="NULL",
        reference="left(md5('r' || g), 18)",
        lead_organisation_id=ours,
        **days,
    )
    country.copy(
        "cases_listing",
        f"organisation_id = {ours} AND scope = 'lead' AND birth_year IS NOT NULL",
        id="md5('listing' || g)::uuid",
        case_id=CASE,
        person_id=PERSON,
        birth_year="1950 + (g % 60)",
        until="NULL",
        categories="NULL",
        reference="left(md5('r' || g), 18)",
    )
    due = f"{OPENED} + 61 + r.months * 30"
    visit = ROUND_IDS.format("visit")
    country.copy(
        "followup_visit",
        "state = 'done' AND member_id IS NULL",
        EACH_ROUND,
        id=visit,
        case_id=CASE,
        key=ROUND_IDS.format("key"),
        organisation_id=ours,
        round="r.code",
        opens_on=due,
        due_on=due,
        closes_on=due,
        done_on=due,
        submission_id=ROUND_IDS.format("submission"),
    )
    country.copy(
        "outcomes_outcome",
        "is_current",
        EACH_ROUND,
        id=ROUND_IDS.format("score"),
        case_id=CASE,
        visit_id=visit,
        organisation_id=ours,
        round="r.code",
        submission_id=ROUND_IDS.format("submission"),
        economic="((g * 7 + r.months) % 100) / 100.0",
        social="((g * 11 + r.months) % 100) / 100.0",
        psychosocial="((g * 13 + r.months) % 100) / 100.0",
        composite="((g * 17 + r.months) % 100) / 100.0",
        **{"on": due},
    )
    plan, version = "md5('plan' || g)::uuid", "md5('version' || g)::uuid"
    country.copy("plans_plan", id=plan, case_id=CASE, begun_on=f"{OPENED} + 65")
    country.copy(
        "plans_planversion",
        "state = 'agreed'",
        id=version,
        case_id=CASE,
        plan_id=plan,
        number="1",
        agreed_on=f"{OPENED} + 80",
    )
    for kind in ("delivery", "payment"):
        country.copy(
            "assistance_entry",
            f"kind = '{kind}'",
            id=f"md5('{kind}' || g)::uuid",
            case_id=CASE,
            organisation_id=ours,
            request_id=f"md5('{kind} asked' || g)::uuid",
            amount_minor="10000 + g % 90000",
            counted_minor="10000 + g % 90000",
            **{"on": f"{OPENED} + 90"},
        )
    run("RESET session_replication_role")
    print("  counting for the planner …", flush=True)
    run("ANALYZE")


def make():
    """Run the command as anybody would; seconds, and the most memory of its process in MiB."""
    command = [
        sys.executable,
        "-m",
        "homeward.config.cli",
        "extracts",
        "make",
        "--organisation",
        ORGANISATION,
    ]
    started = time.perf_counter()
    told = subprocess.run(
        [*command, "--why", "Measuring extracts"], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    print(told.stdout, file=sys.stderr)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, told.stdout.split()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=1, help="the number of the first case, to add to others")
    parser.add_argument("--loaded", action="store_true", help="the database was filled before")
    given = parser.parse_args()
    from homeward.config.environment import ensure_database, use_embedded_when_unset

    use_embedded_when_unset()
    ensure_database()
    import psycopg

    from homeward.config.postgres.cluster import main_cluster

    if not given.loaded:
        with psycopg.connect(main_cluster().superuser_url("homeward"), autocommit=True) as connection:
            load(Country(connection, given.cases, given.first))
    seconds, memory, extract_id = make()
    import django

    django.setup()
    from homeward.extracts.queries import directory_of

    directory = Path(directory_of(extract_id))
    manifest = json.loads((directory / "manifest.json").read_text())
    size = sum(one.stat().st_size for one in directory.rglob("*") if one.is_file())
    print("| frame | rows | files | MB |\n|---|---|---|---|")
    for name, frame in manifest["frames"].items():
        megabytes = sum(one["size_bytes"] for one in frame["files"]) / 1e6
        print(f"| {name} | {frame['rows']:,} | {len(frame['files'])} | {megabytes:.1f} |")
    rows = sum(frame["rows"] for frame in manifest["frames"].values())
    print(f"\n{rows:,} rows, {size / 1e6:.0f} MB, in {seconds:.0f} s with at most {memory:.0f} MiB")


if __name__ == "__main__":
    main()
