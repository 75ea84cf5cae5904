"""`homeward demo`: fill the database with a synthetic country of any size."""

import argparse
from datetime import date

from homeward.config.cli import Subparsers
from homeward.config.cli.keys import create_for_empty_database
from homeward.config.cli.migrate import migrate
from homeward.config.cli.ready import ready

SEED = 2026
CASES = 300


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "demo", help="load a synthetic country; never on a database with real cases"
    )
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.set_defaults(act=demo)


def demo(arguments: argparse.Namespace) -> None:
    ready()
    create_for_empty_database()
    migrate(quiet=True)
    refuse_real_cases()
    load(arguments.cases, arguments.seed)
    analyze()


def fill_when_empty() -> None:
    """For `homeward run`: load the small country once, whole or not at all."""
    from django.db import transaction

    from homeward.exchange.demonstration.showcase import has_stories

    if not has_stories():
        with transaction.atomic():
            load(CASES, SEED)
        analyze()


def load(cases: int, seed: int) -> None:
    from django.utils.timezone import now

    from homeward.exchange.demonstration.asking import ask_about_somebody
    from homeward.exchange.demonstration.border_post import tell_border_post
    from homeward.exchange.demonstration.consents import ask_people
    from homeward.exchange.demonstration.directory import tell_directory
    from homeward.exchange.demonstration.indicators import agree_on_indicators
    from homeward.exchange.demonstration.instruments import tell_instruments
    from homeward.exchange.demonstration.loading import load_country
    from homeward.exchange.demonstration.referrals import tell_referrals
    from homeward.exchange.demonstration.rights import rights_at_work
    from homeward.exchange.demonstration.showcase import has_stories, tell_stories

    print(f"Loading a synthetic country of {cases:,} cases …", flush=True)
    today = now().date()
    load_country(cases, seed=seed, today=today, progress=lambda done: print(f"  {done:,}", flush=True))
    tell_directory(today)
    tell_instruments()
    agree_on_indicators()
    if not has_stories():
        tell_stories(today)
        tell_border_post(today)
        ask_people(today)
        rights_at_work(today)
        ask_about_somebody()
    tell_referrals(today)
    tell_later(today)


def tell_later(today: date) -> None:
    """What follows once the cases are there: who takes them over, how people are doing, what is counted."""
    from homeward.exchange.demonstration.handovers import tell_handovers
    from homeward.exchange.demonstration.indicators import ask_for_values
    from homeward.exchange.demonstration.outcomes import tell_outcomes
    from homeward.exchange.demonstration.telling import JONAS, NORA

    tell_handovers(NORA, JONAS, today)
    tell_outcomes(today)
    ask_for_values()


def analyze() -> None:
    """Let the planner know what was loaded."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def refuse_real_cases() -> None:
    """A synthetic country is never mixed with organisations that are not synthetic."""
    from homeward.config.cli.problems import NotReady

    if organisations("NOT is_synthetic"):
        raise NotReady("This database has organisations that are not synthetic. Nothing was loaded.")


def organisations(condition: str) -> int:
    """How many organisations there are; the command line asks as nobody in particular."""
    from django.db import connection

    from homeward.access.acting import acting_as
    from homeward.access.actor import SYSTEM_USER_ID, system_actor

    with acting_as(system_actor(SYSTEM_USER_ID)), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM organisations_organisation WHERE {condition}")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0])
