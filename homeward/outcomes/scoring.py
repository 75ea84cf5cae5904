"""Making rows of scores from answers, within a command."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from homeward.access.actor import Actor
from homeward.outcomes.models import Outcome
from homeward.outcomes.queries import readable_submissions
from homeward.outcomes.rules import reasons_of
from homeward.surveys.scoring.queries import read_terms
from homeward.surveys.scoring.score import Score, score

if TYPE_CHECKING:
    from homeward.followup.models import Visit
    from homeward.surveys.models import ScoringProfile, Submission


def one_at_a_time(actor: Actor) -> None:
    """Wait until nobody else scores for the organisation, until the end of the transaction.

    Rows of visits stay unlocked: whoever hands something in locks the case first, and would wait for us.
    """
    with connection.cursor() as cursor:
        told = f"scores:{actor.organisation_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [told])


def answers_of(actor: Actor, ids: Iterable[UUID]) -> "dict[UUID, Submission]":
    """Submissions with their answers and nothing heavier, by id."""
    found = readable_submissions(actor).filter(id__in=list(ids)).select_related(None)
    return {one.id: one for one in found.only("id", "answers", "form_id", "organisation_id", "received_at")}


def scored_visit(visit: "Visit", submission: "Submission", profile: "ScoringProfile") -> Outcome:
    """The row of a visit that was answered."""
    outcome = Outcome(
        case_id=visit.case_id,
        visit_id=visit.id,
        organisation_id=submission.organisation_id,
        member_id=visit.member_id,
        round=visit.round,
        on=visit.done_on or submission.received_at.date(),
    )
    return scored(outcome, submission, profile)


def scored_again(before: Outcome, submission: "Submission", profile: "ScoringProfile") -> Outcome:
    """The row that takes the place of another, by another profile."""
    on: date = before.on
    outcome = Outcome(
        case_id=before.case_id,
        visit_id=before.visit_id,
        organisation_id=before.organisation_id,
        member_id=before.member_id,
        round=before.round,
        on=on,
    )
    return scored(outcome, submission, profile)


def scored(outcome: Outcome, submission: "Submission", profile: "ScoringProfile") -> Outcome:
    """Fill scores, coverage and reasons in."""
    made = score(submission.answers, read_terms(profile))
    sides: dict[str, Score] = {one.value: found for one, found in made.dimensions.items()}
    sides["composite"] = made.composite
    outcome.submission_id, outcome.form_id, outcome.profile_id = submission.id, submission.form_id, profile.id
    for name, one in sides.items():
        setattr(outcome, name, one.value)
        setattr(outcome, f"{name}_coverage", one.coverage)
    outcome.reasons = reasons_of(sides)
    return outcome


def keep(outcomes: list[Outcome]) -> int:
    """Add rows and let them count instead of earlier ones of the same visits."""
    Outcome.objects.filter(visit_id__in=[one.visit_id for one in outcomes], is_current=True).update(
        is_current=False
    )
    return len(Outcome.objects.bulk_create(outcomes))
