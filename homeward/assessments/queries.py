"""Reading assessments and what is known of a person by them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.assessments.models import Assessment, Proposal
from homeward.assessments.rules import Answers, Freshness, Kind, ProposalState, State, freshness
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.journey_rules import OpeningReason
from homeward.cases.queries import get_case, visible_cases
from homeward.cases.queries.gates import flags_of_case, seen_until
from homeward.lib.problems import NotFound
from homeward.people.rules import is_surely_minor
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import open_sealed, place_of


@dataclass(frozen=True)
class Known:
    """What is known by assessments of one kind: the newest finished one, whether it is stale, and drafts."""

    kind: Kind
    newest: Assessment | None
    freshness: Freshness | None
    draft: Assessment | None
    count: int


@dataclass(frozen=True)
class ProfileOfCase:
    """What is known of a person, by whom and since when, and what still waits for somebody's word."""

    case_id: UUID
    flags: frozenset[ProfileFlag]
    is_minor: bool
    known: tuple[Known, ...]
    proposals: tuple[Proposal, ...]
    seen_until: date | None


@dataclass(frozen=True)
class OpenedAnswers:
    """The answers of an assessment while they are open."""

    assessment: Assessment
    answers: Answers


def assessments_of_case(actor: Actor, case_id: UUID) -> QuerySet[Assessment]:
    """Assessments of a case, newest first; call after `get_case` has let the actor in."""
    found = Assessment.objects.filter(case_id=case_id).exclude(state=State.DROPPED)
    return found.select_related("organisation").order_by("-begun_at")


def get_assessment(actor: Actor, assessment_id: UUID, *, for_update: bool = False) -> Assessment:
    """One assessment of a case the actor may read."""
    found = Assessment.objects.filter(id=assessment_id, case__in=visible_cases(actor))
    one = (found.select_for_update(of=("self",)) if for_update else found).select_related("case").first()
    if one is None:
        raise NotFound
    return one


def open_proposals(actor: Actor, case_id: UUID) -> QuerySet[Proposal]:
    """What was proposed for a case's profile and nobody has answered, oldest first."""
    waiting = Proposal.objects.filter(case_id=case_id, state=ProposalState.OPEN)
    return waiting.select_related("organisation", "assessment").order_by("proposed_on", "id")


def get_proposal(actor: Actor, proposal_id: UUID, *, for_update: bool = False) -> Proposal:
    """One proposal about a case the actor may read."""
    found = Proposal.objects.filter(id=proposal_id, case__in=visible_cases(actor))
    one = (found.select_for_update(of=("self",)) if for_update else found).first()
    if one is None:
        raise NotFound
    return one


def proposals_waiting(actor: Actor) -> QuerySet[Proposal]:
    """Proposals on cases the actor leads themselves, oldest first, with case and person."""
    if not actor.may(Action.PROFILE_SET):
        return Proposal.objects.none()
    mine = visible_cases(actor).filter(
        lead_user_id=actor.user_id, lead_organisation_id=actor.organisation_id, closed_on=None
    )
    waiting = Proposal.objects.filter(state=ProposalState.OPEN, case__in=mine)
    return waiting.select_related("case__person").order_by("proposed_on", "id")


def drafts_of(actor: Actor) -> QuerySet[Assessment]:
    """Assessments the actor began and has not finished, oldest first, with case and person."""
    own = Assessment.objects.filter(
        organisation_id=actor.organisation_id, done_by_id=actor.user_id, state=State.DRAFT
    )
    return own.filter(case__in=visible_cases(actor)).select_related("case__person").order_by("saved_at")


def profile_of(actor: Actor, case_id: UUID) -> ProfileOfCase:
    """What is known of a person, by whom, since when, and what is stale."""
    case, today = get_case(actor, case_id), localdate()
    found = list(assessments_of_case(actor, case.id))
    return ProfileOfCase(
        case_id=case.id,
        flags=flags_of_case(actor, case.id),
        is_minor=is_surely_minor(case.person.birth, today),
        known=tuple(_known(actor, kind, found, case.arrived_on, today) for kind in Kind),
        proposals=tuple(open_proposals(actor, case.id)),
        seen_until=seen_until(actor, case),
    )


def _known(
    actor: Actor, kind: Kind, found: Collection[Assessment], arrived_on: date | None, today: date
) -> Known:
    of_kind = [one for one in found if one.kind == kind]
    finished = [one for one in of_kind if one.state == State.FINISHED]
    newest = max(finished, key=lambda one: (one.held_on, one.saved_at), default=None)
    drafts = (one for one in of_kind if one.state == State.DRAFT and one.done_by_id == actor.user_id)
    fresh = freshness(kind, newest.held_on, arrived_on, today) if newest and newest.held_on else None
    return Known(kind, newest, fresh, next(drafts, None), len(finished))


def own_draft(actor: Actor, assessment_id: UUID) -> OpenedAnswers:
    """A draft with its answers, for whoever is filling it in; NotFound for everybody else."""
    assessment = get_assessment(actor, assessment_id)
    if assessment.state != State.DRAFT or assessment.done_by_id != actor.user_id:
        raise NotFound
    return OpenedAnswers(assessment, answers_in(assessment))


def open_answers(
    actor: Actor, assessment_id: UUID, *, reason: OpeningReason, words: str = ""
) -> OpenedAnswers:
    """The answers of a finished assessment; the look and its reason are on the record."""
    actor.require(Action.ASSESSMENT_OPEN)
    with acting_as(actor):
        one = get_assessment(actor, assessment_id)
        if one.state != State.FINISHED:
            raise NotFound
        closed = Closed(one.case.person_id, place_of(one, "answers"), one.answers, one.id, one.case_id)
        told = open_field(actor, Action.ASSESSMENT_OPEN, closed, Why(reason, words))
    answers: Answers = orjson.loads(told)
    return OpenedAnswers(one, answers)


def answers_in(assessment: Assessment) -> Answers:
    """The answers as they are kept, in clear."""
    sealed = open_sealed(assessment.case.person_id, place_of(assessment, "answers"), assessment.answers)
    told: Answers = orjson.loads(sealed)
    return told
