"""Scoring what was answered, and scoring it anew by another profile."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound, WrongState
from homeward.outcomes.models import Rescoring
from homeward.outcomes.queries import outcomes_to_rescore, profiles_by_code, visits_to_score
from homeward.outcomes.rules import RESCORING_JOB
from homeward.outcomes.scoring import answers_of, keep, one_at_a_time, scored_again, scored_visit
from homeward.surveys.queries import get_instrument
from homeward.surveys.scoring.queries import get_profile, profiles_in_use

AT_A_TIME = 500


@dataclass(frozen=True)
class Scored:
    """How many visits one act scored."""

    count: int
    id: UUID | None = None


@command(Action.OUTCOME_SCORE)
def score_new(actor: Actor) -> Scored:
    """Score the next visits of the organisation that were answered and have no score."""
    profiles = profiles_by_code(actor)
    one_at_a_time(actor)
    visits = list(visits_to_score(actor, list(profiles))[:AT_A_TIME])
    answers = answers_of(actor, [one.submission_id for one in visits if one.submission_id])
    made = [
        scored_visit(visit, answers[visit.submission_id], profiles[visit.instrument])
        for visit in visits
        if visit.submission_id in answers
    ]
    return Scored(keep(made))


@command(Action.OUTCOME_RESCORE)
def start_rescoring(actor: Actor, *, instrument_id: UUID) -> Rescoring:
    """Begin to score what the organisation's other profiles scored by the one in use; both rows are kept."""
    get_instrument(actor, instrument_id)
    profile = profiles_in_use(actor, [instrument_id]).get(instrument_id)
    if profile is None:
        raise WrongState(_("No profile is in use for this instrument."))
    running = Rescoring.objects.filter(
        organisation_id=actor.organisation_id, profile=profile, finished_at=None
    )
    rescoring = running.select_for_update().first() or Rescoring.objects.create(
        organisation_id=actor.organisation_id,
        profile=profile,
        everything=outcomes_to_rescore(actor, profile).count(),
        started_by_id=actor.user_id,
    )
    _send_to_work(rescoring)
    return rescoring


@command(Action.OUTCOME_SCORE)
def rescore_on(actor: Actor, *, rescoring_id: UUID) -> Rescoring:
    """Score the next part anew; answers that were erased since keep the score they had."""
    own = Rescoring.objects.filter(id=rescoring_id, organisation_id=actor.organisation_id, finished_at=None)
    rescoring = own.select_for_update().first()
    if rescoring is None:
        raise NotFound
    profile = get_profile(actor, rescoring.profile_id)
    one_at_a_time(actor)
    waiting = outcomes_to_rescore(actor, profile)
    if rescoring.after_id:
        waiting = waiting.filter(id__gt=rescoring.after_id)
    part = list(waiting[:AT_A_TIME])
    answers = answers_of(actor, [one.submission_id for one in part])
    keep(
        [
            scored_again(one, answers[one.submission_id], profile)
            for one in part
            if one.submission_id in answers
        ]
    )
    rescoring.done += len(part)
    rescoring.after_id = part[-1].id if part else rescoring.after_id
    rescoring.finished_at = None if len(part) == AT_A_TIME else now()
    rescoring.save(update_fields=["done", "after_id", "finished_at"])
    return rescoring


def _send_to_work(rescoring: Rescoring) -> None:
    """Queue the job, unless it waits already; what a crash left behind goes on where it stopped."""
    task = app.configure_task(
        RESCORING_JOB, allow_unknown=True, queueing_lock=f"{RESCORING_JOB}:{rescoring.id}"
    )
    try:
        with transaction.atomic():
            task.defer(organisation_id=str(rescoring.organisation_id), rescoring_id=str(rescoring.id))
    except AlreadyEnqueued:
        return
