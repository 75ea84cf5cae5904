"""`homeward enforcement serve|body|account|end`: the process of enforcement bodies and its accounts."""

import argparse
import os
import sys
from uuid import UUID

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready
from homeward.config.cli.serve import server_command
from homeward.config.environment import enforcement_environment, ensure_database

ENFORCEMENT = "homeward.config.enforcement_wsgi:application"


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "enforcement", help="what enforcement bodies are told, in a process of its own"
    )
    acts = parser.add_subparsers(required=True, metavar="ACT")
    serving = acts.add_parser("serve", help="serve the pages of enforcement bodies, and nothing else")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8100)
    serving.set_defaults(act=serve)
    bringing = acts.add_parser(
        "body", help="bring in an enforcement body; it is told nothing without a protocol"
    )
    bringing.add_argument("name")
    bringing.add_argument("--country", required=True, help="two letters, ISO 3166")
    bringing.set_defaults(act=bring_in)
    adding = acts.add_parser("account", help="invite somebody at an enforcement body; the link works once")
    adding.add_argument("body", type=UUID, help="the number that `enforcement body` printed")
    adding.add_argument("--name", required=True)
    adding.add_argument("--email", required=True)
    adding.add_argument(
        "--address", default="http://localhost:8100", help="where enforcement bodies open theirs"
    )
    adding.set_defaults(act=add_account)
    ending = acts.add_parser("end", help="end an account and its sessions")
    ending.add_argument("body", type=UUID)
    ending.add_argument("account", type=UUID)
    ending.set_defaults(act=end)


def serve(arguments: argparse.Namespace) -> None:
    """Replaces this process; the new one is given its own login and secret, and none of ours."""
    ensure_database()
    given = enforcement_environment()
    for name in ("HOMEWARD_ENFORCEMENT_DATABASE_URL", "HOMEWARD_ENFORCEMENT_SECRET_KEY"):
        if not given.get(name):
            raise NotReady(f"{name} is not set. See docs/operate/enforcement.md.")
    command = server_command(arguments.host, arguments.port, 1, ENFORCEMENT)
    os.execve(sys.executable, command, given)  # noqa: S606


def bring_in(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.actor import system_actor
    from homeward.lib.identifiers import new_id
    from homeward.organisations.commands import create_enforcement_body

    made = create_enforcement_body(
        system_actor(new_id()), name=arguments.name, country=arguments.country.upper()
    )
    print(f"Made: {made.id}. Nothing is told to it until an organisation has a protocol in force with it.")


def add_account(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.actor import system_actor
    from homeward.firewall.commands import make_account

    made = make_account(system_actor(arguments.body), name=arguments.name, email=arguments.email)
    link = f"{arguments.address.rstrip('/')}/invitation/{made.secret}"
    print(
        f"Made: {made.id}. Give this link to {arguments.email} in person; it works once, for 3 days:\n{link}"
    )


def end(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.actor import system_actor
    from homeward.firewall.commands import end_account

    end_account(system_actor(arguments.body), account_id=arguments.account)
    print("Ended. Its next request is refused.")
