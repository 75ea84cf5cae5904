"""Linking what was received to the visit it was due for, and letting it be scored."""

from dataclasses import replace
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.actor import Actor
from homeward.cases.queries import case_for_edit
from homeward.cases.reaching import note_met
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.followup.queries import visit_for_edit, visit_of_key
from homeward.followup.rules import VisitOutcome, VisitState, day_of_asking
from homeward.lib.problems import NotFound
from homeward.surveys.commands import doubt_submission
from homeward.surveys.queries import get_submission
from homeward.surveys.rules import GATHERING_SECONDS, SCORING_JOB, SubmissionState, Trouble

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.followup.models import Visit
    from homeward.surveys.models import Submission
    from homeward.surveys.receiving import Receipt

ASKED: dict[UUID, float] = {}


def link(actor: Actor, receipt: "Receipt") -> "Receipt":
    """Mark the visit of the key as made; what fits no visit is kept all the same and flagged."""
    if receipt.respondent is None:
        return receipt
    visit = visit_of_key(actor, receipt.respondent)
    if visit is None:
        return _doubt(actor, receipt, Trouble.UNKNOWN_RESPONDENT)
    case = case_for_edit(actor, visit.case_id)  # the case before its visit, as everywhere
    visit = visit_for_edit(actor, visit.id)
    if visit.submission_id == receipt.id:
        return receipt
    submission = get_submission(actor, receipt.id)
    if submission.superseded_by or submission.erased_at:
        return receipt
    trouble = _trouble(actor, visit, submission)
    if trouble:
        return _doubt(actor, receipt, trouble)
    make_done(actor, case, visit, on=_day_of(case, submission), submission_id=submission.id)
    return receipt


def make_done(
    actor: Actor, case: "Case", visit: "Visit", *, on: date, submission_id: UUID | None = None
) -> None:
    """Record on a locked case and visit that it was made; after closing, that is monitoring."""
    was_done = visit.state == VisitState.DONE
    visit.state, visit.outcome = VisitState.DONE, VisitOutcome.COMPLETED
    visit.done_on = visit.done_on if was_done else on
    visit.submission_id = submission_id or visit.submission_id
    visit.not_needed_because = ""
    visit.version += 1
    visit.save()
    if was_done:
        return
    if case.closed_on and on >= case.closed_on:
        case.monitored_on = case.monitored_on or on
    note_met(actor, case, on)
    tell(actor, case.id, EventKind.VISIT_MADE, on=on, subject_id=visit.id)


def let_be_scored(actor: Actor, receipt: "Receipt") -> None:
    """Wake, once what was received is kept for good, the stage that scores it, if there is one."""
    if receipt.is_new and SCORING_JOB in app.tasks:
        transaction.on_commit(lambda: _queue(actor.organisation_id))


def _queue(organisation_id: UUID) -> None:
    """Ask for scoring; whoever asked a moment ago is heard by the same job, for that waits a little first."""
    asked_at = monotonic()
    if asked_at - ASKED.get(organisation_id, -GATHERING_SECONDS) < GATHERING_SECONDS / 2:
        return
    ASKED[organisation_id] = asked_at
    one_at_a_time = f"{SCORING_JOB}:{organisation_id}"  # one at work, and at most one behind it
    task = app.configure_task(SCORING_JOB, lock=one_at_a_time, queueing_lock=one_at_a_time)
    try:
        with transaction.atomic():
            task.defer(organisation_id=str(organisation_id))
    except AlreadyEnqueued:
        return


def _trouble(actor: Actor, visit: "Visit", submission: "Submission") -> Trouble | None:
    if submission.form.instrument.code != visit.instrument:
        return Trouble.OTHER_FORM
    if visit.submission_id is None:
        return None
    try:
        before = get_submission(actor, visit.submission_id)
    except NotFound:  # an organisation that led the case before received it
        return Trouble.ANSWERED_TWICE
    return None if before.superseded_by == submission.id else Trouble.ANSWERED_TWICE


def _doubt(actor: Actor, receipt: "Receipt", trouble: Trouble) -> "Receipt":
    doubted = doubt_submission(actor, submission_id=receipt.id, trouble=trouble)
    return replace(receipt, state=SubmissionState(doubted.state))


def _day_of(case: "Case", submission: "Submission") -> date:
    said = submission.ended_at or submission.began_at
    return day_of_asking(
        localdate(said) if said else None,
        localdate(submission.received_at),
        not_before=case.arrived_on or case.opened_on,
    )
