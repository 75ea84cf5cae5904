"""The one door to a sealed field: one at a time, for a reason, so many an hour, always on the record.

A valid account is what a thief of data looks like. So the door counts, for the person and for their
organisation; who reaches a limit is stopped, and the data protection officer already knows: the alert is
written with the last opening that was allowed, not with the first that was refused.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.lib.encryption import Place
from homeward.lib.problems import Invalid, Refused
from homeward.privacy.alerting import alert_once
from homeward.privacy.models import Opening
from homeward.privacy.rules import Alerted
from homeward.privacy.sealing import open_sealed, place_of, seal_text

PERIOD = timedelta(hours=1)
NEEDS_WORDS = "other"
LONGEST_WORDS = 300
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class TooManyOpenings(Refused):
    """The reader, or their organisation, opened as many sealed fields in an hour as they may."""

    status = 429
    code = "too_many_openings"
    message = _(
        "Many sealed fields were opened within an hour. The data protection officer knows. Wait a while."
    )


@dataclass(frozen=True)
class Why:
    """The reason chosen, and what the reader wrote besides."""

    reason: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Closed:
    """One sealed value: whose it is, where it lies, and what the trail calls it."""

    person_id: UUID
    place: Place
    value: bytes | memoryview = field(repr=False)
    subject_id: UUID
    case_id: UUID | None = None
    note: str = ""


def open_field(actor: Actor, action: Action, closed: Closed, why: Why) -> bytes:
    """Open one sealed value that the caller was let in to; call after the record was found visible."""
    actor.require(action)
    check_reason(why)
    with acting_as(actor):
        opened_before = _within_limits(actor)
        content = open_sealed(closed.person_id, closed.place, closed.value)
        _note(actor, action, closed, why)
        note = f"{closed.note}: {why.reason}" if closed.note else why.reason
        remember(actor, action, subject_id=closed.subject_id, case_id=closed.case_id, note=note)
        _warn(actor, opened_before)
    return content


def pass_through(actor: Actor, action: Action, *, subject_id: UUID, why: Why) -> None:
    """The same door for what is hidden without being sealed, and about no one person: where a shelter is."""
    actor.require(action)
    check_reason(why)
    with acting_as(actor):
        opened_before = _within_limits(actor)
        Opening.objects.create(
            organisation_id=actor.organisation_id,
            user_id=actor.user_id,
            action=action.value,
            reason=why.reason,
            subject_id=subject_id,
        )
        remember(actor, action, subject_id=subject_id, note=why.reason)
        _warn(actor, opened_before)


def check_reason(why: Why) -> None:
    """A reason out of the list; "another one" is no reason until it is said in words."""
    if why.reason == NEEDS_WORDS and not why.words.strip():
        raise Invalid(fields={"words": _("Say in a few words why you open it.")})
    if len(why.words) > LONGEST_WORDS:
        raise Invalid(fields={"words": _("Say it in 300 signs or fewer.")})


def _within_limits(actor: Actor) -> list[tuple[UUID | None, int, int]]:
    """How many were opened in the last hour: by the actor, and by the whole organisation."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"openings:{actor.organisation_id}"])
    recent = Opening.objects.filter(organisation_id=actor.organisation_id, at__gt=now() - PERIOD)
    counted = [
        (actor.user_id, recent.filter(user_id=actor.user_id).count(), settings.OPENINGS_AN_HOUR),
        (None, recent.count(), settings.OPENINGS_AN_HOUR_OF_ORGANISATION),
    ]
    if any(opened >= most for _user, opened, most in counted):
        raise TooManyOpenings
    return counted


def _note(actor: Actor, action: Action, closed: Closed, why: Why) -> None:
    opening = Opening(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        action=action.value,
        reason=why.reason,
        person_id=closed.person_id,
        subject_id=closed.subject_id,
        case_id=closed.case_id,
    )
    if why.words.strip():
        opening.words = seal_text(closed.person_id, place_of(opening, "words"), why.words.strip())
    opening.save(force_insert=True)


def _warn(actor: Actor, opened_before: list[tuple[UUID | None, int, int]]) -> None:
    since = now() - PERIOD
    for user_id, opened, most in opened_before:
        if opened + 1 >= most:
            alert_once(actor, Alerted.OPENINGS, user_id=user_id, count=opened + 1, since=since)
