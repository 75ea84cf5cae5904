"""`homeward database prepare|start|stop|status`."""

import argparse
import os

from homeward.config.cli import Subparsers
from homeward.config.environment import URL_OF_LOGIN, ensure_database, uses_own_database
from homeward.config.postgres.cluster import main_cluster, scratch_cluster
from homeward.config.postgres.prepare import prepare_given_database
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.config.postgres.server import answers, stop


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("database", help="prepare, start, stop or look at the database")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("prepare", help="make roles, extensions, privileges").set_defaults(act=prepare)
    acts.add_parser("start", help="start our own server").set_defaults(act=prepare)
    stopping = acts.add_parser("stop", help="stop our own server")
    stopping.add_argument("--tests", action="store_true", help="the server that tests run on")
    stopping.set_defaults(act=stop_server)
    acts.add_parser("status", help="where the database is and whether it answers").set_defaults(act=show)


def prepare(arguments: argparse.Namespace) -> None:
    if uses_own_database():
        ensure_database()
        print(f"Our own server is up and prepared: {main_cluster().data}")
        return
    owner_url = os.environ.get("HOMEWARD_OWNER_DATABASE_URL", "")
    if not owner_url:
        raise DatabaseTrouble(
            "HOMEWARD_OWNER_DATABASE_URL is not set: it names the role that owns the tables."
        )
    prepare_given_database(owner_url, [os.environ.get(name, "") for name in URL_OF_LOGIN.values()])
    print("The database is prepared. Next: homeward migrate")


def stop_server(arguments: argparse.Namespace) -> None:
    cluster = scratch_cluster() if arguments.tests else main_cluster()
    print("Stopped." if stop(cluster) else "It was not running.")


def show(arguments: argparse.Namespace) -> int:
    if not uses_own_database():
        print("HOMEWARD_DATABASE_URL points to a server that is not ours to start or stop.")
        return 0
    cluster = main_cluster()
    up = answers(cluster)
    print(f"{'up' if up else 'down'}: {cluster.data}")
    return 0 if up else 3
