"""A submission is scored within five seconds of its commit, by the worker that production runs."""

import asyncio
import contextlib
import threading
import time

import pytest
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.followup.commands import hand_in
from homeward.followup.tests.visits import a_visit
from homeward.outcomes.models import Outcome
from homeward.outcomes.tests.answers import answers, form_of
from homeward.surveys.commands import load_shipped
from homeward.surveys.scoring.commands import load_shipped_profile
from tests.cast import hana, nora, rosa
from tests.sami import samis_case

SECONDS = 5.0


@contextlib.contextmanager
def worker():
    """The worker, in a thread of its own, listening as in production."""
    loop, started = asyncio.new_event_loop(), threading.Event()
    working = app.with_connector(app.connector.get_worker_connector())
    tasks = []

    async def work():
        async with working.open_async():
            tasks.append(asyncio.ensure_future(working.run_worker_async(install_signal_handlers=False)))
            started.set()
            with contextlib.suppress(asyncio.CancelledError):
                await tasks[0]

    thread = threading.Thread(target=loop.run_until_complete, args=(work(),))
    thread.start()
    started.wait(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(tasks[0].cancel)
        thread.join(20)
        loop.close()


@pytest.mark.django_db(transaction=True)
def test_what_is_handed_in_is_scored_within_five_seconds(cast):
    load_shipped(rosa, name="sustainability")
    load_shipped_profile(rosa, name="sustainability")
    case = samis_case()
    visits = [a_visit(case, instrument="sustainability", round=f"round_{n}") for n in range(8)]
    with worker():
        began = time.monotonic()
        for visit in visits:
            hand_in(hana, body=form_of(answers(0.5), respondent=visit.key))
        last = time.monotonic()
        while _scored() < len(visits) and time.monotonic() - last < SECONDS:
            time.sleep(0.05)
    assert _scored() == len(visits), f"{_scored()} of {len(visits)} after {time.monotonic() - began:.1f} s"


def _scored():
    with acting_as(nora):
        return Outcome.objects.count()
