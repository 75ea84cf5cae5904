"""Scoring in the background: when something came in, and now and then what a crash left behind."""

from time import sleep
from uuid import UUID

from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.lib.problems import NotFound
from homeward.organisations.queries import organisation_ids
from homeward.outcomes.commands import rescore_on, score_new
from homeward.outcomes.queries import profiles_by_code, visits_to_score
from homeward.outcomes.rules import RESCORING_JOB
from homeward.surveys.rules import GATHERING_SECONDS, SCORING_JOB


@app.task(name=SCORING_JOB)
def score_new_submissions(organisation_id: str) -> None:
    """Score until nothing waits; a moment later, so that what comes together is scored together."""
    sleep(GATHERING_SECONDS)
    drain(system_actor(UUID(organisation_id)))


@app.periodic(cron="*/5 * * * *")
@app.task(name="score_left_behind", queueing_lock="score_left_behind")
def score_left_behind(timestamp: int) -> None:
    """Every five minutes, one organisation after the other, score what no other job did."""
    for organisation_id in organisation_ids():
        drain(system_actor(organisation_id))


@app.task(name=RESCORING_JOB)
def rescore(organisation_id: str, rescoring_id: str) -> None:
    """Score anew until everything is done; whoever finishes first, the other stops."""
    actor = system_actor(UUID(organisation_id))
    try:
        while rescore_on(actor, rescoring_id=UUID(rescoring_id)).finished_at is None:
            pass
    except NotFound:
        return


def drain(actor: Actor) -> int:
    """Score part by part, each in its own transaction, and leave no line in the trail when nothing waits."""
    count = 0
    while _is_waiting(actor):
        part = score_new(actor).count
        if not part:
            break
        count += part
    return count


def _is_waiting(actor: Actor) -> bool:
    with acting_as(actor):
        return visits_to_score(actor, list(profiles_by_code(actor))).exists()
