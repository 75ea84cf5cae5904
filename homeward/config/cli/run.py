"""`homeward run`: everything, on this machine, with demonstration data; Ctrl-C ends all of it."""

import argparse
import os
import socket
import sys
import urllib.error
import urllib.request
import webbrowser
from importlib import import_module
from importlib.util import find_spec

from homeward.config.cli import Subparsers
from homeward.config.cli.keys import create_for_empty_database
from homeward.config.cli.migrate import migrate
from homeward.config.cli.ready import set_up
from homeward.config.cli.serve import collect_static_files, server_command, worker_command
from homeward.config.environment import application_environment, ensure_database, fill_in_places
from homeward.config.postgres.cluster import main_cluster
from homeward.config.postgres.server import stop
from homeward.config.processes import Together, python_module, wait_until
from homeward.config.translations import compile_catalogues

HOST = "127.0.0.1"
SLOWEST_START_SECONDS = 60
SEAL_SECONDS = "2"
EXTRACT_SECONDS = "5"


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("run", help="try Homeward here, with synthetic data")
    parser.add_argument("--port", type=int, default=8000, help="the first free one from here on is taken")
    parser.add_argument("--no-browser", action="store_true")
    parser.set_defaults(act=run)


def run(arguments: argparse.Namespace) -> int:
    for name, value in (("HOMEWARD_DEMO", "1"), ("HOMEWARD_DUPLICATE_CHECK", "on")):
        os.environ.setdefault(name, value)
    fill_in_places("")
    started_database = ensure_database()
    try:
        prepare()
        return serve_until_stopped(free_port(arguments.port), show_page=not arguments.no_browser)
    finally:
        if started_database:
            stop(main_cluster())


def prepare() -> None:
    """Each step is skipped when there is nothing for it to do."""
    say("Preparing the database …")
    compile_catalogues()
    set_up()
    create_for_empty_database()
    migrate(quiet=True)
    fill_demonstration()
    collect_static_files()


def fill_demonstration() -> None:
    """The demonstration country brings its own module; it fills only an empty database."""
    if find_spec("homeward.config.cli.demo"):
        import_module("homeward.config.cli.demo").fill_when_empty()


def serve_until_stopped(port: int, *, show_page: bool) -> int:
    address = f"http://{HOST}:{port}/"
    with Together() as together:
        together.start(server_command(HOST, port, workers=2), application_environment())
        shown = wait_until(lambda: answers(address), together, SLOWEST_START_SECONDS)
        # The page first: these take as long to start as the server, and nobody waits for them.
        together.start(worker_command(concurrency=2), application_environment())
        together.start(python_module("homeward.config.cli", "audit", "seal", "--every", SEAL_SECONDS))
        together.start(python_module("homeward.config.cli", "extracts", "work", "--every", EXTRACT_SECONDS))
        if shown:
            say(f"\n  Homeward is at {address}\n  All data in it is synthetic. Ctrl-C stops everything.\n")
            if show_page and has_display():
                webbrowser.open(address)
        return together.wait()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def free_port(first: int) -> int:
    for port in range(first, first + 100):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((HOST, port))
            except OSError:
                continue
            return port
    return first


def has_display() -> bool:
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def say(text: str) -> None:
    print(text, flush=True)
