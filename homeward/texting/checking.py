"""Looking once more, at the moment of sending, whether a message may go: much may have changed meanwhile."""

from datetime import datetime

from homeward.access.actor import Actor
from homeward.cases.journey_rules import AppointmentState
from homeward.cases.queries.journey import get_appointment
from homeward.followup.queries import get_visit
from homeward.followup.rules import VisitState
from homeward.lib.problems import NotFound
from homeward.texting.models import Message
from homeward.texting.reaching import Way, holds, is_safe, way_by
from homeward.texting.rules import TO_ANYBODY, Because, Saying


def obstacle_to(actor: Actor, message: Message, at: datetime) -> Because | None:
    """Why a message must not go any more, or None."""
    if message.channel.ended_at:
        return Because.CHANNEL_ENDED
    if message.send_until and message.send_until < at:
        return Because.TOO_LATE
    if message.case is None or message.permission is None:
        return None if message.to_number else Because.NOT_SAFE
    if not is_safe(message.permission.contact) or message.case.deceased_on:
        return Because.NOT_SAFE
    # That messages end is confirmed once, to a number that may be written to no more.
    if message.told not in TO_ANYBODY and not holds(message.permission):
        return Because.NO_PERMISSION
    return None if _still_so(actor, message) else Because.CHANGED


def way_of(message: Message) -> Way | None:
    """The way a message goes that is about a case."""
    return way_by(message.permission, [message.channel]) if message.permission else None


def _still_so(actor: Actor, message: Message) -> bool:
    """Whether what a reminder tells of is still as it tells."""
    if message.about_id is None:
        return True
    try:
        if message.told == Saying.APPOINTMENT:
            meeting = get_appointment(actor, message.about_id)
            return meeting.state == AppointmentState.OPEN and meeting.starts_at == message.about_at
        visit = get_visit(actor, message.about_id)
        day = message.about_at.date() if message.about_at else None
        return visit.state == VisitState.DUE and visit.planned_on == day
    except NotFound:
        return False
