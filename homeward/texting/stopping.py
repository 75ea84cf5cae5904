"""Ending permissions, and with them all that waits for the number."""

from collections.abc import Iterable

from django.utils.timezone import now

from homeward.access.actor import Actor
from homeward.texting.models import Message, Permission, Talk
from homeward.texting.rules import OPEN, Because, MessageState, NoWay


def end_permissions(actor: Actor, permissions: Iterable[Permission], how: NoWay) -> None:
    """End these permissions, hold back what waits, and end questions that are being asked."""
    for one in permissions:
        one.ended_at, one.ended_how = now(), how
        one.save(update_fields=["ended_at", "ended_how"])
        waiting = Message.objects.filter(permission=one, state__in=OPEN)
        waiting.update(state=MessageState.HELD_BACK, because=Because.NO_PERMISSION)
        Talk.objects.filter(permission=one, ended_at=None).update(ended_at=now(), content=b"")
