"""What waits of agreements: to be accepted, and vital interests for which a second person is needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.casework.queries import overrides_within_reach
from homeward.sharing.queries import agreements_waiting
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.sharing_words import PURPOSES


def agreements(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Agreements that others proposed and the reader's organisation has not accepted."""
    if not actor.may(Action.AGREEMENT_ACCEPT):
        return
    for one in agreements_waiting(actor)[:MOST_OF_A_KIND]:
        by = one.organisation.name
        yield InboxTask(
            gettext("Answer an agreement that %(organisation)s proposed") % {"organisation": by},
            reverse("agreement", args=[one.id]),
            "file",
            when=one.starts_on,
            detail=one.title,
        )


def vital_interests(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Where a colleague asks to share without consent because a life is in danger: at once."""
    if not actor.may(Action.SHARING_OVERRIDE_ANSWER):
        return
    waiting = overrides_within_reach(actor).filter(is_agreed=None, until__gt=now())
    for one in waiting.exclude(asked_by_id=actor.user_id).order_by("asked_at")[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("%(name)s asks you to agree to sharing without consent") % {"name": one.asked_by_name},
            reverse("sharing_override", args=[one.id]),
            "alert",
            when=localtime(one.asked_at).date(),
            detail=_("A life is in danger. %(purpose)s") % {"purpose": PURPOSES[one.purpose]},
        )
