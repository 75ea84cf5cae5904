"""The README's first command, from nothing to a page and back to nothing running."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from homeward.config.cli.run import free_port
from homeward.config.places import project_directory

OURS = ("HOMEWARD_", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def var():
    with tempfile.TemporaryDirectory(prefix="homeward-") as directory:
        os.chmod(directory, 0o755)  # noqa: S103 - the server's account has to pass
        yield Path(directory)


def homeward(var, *arguments, settings=None, **options):
    """The command as a person would give it, in an environment that says nothing but where to keep things."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "homeward.config.cli", *arguments],
        cwd=project_directory(),
        env=environment | {"HOMEWARD_VAR_DIR": str(var)} | (settings or {}),
        **options,
    )


def page_of(address, process):
    for _ in range(600):
        assert process.poll() is None, "it ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 - our own address
                return page.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no page within two minutes")


def processes_that_mention(var):
    said = subprocess.run(["/bin/ps", "-eo", "command"], capture_output=True, text=True, check=True)
    return [line for line in said.stdout.splitlines() if str(var) in line]


@pytest.mark.thorough
@pytest.mark.slow
def test_run_shows_a_page_from_nothing_and_ctrl_c_stops_all_of_it(var):
    port = free_port(8300)
    with homeward(var, "run", "--no-browser", "--port", str(port), start_new_session=True) as process:
        try:
            assert "<html" in page_of(f"http://127.0.0.1:{port}/", process)
            assert processes_that_mention(var)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
    assert processes_that_mention(var) == []
    assert (var / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_problem_is_told_in_words_without_a_traceback(var):
    settings = {"HOMEWARD_DATABASE_URL": "postgresql://app@db.example/homeward"}
    with homeward(
        var, "database", "prepare", settings=settings, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.communicate(timeout=60)[1].startswith(
            "homeward: HOMEWARD_OWNER_DATABASE_URL is not set"
        )
    assert process.returncode == 1
    assert not (var / "postgres").exists()
