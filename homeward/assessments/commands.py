"""Filling in assessments step by step, and answering what is proposed from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assessments.forms import form_of, newest_form
from homeward.assessments.models import Assessment, Proposal
from homeward.assessments.queries import answers_in, get_assessment, get_proposal, open_proposals
from homeward.assessments.rules import (
    Answers,
    Kind,
    Missing,
    Origin,
    ProposalState,
    State,
    conclusion,
    missing,
    not_answered_yet,
    proposed_flags,
    unanswered,
    wrong_answers,
)
from homeward.cases.commands import set_profile
from homeward.cases.gate_rules import ProfileFlag, ProfileSource
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.gates import flags_of_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.problems import EditConflict, Invalid, NotFound, WrongState
from homeward.privacy.sealing import place_of, seal


class NotForTheYoung(WrongState):
    """The questions are not made for children of this age."""

    code = "not_for_the_young"
    message = _("These questions are asked of people of five and older.")


class AnsweredAlready(WrongState):
    """Somebody has confirmed or declined it."""

    code = "answered_already"
    message = _("Somebody has answered this already.")


@dataclass(frozen=True)
class Proposed:
    """The proposals a call has made."""

    case_ids: frozenset[UUID]
    count: int


@dataclass(frozen=True)
class TakenBack:
    """The proposals that are gone, by their cases."""

    flags: Mapping[UUID, Collection[ProfileFlag]]


@command(Action.ASSESS)
def begin_assessment(actor: Actor, *, case_id: UUID, kind: Kind) -> Assessment:
    """Begin an assessment by the newest form, or go on with one's own draft of this kind."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.NOTE_PROFILE)
    form = newest_form(kind)
    birth = case.person.birth
    if form.youngest and birth and birth.age_on(localdate()) < form.youngest:
        raise NotForTheYoung
    own = Assessment.objects.filter(case=case, kind=kind, done_by_id=actor.user_id, state=State.DRAFT)
    draft = own.first()
    if draft:
        return draft
    draft = Assessment(
        case=case,
        organisation_id=actor.organisation_id,
        kind=kind,
        form_version=form.version,
        done_by_id=actor.user_id,
        done_by_name=actor.name,
    )
    _seal(draft, {})
    draft.save(force_insert=True)
    return draft


@command(Action.ASSESS)
def save_answers(
    actor: Actor, *, assessment_id: UUID, step: str, answers: Answers, expected_version: int
) -> Assessment:
    """Keep the answers of one step of one's own draft, whole or not; those of other steps stay."""
    draft = _own_draft(actor, assessment_id)
    if draft.version != expected_version:
        raise EditConflict
    asked = form_of(Kind(draft.kind), draft.form_version).step(step)
    if asked is None:
        raise NotFound
    wrong = wrong_answers(asked, answers)
    if wrong:
        raise Invalid(fields=dict.fromkeys(sorted(wrong), _("Choose one of the answers.")))
    codes = {question.code for question in asked.questions}
    kept = {code: answer for code, answer in answers_in(draft).items() if code not in codes}
    _seal(draft, kept | dict(answers))
    draft.steps_done = [*(slug for slug in draft.steps_done if slug != step), step]
    draft.version += 1
    draft.save()
    return draft


@command(Action.ASSESS)
def finish_assessment(
    actor: Actor, *, assessment_id: UUID, held_on: date, expected_version: int
) -> Assessment:
    """Finish one's own draft; what was not answered counts as not asked. What it says is only proposed."""
    draft = _own_draft(actor, assessment_id)
    if draft.version != expected_version:
        raise EditConflict
    require_past(held_on=held_on)
    form, answers = form_of(Kind(draft.kind), draft.form_version), answers_in(draft)
    silent = unanswered(form, answers)
    if len(silent) == len(form.questions):
        raise Invalid(_("Nothing is answered yet."))
    whole = {**answers, **dict.fromkeys(silent, missing(Missing.NOT_ASKED))}
    _seal(draft, whole)
    draft.proposed = [str(flag) for flag in proposed_flags(form, whole)]
    draft.conclusion, draft.held_on = conclusion(form, whole), held_on
    draft.state, draft.version = State.FINISHED, draft.version + 1
    draft.save()
    _propose(actor, draft.case_id, [ProfileFlag(flag) for flag in draft.proposed], draft)
    tell(actor, draft.case_id, EventKind.ASSESSED, on=held_on, subject_id=draft.id)
    return draft


@command(Action.ASSESS)
def drop_assessment(actor: Actor, *, assessment_id: UUID) -> Assessment:
    """Give up one's own draft."""
    draft = _own_draft(actor, assessment_id)
    draft.state, draft.version = State.DROPPED, draft.version + 1
    _seal(draft, {})
    draft.save()
    return draft


@command(Action.PROFILE_SET)
def answer_proposal(actor: Actor, *, proposal_id: UUID, confirm: bool, reason: str = "") -> Proposal:
    """Confirm what was proposed for the profile, so that its gates follow, or decline it with a reason."""
    proposal = get_proposal(actor, proposal_id, for_update=True)
    if proposal.state != ProposalState.OPEN:
        raise AnsweredAlready
    if confirm:
        _put_into_profile(actor, proposal)
    else:
        require_text(reason=reason)
    proposal.state = ProposalState.CONFIRMED if confirm else ProposalState.DECLINED
    proposal.reason, proposal.answered_by_name = reason.strip(), actor.name
    proposal.answered_on = localdate()
    proposal.save()
    return proposal


@command(Action.CASE_OPEN)
def propose_from_list(actor: Actor, *, flags: Mapping[UUID, Collection[ProfileFlag]]) -> Proposed:
    """Put what a partner's list said of people's vulnerability before whoever leads their cases."""
    made = [
        Proposal(
            case_id=case_id,
            organisation_id=actor.organisation_id,
            flag=flag,
            origin=Origin.PARTNER_LIST,
            proposed_on=localdate(),
        )
        for case_id, of_case in flags.items()
        for flag in dict.fromkeys(of_case)
    ]
    Proposal.objects.bulk_create(made, ignore_conflicts=True)
    return Proposed(frozenset(flags), len(made))


@command(Action.IMPORT_UNDO)
def take_back_proposals(actor: Actor, *, case_ids: Collection[UUID]) -> TakenBack:
    """Take back what a list proposed for these cases and nobody has answered yet."""
    waiting = Proposal.objects.filter(
        case_id__in=case_ids, origin=Origin.PARTNER_LIST, state=ProposalState.OPEN
    )
    flags: dict[UUID, list[ProfileFlag]] = {}
    for one in waiting.order_by("id"):
        flags.setdefault(one.case_id, []).append(ProfileFlag(one.flag))
    waiting.delete()
    return TakenBack(flags)


def _own_draft(actor: Actor, assessment_id: UUID) -> Assessment:
    draft = get_assessment(actor, assessment_id, for_update=True)
    if draft.done_by_id != actor.user_id:
        raise NotFound
    if draft.state != State.DRAFT:
        raise WrongState(_("This assessment is finished. Begin another one."))
    return draft


def _seal(assessment: Assessment, answers: Answers) -> None:
    place = place_of(assessment, "answers")
    assessment.answers = seal(assessment.case.person_id, place, orjson.dumps(answers))


def _propose(actor: Actor, case_id: UUID, flags: Collection[ProfileFlag], source: Assessment) -> None:
    waiting = {ProfileFlag(one.flag) for one in open_proposals(actor, case_id)}
    for flag in not_answered_yet(flags_of_case(actor, case_id) | waiting, flags):
        Proposal.objects.create(
            case_id=case_id,
            organisation_id=actor.organisation_id,
            flag=flag,
            origin=Origin.ASSESSMENT,
            assessment=source,
            proposed_on=localdate(),
        )


def _put_into_profile(actor: Actor, proposal: Proposal) -> None:
    known = flags_of_case(actor, proposal.case_id)
    flag = ProfileFlag(proposal.flag)
    if flag in known:
        return
    is_list = proposal.origin == Origin.PARTNER_LIST
    set_profile(
        actor,
        case_id=proposal.case_id,
        flags=[*known, flag],
        source=ProfileSource.PARTNER_LIST if is_list else ProfileSource.ASSESSMENT,
    )
