"""`homeward serve` and `homeward worker`: production's two processes; put a supervisor above each."""

import argparse
import os
import sys

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up
from homeward.config.environment import application_environment
from homeward.config.processes import python_module

WSGI = "homeward.config.wsgi:application"
THREADS = 4


def add_to(subparsers: Subparsers) -> None:
    serving = subparsers.add_parser("serve", help="serve pages and the API (production)")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--workers", type=int, default=min(os.cpu_count() or 2, 8))
    serving.set_defaults(act=serve)
    gathering = subparsers.add_parser("static", help="gather static files ahead of serving")
    gathering.set_defaults(act=gather)
    working = subparsers.add_parser("worker", help="run background jobs (production)")
    working.add_argument("--concurrency", type=int, default=2)
    working.set_defaults(act=work)


def serve(arguments: argparse.Namespace) -> None:
    """Replaces this process, so that a supervisor's signals arrive where they should."""
    ready()
    collect_static_files()
    command = server_command(arguments.host, arguments.port, arguments.workers)
    os.execve(sys.executable, command, application_environment())  # noqa: S606


def gather(arguments: argparse.Namespace) -> None:
    """For images that are built once and read-only afterwards; needs no database."""
    set_up()
    collect_static_files()


def server_command(host: str, port: int, workers: int, application: str = WSGI) -> list[str]:
    options = ["--interface", "wsgi", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
    # Each thread keeps a connection to the database, and Python runs one at a time anyhow.
    options += ["--blocking-threads", str(THREADS), "--backpressure", "64"]
    where = ["--host", host, "--port", str(port), "--workers", str(workers)]
    return python_module("granian", *options, *where, application)


def work(arguments: argparse.Namespace) -> None:
    ready()
    os.execve(sys.executable, worker_command(arguments.concurrency), application_environment())  # noqa: S606


def worker_command(concurrency: int) -> list[str]:
    return python_module("django", "procrastinate", "worker", f"--concurrency={concurrency}")


def collect_static_files() -> None:
    """Gather, compress and name by content; nothing when no source changed since."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = [
        f"{name} {storage.path(name)} {os.path.getmtime(storage.path(name))}"
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    seen, stamp = "\n".join(sorted(found)), settings.STATIC_ROOT / ".sources"
    if stamp.exists() and stamp.read_text() == seen:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(seen)
