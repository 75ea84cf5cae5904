"""Processes that live and die together."""

import os
import signal
import time

from homeward.config.processes import Together, python_module

SLEEP = ["/bin/sleep", "60"]


def test_when_one_ends_by_itself_the_others_are_stopped():
    with Together() as together:
        together.start(SLEEP)
        together.start(["/bin/false"])
        assert together.wait() == 1
    assert together.running[0].returncode == -signal.SIGTERM


def test_a_request_to_end_stops_all_and_is_no_failure():
    began = time.monotonic()
    with Together() as together:
        together.start(SLEEP)
        os.kill(os.getpid(), signal.SIGTERM)
        assert together.wait() == 0
    assert together.running[0].returncode == -signal.SIGTERM
    assert time.monotonic() - began < 5


def test_one_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr("homeward.config.processes.PATIENCE_SECONDS", 0.2)
    with Together() as together:
        together.start(["/bin/sh", "-c", "trap '' TERM; sleep 60 & wait; wait"])
        time.sleep(0.2)
    assert together.running[0].returncode == -signal.SIGKILL


def test_a_module_is_run_by_the_same_python():
    with Together() as together:
        together.start(python_module("timeit", "-n1", "-r1"))
        assert together.running[0].wait(20) == 0
