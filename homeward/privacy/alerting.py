"""Telling the data protection officer that somebody does something unusually often."""

from datetime import datetime
from uuid import UUID

from homeward.access.actor import Actor
from homeward.privacy.models import OpeningAlert
from homeward.privacy.rules import Alerted


def alert_once(actor: Actor, what: Alerted, *, user_id: UUID | None, count: int, since: datetime) -> None:
    """Raise an alert about a person, or about their whole organisation, unless there is one since then."""
    about = {"organisation_id": actor.organisation_id, "user_id": user_id, "what": what}
    if not OpeningAlert.objects.filter(**about, at__gt=since).exists():
        OpeningAlert.objects.create(**about, opened=count)
