"""Asking partners whether they may know a person, and what is needed so that they can be asked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.people.keeping_tokens import forget_tokens, keep, told_of
from homeward.people.match_tokens import Token, are_kept, tokens_to_seek
from homeward.people.models import AskingAllowed, PartnerQuestion, Person, PossibleMatch
from homeward.people.problems import (
    AskedLately,
    AskingSwitchedOff,
    NobodyToAsk,
    NotAskedAbout,
    TooLittleKnown,
    TooManyQuestions,
)
from homeward.people.queries import get_person
from homeward.people.queries.asking import answering_partners
from homeward.privacy.alerting import alert_once
from homeward.privacy.rules import Alerted

A_DAY = timedelta(days=1)
ALLOWED_FOR = timedelta(days=30)
SHORTEST_REASON, LONGEST_REASON = 10, 400
PEOPLE_AT_A_TIME = 2_000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
ASK = "SELECT is_asked FROM homeward_ask_partners(%s, %s::uuid[], %s::text[], %s::bytea[])"


@dataclass(frozen=True)
class Renewed:
    """How far a renewal got: the last person of this part, none when everybody was done."""

    id: UUID | None
    count: int


@command(Action.PARTNERS_ASK)
def ask_partners(actor: Actor, *, person_id: UUID, reason: str) -> PartnerQuestion:
    """Ask every partner whose agreement lets it answer whether it may know a person of the actor's.

    The database compares, answers with organisations only, and writes the partners' entries of the trail.
    """
    if not are_kept():
        raise AskingSwitchedOff
    person = get_person(actor, person_id)
    _check(reason)
    asked_before = _within_limits(actor, person)
    partner_ids = answering_partners(actor)
    if not partner_ids:
        raise NobodyToAsk
    tokens = tokens_to_seek(partner_ids, told_of([person])[person.id])
    if not tokens:
        raise TooLittleKnown
    question = PartnerQuestion.objects.create(
        organisation_id=actor.organisation_id,
        person=person,
        reason=reason.strip(),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        asked_at=now(),
    )
    _ask(question, tokens)
    for user_id, asked, most in asked_before:
        if asked + 1 >= most:
            alert_once(actor, Alerted.QUESTIONS, user_id=user_id, count=asked + 1, since=now() - A_DAY)
    question.refresh_from_db()
    return question


@command(Action.PARTNERS_ASK_ALLOW)
def allow_asking(actor: Actor, *, person_id: UUID, reason: str) -> AskingAllowed:
    """Let partners be asked about somebody protected, and let them find this person, for a month."""
    person = get_person(actor, person_id)
    _check(reason)
    return AskingAllowed.objects.create(
        organisation_id=actor.organisation_id,
        person=person,
        reason=reason.strip(),
        allowed_by_id=actor.user_id,
        allowed_by_name=actor.name,
        allowed_at=now(),
        until=now() + ALLOWED_FOR,
    )


@command(Action.PARTNERS_TOLD)
def note_possible_match(actor: Actor, *, possible_match_id: UUID) -> PossibleMatch:
    """Take notice that a partner asked and that somebody of the actor's organisation may be meant."""
    told = PossibleMatch.objects.filter(partner_id=actor.organisation_id, id=possible_match_id)
    match = told.select_for_update(of=("self",)).first()
    if match is None:
        raise NotFound
    if match.noted_at is not None:
        raise WrongState(_("A colleague has taken notice of this already."))
    match.noted_at, match.noted_by_id, match.noted_by_name = now(), actor.user_id, actor.name
    match.save(update_fields=["noted_at", "noted_by_id", "noted_by_name"])
    return match


@command(Action.PERSON_MATCH)
def renew_match_tokens(actor: Actor, *, after_id: UUID | None = None) -> Renewed:
    """Make the tokens of the next of the organisation's people anew; take all away when asking is off."""
    if not are_kept():
        forget_tokens()
        return Renewed(None, 0)
    own = Person.objects.filter(organisation_id=actor.organisation_id).order_by("id")
    people = list((own.filter(id__gt=after_id) if after_id else own)[:PEOPLE_AT_A_TIME])
    keep(people)
    return Renewed(people[-1].id if people else None, len(people))


def _check(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"reason": _("Say why in a few words.")})
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid(fields={"reason": _("Say it in 400 signs or fewer.")})


def _within_limits(actor: Actor, person: Person) -> list[tuple[UUID | None, int, int]]:
    """How often was asked within a day: by the actor, and by the whole organisation."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"partner questions:{actor.organisation_id}"])
    lately = PartnerQuestion.objects.filter(organisation_id=actor.organisation_id, asked_at__gt=now() - A_DAY)
    counted = [
        (actor.user_id, lately.filter(asked_by_id=actor.user_id).count(), settings.PARTNER_QUESTIONS_A_DAY),
        (None, lately.count(), settings.PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION),
    ]
    if any(asked >= most for _user, asked, most in counted):
        raise TooManyQuestions
    if lately.filter(person=person).exists():
        raise AskedLately
    return counted


def _ask(question: PartnerQuestion, tokens: list[Token]) -> None:
    asked: list[list[Any]] = [
        [token.organisation_id for token in tokens],
        [str(token.kind) for token in tokens],
        [token.token for token in tokens],
    ]
    with connection.cursor() as cursor:
        cursor.execute(ASK, [question.id, *asked])
        if cursor.fetchone() != (True,):
            raise NotAskedAbout
