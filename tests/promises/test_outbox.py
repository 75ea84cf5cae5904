"""F6: what was done is told, once, whatever gets lost on the way and however often the worker is killed.

Against an installation of its own; the gateway loses requests before it took them, and answers after.
The full size is a drill.
"""

import json
import random
import threading
import time
from contextlib import suppress
from http.client import HTTPException

import pytest

from homeward.texting.tests.gateway import gateway
from tests.promises.bounds import full, none_in
from tests.promises.outbox import NUMBER, UNDONE_EVERY, sending

LOST = 0.3
SEED = 20261122


@pytest.fixture(scope="module")
def far_end():
    with gateway(LOST) as made:
        yield made


@pytest.fixture(scope="module")
def place(scratch, far_end):
    with sending(scratch, far_end) as made:
        yield made


def told_through_kills(place, far_end, first, count, kills, patience):
    """Events are written while the worker is killed; each that stands is told, none is told that does not."""
    over, done = threading.Event(), []

    def kill():
        while len(done) < kills and not over.wait(2.5):
            place.kill("worker")
            done.append(1)

    killer = threading.Thread(target=kill)
    killer.start()
    place.program("queue", first, count)
    began = time.monotonic()
    while (place.waiting() or len(done) < kills) and time.monotonic() - began < patience:
        time.sleep(0.5)
    over.set()
    killer.join()
    wanted = {f"Event {number}" for number in range(first, first + count) if number % UNDONE_EVERY}
    kept = [one for one in place.program("look")["messages"] if one[1] in wanted]
    assert {one[1] for one in kept} == wanted
    assert len(kept) == len(wanted), "one message for each event"
    assert {one[2] for one in kept} == {"sent"}
    arrived = [body["text"] for body in far_end.bodies.values() if body["text"].startswith("Event ")]
    mine = [text for text in arrived if first <= int(text.split()[1]) < first + count]
    assert sorted(mine) == sorted(wanted), "missing, doubled, or told although it was undone"
    assert set(far_end.bodies) >= {one[0] for one in kept}, "under the ids that stay"
    again = sum(far_end.tries[one[0]] - 1 for one in kept)
    none_in(
        len(wanted),
        f"events were missing or took effect twice through {len(done)} kill -9 of the worker and "
        f"{LOST:.0%} loss ({again} arrived again and counted once)",
        "F6",
    )


def heard_through_loss(place, first, count):
    """Answers are brought until somebody took them, and often once more: each is there once."""
    chance = random.Random(SEED)

    def bring(number):
        body = json.dumps({"id": f"in{number}", "from": NUMBER, "text": f"Words {number}"})
        kind = {"Content-Type": "application/json", "Authorization": f"Token {place.told['secret']}"}
        with suppress(OSError, HTTPException):
            return place.ask("POST", f"/gateway/{place.told['door']}/received", body, kind)[0] == 200
        return False

    for number in range(first, first + count):
        began = time.monotonic()
        while not bring(number) or chance.random() < LOST:
            assert time.monotonic() - began < 60
    heard = [one for one in place.program("look")["replies"] if int(one[2:]) in range(first, first + count)]
    assert sorted(heard) == sorted(f"in{number}" for number in range(first, first + count))
    none_in(count, "answers were lost or taken twice", "F6")


@pytest.mark.slow
def test_what_was_done_is_told_once_through_loss_and_kills(place, far_end):
    told_through_kills(place, far_end, 0, 30, kills=1, patience=90)


def test_what_is_brought_again_is_taken_once(place):
    heard_through_loss(place, 0, 10)


@pytest.mark.drill
def test_ten_thousand_events_through_loss_and_kills(place, far_end):
    told_through_kills(place, far_end, 100_000, full(12_500, 60), kills=full(100, 3), patience=3600)
    heard_through_loss(place, 100_000, full(2_000, 20))
