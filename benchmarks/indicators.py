"""How long a table of indicators takes over as many cases as asked for, four rounds of visits each.

    PYTHONPATH=. .venv/bin/python benchmarks/indicators.py --cases 10000 1000000

Frames are written by DuckDB, nothing of them is real. Every indicator that comes along is reckoned as the
worker does it, without and with hiding small cells. Beside it runs what the same engine needs for one outcome
in plain SQL: scores joined with cases, grouped by the same margins with GROUPING SETS.
"""

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

CASES = """
SELECT printf('%026d', g) AS case_id, printf('%026d', g) AS person_id,
    'P' || (g % 3) AS programme, 1::int AS programme_version, 'X' || (h % 4) AS destination_country,
    'O' || (h % 10) AS origin_country, 'D' || (h % 120) AS district, 'A' || (h % 4) AS counselling_partner,
    'R' || (h % 10) || '-' || ((h // 10) % 3) AS partner,
    CASE WHEN (h // 7) % 20 < 9 THEN 'female' ELSE 'male' END AS sex,
    ['18-24', '25-34', '35-44', '45-54', '55-64'][1 + (h // 11) % 5] AS age_band,
    CASE WHEN (h // 13) % 5 = 0 THEN 'forced' ELSE 'voluntary' END AS return_basis,
    CASE WHEN (h // 17) % 12 = 0 THEN 'single_parent' ELSE 'none' END AS "group",
    CASE WHEN (h // 19) % 80 = 0 THEN 'trafficking' ELSE 'none' END AS sealed_group,
    DATE '2021-01-01' + to_months(((h // 23) % 40)::int) AS applied_month, NULL AS departed_month,
    DATE '2021-03-01' + to_months(((h // 23) % 40)::int) AS arrived_month,
    CASE WHEN h % 3 = 0 THEN DATE '2022-06-01' + to_months(((h // 23) % 40)::int) END AS closed_month,
    CASE WHEN h % 3 = 0 THEN 'completed' END AS closure, 'reintegrating' AS stage, h % 2 = 0 AS is_assisted
FROM (SELECT g, (hash(g) % 1000000007)::bigint AS h FROM range({n}) t(g))
"""
ROUNDS = (
    "(VALUES ('baseline', 0), ('six_months', 6), ('twelve_months', 12), ('two_years', 24)) r(round, months)"
)
VISITS = f"""
SELECT case_id, case_id || months AS visit_id, round, months::int AS months,
    (arrived_month + to_months(months::int))::date AS due_month,
    CASE WHEN hash(case_id, months) % 4 < 3 THEN 'done' ELSE 'missed' END AS state, 2::int AS attempts,
    NULL AS reached_month, NULL AS disposition
FROM made_cases, {ROUNDS}
"""
SCORES = """
SELECT case_id, visit_id, round, months, 'S' AS instrument, 1::int AS instrument_version,
    1::int AS profile_version, e AS economic, s AS social, p AS psychosocial,
    (e + s + p) / 3 AS composite,
    1.0 AS economic_coverage, 1.0 AS social_coverage, 1.0 AS psychosocial_coverage, 1.0 AS composite_coverage
FROM (SELECT *, (hash(case_id, months, 1) % 1000) / 1000.0 AS e,
    (hash(case_id, months, 2) % 1000) / 1000.0 AS s, (hash(case_id, months, 3) % 1000) / 1000.0 AS p
    FROM made_visits WHERE state = 'done')
"""
REFERRALS = """
SELECT case_id, 'N' || (hash(case_id) % 8) AS service_type, 'V' || (hash(case_id) % 200) AS provider,
    district,
    (arrived_month + to_months(2))::date AS sent_month, (hash(case_id, 9) % 30)::int AS reply_days,
    ['accepted', 'declined', 'completed'][(1 + hash(case_id, 8) % 3)::bigint] AS answer, NULL AS outcome,
    hash(case_id, 7) % 2 = 0 AS is_confirmed
FROM made_cases WHERE hash(case_id, 5) % 2 = 0
"""
COSTS = """
SELECT case_id, 'assistance' AS kind, 'kind' AS modality, arrived_month AS month, 'EUR' AS currency,
    (hash(case_id, 6) % 3000)::double AS amount, (hash(case_id, 6) % 3000)::double AS amount_eur, partner
FROM made_cases WHERE is_assisted
"""
PLANS = """
SELECT case_id, 1::int AS version,
    (arrived_month + to_months((hash(case_id, 4) % 3)::int))::date AS agreed_month,
    (hash(case_id, 3) % 60)::int AS days_to_agree, 3::int AS activities, 1::int AS economic, 1::int AS social,
    (hash(case_id, 2) % 2)::int AS psychosocial, 1000.0 AS cost, 'EUR' AS currency
FROM made_cases
"""
SQL = {
    "cases": CASES,
    "visits": VISITS,
    "scores": SCORES,
    "referrals": REFERRALS,
    "costs": COSTS,
    "plans": PLANS,
}
PLAIN = """
SELECT programme, origin_country, partner, sex, age_band, g, y, count(*), count(economic), avg(economic),
    var_samp(economic)
FROM (SELECT c.*, CASE WHEN sealed_group <> 'none' THEN sealed_group ELSE "group" END AS g,
        year(arrived_month) AS y, s.economic
    FROM 'cases.parquet' c LEFT JOIN (SELECT * FROM 'scores.parquet' WHERE months = 12) s USING (case_id))
GROUP BY GROUPING SETS ({sets})
"""
PLACES = {"programme": "programme", "country": "origin_country", "group": "g"}
MADE = {"made_at": "2026-11-15T12:00:00+00:00", "frames": {}}


def write(directory: Path, cases: int) -> dict[str, tuple[Path, ...]]:
    """Frames of that many cases."""
    import duckdb

    connected = duckdb.connect(config={"threads": 2})
    files = {}
    for name, sql in SQL.items():
        connected.execute(f"CREATE TABLE made_{name} AS {sql.format(n=cases)}")
        place = directory / f"{name}.parquet"
        connected.execute(f"COPY made_{name} TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
        files[name] = (place,)
    return files


def table(files, *, hides: bool) -> tuple[float, int]:
    """Seconds and values of everything that comes along."""
    from homeward.extracts.engine import connection
    from homeward.extracts.queries import Frames
    from homeward.indicators.catalogue import catalogue
    from homeward.indicators.computing import known_frames, made_on, measured, values_of_one
    from homeward.indicators.measures.tables import Tables
    from homeward.lib.identifiers import new_id

    frames = Frames(new_id(), MADE, files)
    started = time.monotonic()
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    reckon = values_of_one if hides else measured
    found = sum(len(reckon(one, tables)) for one in catalogue("avrr_core").definitions)
    return time.monotonic() - started, found


def plain(files) -> float:
    """Seconds for one outcome in plain SQL, by the same margins."""
    import duckdb

    from homeward.indicators.rules import BY_PERIOD, OVER_ALL_PERIODS

    def named(some, *more):
        return "(" + ", ".join([*(PLACES.get(str(one), str(one)) for one in some), *more]) + ")"

    sets = [*(named(one, "y") for one in BY_PERIOD), *(named(one) for one in OVER_ALL_PERIODS)]
    query = PLAIN.format(sets=", ".join(sets))
    for name, (place,) in files.items():
        query = query.replace(f"'{name}.parquet'", f"'{place}'")
    connected = duckdb.connect(config={"threads": 2})
    started = time.monotonic()
    connected.execute(query).fetchall()
    return time.monotonic() - started


def main() -> None:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--cases", type=int, nargs="+", default=[10_000, 1_000_000])
    sizes = chosen.parse_args().cases

    import django

    django.setup()
    from homeward.indicators.catalogue import catalogue

    asked = len(catalogue("avrr_core").definitions)
    print("| cases | indicators | values | table, s | hiding too, s | one outcome in SQL, s | MiB |")
    print("|---|---|---|---|---|---|---|")
    for cases in sizes:
        with tempfile.TemporaryDirectory() as directory:
            files = write(Path(directory), cases)
            sql = min(plain(files) for _again in range(3))
            seconds, values = table(files, hides=False)
            hiding, _values = table(files, hides=True)
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = f"{seconds:.1f} | {hiding:.1f} | {sql:.2f} | {most:,}"
        print(f"| {cases:,} | {asked} | {values:,} | {told} |", flush=True)


if __name__ == "__main__":
    main()
