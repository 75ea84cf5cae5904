"""What people ask about their data: taken down, identified, answered in time or refused with reasons."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.moves import check_move
from homeward.lib.problems import Invalid, WrongState, type_of_message
from homeward.privacy.models import RequestStep, SubjectRequest
from homeward.privacy.queries import request_for_edit, require_subject
from homeward.privacy.rules import (
    ENDED,
    REQUEST_MOVES,
    SHORTEST_REASON,
    AskedBy,
    RequestKind,
    RequestState,
    RequestStepKind,
    answer_due_on,
)


@command(Action.SUBJECT_REQUEST_RECORD)
def record_request(
    actor: Actor,
    *,
    subject_id: UUID,
    kind: RequestKind,
    received_on: date,
    words: str = "",
    asked_by: AskedBy = AskedBy.PERSON,
) -> SubjectRequest:
    """Take down what a person asks about their data; the month to answer runs from the day it came in."""
    require_subject(actor, subject_id)
    if received_on > localdate():
        raise Invalid(fields={"received_on": _("This day has not come yet")})
    asked = SubjectRequest.objects.create(
        organisation_id=actor.organisation_id,
        subject_id=subject_id,
        kind=kind,
        asked_by=asked_by,
        words=words.strip(),
        received_on=received_on,
        due_on=answer_due_on(received_on),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    _note(actor, asked, RequestStepKind.RECEIVED, "")
    return asked


@command(Action.SUBJECT_REQUEST_ANSWER)
def confirm_identity(actor: Actor, *, request_id: UUID, how: str) -> SubjectRequest:
    """Note how it is known that the request comes from the person, or from who may speak for them."""
    _require_words(how, "how", _("Say how you know who asks."))
    asked = request_for_edit(actor, request_id)
    return _move(actor, asked, RequestState.IDENTIFIED, RequestStepKind.IDENTIFIED, how)


@command(Action.SUBJECT_REQUEST_ANSWER)
def extend_request(actor: Actor, *, request_id: UUID, why: str) -> SubjectRequest:
    """Take two months more; the person has to be told why within the first."""
    asked = request_for_edit(actor, request_id)
    _require_words(why, "why", _("Say why it takes longer, as you told the person."))
    if asked.is_extended or asked.state in ENDED or localdate() > asked.due_on:
        raise WrongState(_("A request is extended once, within its first month."))
    asked.is_extended, asked.due_on = True, answer_due_on(asked.received_on, is_extended=True)
    return _saved(actor, asked, RequestStepKind.EXTENDED, why)


@command(Action.SUBJECT_REQUEST_ANSWER)
def note_request_step(actor: Actor, *, request_id: UUID, kind: RequestStepKind, note: str) -> SubjectRequest:
    """Add what was done about a request."""
    asked = request_for_edit(actor, request_id)
    if asked.state in ENDED:
        raise WrongState
    return _saved(actor, asked, kind, note)


@command(Action.SUBJECT_REQUEST_ANSWER)
def answer_request(actor: Actor, *, request_id: UUID, answer: str) -> SubjectRequest:
    """End a request with what the person was told."""
    _require_words(answer, "answer", _("Say what the person was told."))
    asked = request_for_edit(actor, request_id)
    return _move(actor, asked, RequestState.ANSWERED, RequestStepKind.ANSWERED, answer)


@command(Action.SUBJECT_REQUEST_ANSWER)
def refuse_request(actor: Actor, *, request_id: UUID, why: str) -> SubjectRequest:
    """End a request that cannot be met, with the reasons and the remedies the person was told."""
    _require_words(why, "why", _("Say why it is refused, and where the person was told to complain."))
    asked = request_for_edit(actor, request_id)
    return _move(actor, asked, RequestState.REFUSED, RequestStepKind.REFUSED, why)


def _require_words(words: str, field: str, problem: type_of_message) -> None:
    if len(words.strip()) < SHORTEST_REASON:
        raise Invalid(fields={field: problem})


def _move(
    actor: Actor, asked: SubjectRequest, state: RequestState, kind: RequestStepKind, note: str
) -> SubjectRequest:
    check_move(REQUEST_MOVES, RequestState(asked.state), state)
    asked.state = state
    asked.ended_on = localdate() if state in ENDED else None
    return _saved(actor, asked, kind, note)


def _saved(actor: Actor, asked: SubjectRequest, kind: RequestStepKind, note: str) -> SubjectRequest:
    asked.version += 1
    asked.save()
    _note(actor, asked, kind, note)
    return asked


def _note(actor: Actor, asked: SubjectRequest, kind: RequestStepKind, note: str) -> None:
    RequestStep.objects.create(
        organisation_id=actor.organisation_id,
        request=asked,
        kind=kind,
        note=note.strip(),
        on=localdate(),
        by_id=actor.user_id,
        by_name=actor.name,
    )
