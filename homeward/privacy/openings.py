"""The data protection officer's view of what was opened, by whom and why, and of the alerts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.lib.problems import NotFound
from homeward.organisations.queries import members_ever
from homeward.privacy.models import Opening, OpeningAlert
from homeward.privacy.opening import PERIOD
from homeward.privacy.rules import Alerted
from homeward.privacy.sealing import Erased, SubjectKeys, keys_of, place_of

MOST_SHOWN = 200


@dataclass(frozen=True)
class OpeningLine:
    """One opening as an officer reads it; the words are empty once the person was erased."""

    at: datetime
    who: str
    action: str
    reason: str
    words: str = field(repr=False)
    case_id: UUID | None


@dataclass(frozen=True)
class AlertLine:
    """One alert, with the name of whom it is about; empty for the whole organisation."""

    id: UUID
    at: datetime
    user_id: UUID | None
    who: str
    opened: int
    what: Alerted
    looked_at: datetime | None
    note: str = field(repr=False)


def alerts_to_look_at(actor: Actor) -> Sequence[AlertLine]:
    """Alerts nobody has looked at, oldest first; nobody is asked about themselves."""
    actor.require(Action.OPENING_REVIEW)
    waiting = _own_alerts(actor).filter(looked_at=None).order_by("at")
    people = members_ever(actor) if waiting else {}
    return [_line(alert, people) for alert in waiting[:MOST_SHOWN]]


def get_alert(actor: Actor, alert_id: UUID, *, for_update: bool = False) -> OpeningAlert:
    """One alert of the organisation that is not about the reader, or NotFound."""
    found = _own_alerts(actor).filter(id=alert_id)
    alert = (found.select_for_update() if for_update else found).first()
    if alert is None:
        raise NotFound
    return alert


def alert_line(actor: Actor, alert_id: UUID) -> AlertLine:
    """One alert with its name."""
    actor.require(Action.OPENING_REVIEW)
    return _line(get_alert(actor, alert_id), members_ever(actor))


def openings_of(
    actor: Actor, *, user_id: UUID | None = None, until: datetime | None = None
) -> list[OpeningLine]:
    """What was opened, newest first: of everyone or of one; or within the hour before a moment."""
    actor.require(Action.OPENING_REVIEW)
    found = Opening.objects.filter(organisation_id=actor.organisation_id)
    if user_id:
        found = found.filter(user_id=user_id)
    if until:
        found = found.filter(at__lte=until, at__gt=until - PERIOD)
    remember_reading(actor, Action.OPENING_REVIEW, subject_id=None)
    rows = list(found.order_by("-at")[:MOST_SHOWN])
    keys, people = keys_of(row.person_id for row in rows if row.words and row.person_id), members_ever(actor)
    return [
        OpeningLine(
            row.at,
            people.get(row.user_id, gettext("A program")),
            row.action,
            row.reason,
            _words(keys, row),
            row.case_id,
        )
        for row in rows
    ]


def _own_alerts(actor: Actor) -> QuerySet[OpeningAlert]:
    own = OpeningAlert.objects.filter(organisation_id=actor.organisation_id)
    return own.filter(Q(user_id=None) | ~Q(user_id=actor.user_id))


def _words(keys: SubjectKeys, row: Opening) -> str:
    if row.words is None or row.person_id is None:
        return ""
    try:
        return keys.open_text(row.person_id, place_of(row, "words"), row.words)
    except (Erased, NotFound):  # erased, or no longer the organisation's to see
        return ""


def _line(alert: OpeningAlert, people: Mapping[UUID, str]) -> AlertLine:
    who = people.get(alert.user_id, gettext("A program")) if alert.user_id else ""
    what = Alerted(alert.what)
    return AlertLine(alert.id, alert.at, alert.user_id, who, alert.opened, what, alert.looked_at, alert.note)
