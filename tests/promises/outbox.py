"""An installation that sends messages: its worker posts to a gateway of ours that loses much.

Run as a program inside it: `make` puts in whom to write to, `queue` writes events, `look` reads back.
"""

# ruff: noqa: PLC0415 - what runs inside is imported once Django is set up

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.promises import intake

NUMBER = "+21698765432"
UNDONE_EVERY = 5


class Outbox(intake.Installation):
    """Its gateway is one of ours; it is patient with nobody, so that a test need not be either."""

    address = ""

    def environment(self):
        own = {
            "HOMEWARD_MESSAGE_LOCAL_GATEWAYS": "on",
            "HOMEWARD_MESSAGE_PATIENCE_SECONDS": "1",
            "HOMEWARD_MESSAGE_RETRY_SECONDS": "0.2",
            "HOMEWARD_GATEWAY_CALLS_A_MINUTE": "1000000",
            "OUTBOX_ADDRESS": self.address,
        }
        return {**super().environment(), **own}

    def program(self, act, *words):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "tests.promises.outbox", act, *map(str, words)],
            env=self.environment(),
            cwd=intake.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def waiting(self):
        """How many messages have not been taken yet."""
        question = "SELECT count(*) FROM texting_message WHERE state IN ('waiting', 'sending')"
        return self.rows(question)[0][0]


@contextmanager
def sending(scratch, gateway):
    """The installation at work, with this gateway behind its channel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Outbox, "address", gateway.address)
        patch.setattr(intake, "Installation", Outbox)
        with intake.installation(scratch) as made:
            yield made


def make():
    from django.conf import settings

    from homeward.lib.key_files import create_keys
    from homeward.texting.tests.phones import a_channel, a_phone, says_yes
    from tests.cast_rows import AGREEING, ROWS, insert
    from tests.sami import samis_case

    create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
    insert(ROWS)
    insert(AGREEING)
    case = samis_case()
    channel = a_channel(os.environ["OUTBOX_ADDRESS"])
    says_yes(case, a_phone(case, value=NUMBER))
    return {"case_id": str(case.id), "door": channel.door, "secret": channel.secret}


class Undone(Exception):
    pass


def queue(first, count):
    """Events, each in one transaction with its line on the case, told twice; every fifth is undone."""
    from homeward.access.acting import acting_as
    from homeward.cases.models import Case
    from homeward.cases.rules import EventKind
    from homeward.cases.saving import tell
    from homeward.texting.queueing import News
    from homeward.texting.queueing import queue as put
    from homeward.texting.reaching import way_to
    from homeward.texting.rules import Saying
    from tests.cast import nora

    for number in range(int(first), int(first) + int(count)):
        try:
            with acting_as(nora):
                case = Case.objects.select_related("person").get()
                told = News(Saying.CALL_BACK, f"event:{number}", f"Event {number}")
                way = way_to(nora, case)
                put(nora, case, way, told)
                put(nora, case, way, told)
                tell(nora, case.id, EventKind.CONTACT_TRIED)
                if number % UNDONE_EVERY == 0:
                    raise Undone
        except Undone:
            continue
    return {}


def look():
    from homeward.access.acting import acting_as
    from homeward.texting.models import Message, Reply
    from tests.cast import nora

    with acting_as(nora):
        sent = [
            [str(one.id), one.text, one.state, one.tries]
            for one in Message.objects.exclude(case=None).order_by("id")
        ]
        return {"messages": sent, "replies": [one.provider_id for one in Reply.objects.order_by("id")]}


if __name__ == "__main__":
    from homeward.config.environment import use_embedded_when_unset

    use_embedded_when_unset()
    import django

    django.setup()
    print(json.dumps({"make": make, "queue": queue, "look": look}[sys.argv[1]](*sys.argv[2:])))
