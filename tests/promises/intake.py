"""An installation of a test's own that takes filled forms in: server, background worker, durable database.

Run as a program inside it: `make` puts officers, a form and telephones in, `look` reads back what was kept.
"""

# ruff: noqa: PLC0415 - what runs inside is imported once Django is set up

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
import pytest

from homeward.config.backup.restore import PREPARED
from homeward.config.backup.server import run_program
from homeward.config.postgres import cluster as clusters
from homeward.config.postgres import server as database
from homeward.config.postgres.prepare import prepare_own_database
from tests.scratch_database import TEMPLATE

ROOT = Path(__file__).parents[2]
PHONES = 8
BOUNDARY = "AaB03x"
PATIENCE = 60
PICTURES = ("front", "back", "inside")


class Installation:
    """Its processes may be killed at any moment, and come back."""

    def __init__(self, var, port):
        self.var, self.port = var, port
        self.cluster = clusters.main_cluster()
        self.running = {}
        self.told = {}

    def start_database(self):
        database.start(self.cluster)

    def start(self, name):
        words = {
            "app": ["serve", "--port", str(self.port), "--workers", "2"],
            "worker": ["worker", "--concurrency", "1"],
        }[name]
        self.running[name] = subprocess.Popen(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "homeward.config.cli", *words],
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
        own = {
            "HOMEWARD_VAR_DIR": str(self.var),
            "HOMEWARD_PHONE_CALLS_A_MINUTE": "1000000",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "homeward.config.settings",
        }
        return {**kept, **own}

    def program(self, act):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "tests.promises.intake", act],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def kill(self, name):
        """`kill -9`, as a power cut would: of one process of the app, all of it, the worker, the database."""
        if name == "database":
            os.kill(database.process_of(self.cluster), signal.SIGKILL)
            self.start_database()
        elif name == "one of the app":
            beneath = children(self.running["app"].pid)
            if beneath:
                with suppress(ProcessLookupError):
                    os.kill(beneath[0], signal.SIGKILL)
        else:
            self.end(name)
            self.start(name)

    def end(self, name):
        gone = self.running.pop(name)
        for one in (*children(gone.pid), gone.pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        gone.wait()

    def wait(self):
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(OSError, HTTPException):
                if self.ask("GET", "/health")[0] == 200:
                    return
            time.sleep(0.1)
        pytest.fail("the server did not start")

    def ask(self, method, path, body=None, headers=(), seconds=30):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def send(self, body, files=(), phone=0):
        """One post of a telephone; its status."""
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        path = f"/phone/{self.told['phones'][phone % PHONES]}/submission"
        return self.ask("POST", path, multipart(body, files), kind)[0]

    def send_until_kept(self, body, files=(), phone=0):
        """As telephones do: again and again, until there is a receipt."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(OSError, HTTPException):
                status = self.send(body, files, phone)
                if status in (201, 202):
                    return status
                assert status >= 500, status
            time.sleep(0.1)
        return pytest.fail("nobody took it in")

    def kept(self):
        """What stands: of each instance its digest, state and files, opened and compared."""
        return self.program("look")

    def rows(self, question):
        with psycopg.connect(self.cluster.superuser_url("homeward"), autocommit=True) as asked:
            return asked.execute(question).fetchall()


@contextmanager
def installation(scratch):
    """A new one with the tables of the tests' own database, at work."""
    with tempfile.TemporaryDirectory(prefix="homeward-") as var, pytest.MonkeyPatch.context() as patch:
        os.chmod(var, 0o755)  # noqa: S103 - the server may run under another account
        dump = dumped(scratch, Path(var))
        patch.setenv("HOMEWARD_VAR_DIR", var)
        made = Installation(Path(var), free_port())
        try:
            made.start_database()
            fill(made, *dump)
            made.told = made.program("make")
            made.start("app")
            made.start("worker")
            made.wait()
            yield made
        finally:
            for name in list(made.running):
                made.end(name)
            database.stop(made.cluster)


def dumped(scratch, into):
    """The tables as migrations leave them, what to restore of them, and the version of the server."""
    with scratch.superuser() as superuser:
        major = superuser.info.server_version // 10_000
    url, dump, chosen = scratch.cluster.superuser_url(TEMPLATE), into / "tables.dump", into / "tables.list"
    options = ["--format=custom", "--schema=public", "--extension=*", "--file", dump]
    run_program("pg_dump", url, options, server_major=major)
    contents = run_program("pg_restore", url, ["--list", dump], server_major=major)
    wanted = [line for line in contents.splitlines() if not any(made in line for made in PREPARED)]
    chosen.write_text("\n".join(wanted) + "\n")
    return dump, chosen, major


def fill(made, dump, chosen, major):
    prepare_own_database(made.cluster, "homeward")
    url = made.cluster.superuser_url("homeward")
    options = ["--dbname=homeward", "--exit-on-error", f"--use-list={chosen}", dump]
    run_program("pg_restore", url, options, server_major=major)


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def children(process):
    file = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in file.read_text().split()] if file.exists() else []


def multipart(body, files=()):
    """The body of a post as telephones write it."""
    parts = [
        ("xml_submission_file", "submission.xml", body),
        *((name, name, content) for name, content in files),
    ]
    out = b""
    for named, name, content in parts:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{named}"; filename="{name}"\r\n\r\n'
        out += head.encode() + content + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


def make():
    from django.conf import settings

    from homeward.lib.key_files import create_keys
    from homeward.surveys.commands import add_phone
    from homeward.surveys.tests.test_forms import published
    from tests.cast import nora
    from tests.cast_rows import AGREEING, ROWS, insert

    create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
    insert(ROWS)
    insert(AGREEING)
    form = published()
    rows = [{"type": "image", "name": name, "label::English (en)": name} for name in PICTURES]
    start = [{"type": "start", "name": "start"}, {"type": "end", "name": "end"}]
    published(rows=[*start, {"type": "hidden", "name": "homeward_respondent"}, *rows], form_id="pictures")
    phones = [add_phone(nora, name=f"Phone {number}").secret for number in range(PHONES)]
    return {"phones": phones, "form": str(form.id)}


def look():
    from homeward.access.acting import acting_as
    from homeward.files.blobs import read_blob
    from homeward.privacy.sealing import open_for_installation, place_of
    from homeward.surveys.models import Submission
    from tests.cast import nora

    found = []
    with acting_as(nora):
        for one in Submission.objects.prefetch_related("attachments").order_by("id"):
            files = {}
            for each in one.attachments.all():
                key = open_for_installation(place_of(each, "key"), each.key)
                content = read_blob(each.blob, key, place_of(each, "content"))
                files[each.name] = sha256(content).hexdigest()
            body = open_for_installation(place_of(one, "body"), one.body)
            found.append(
                {
                    "instance": one.instance_id,
                    "body": sha256(body).hexdigest(),
                    "state": one.state,
                    "waiting": [name for name in one.expected_files if name not in files],
                    "files": files,
                    "superseded": one.superseded_by is not None,
                }
            )
    return found


if __name__ == "__main__":
    from homeward.config.environment import use_embedded_when_unset

    use_embedded_when_unset()
    import django

    django.setup()
    print(json.dumps({"make": make, "look": look}[sys.argv[1]]()))
