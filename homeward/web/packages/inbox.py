"""What waits of packages: to be opened, to be confirmed, and what others have not confirmed in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.referrals.queries import received_with, sent_with
from homeward.sharing.queries import packages_waiting
from homeward.sharing.rules import RECEIPT_WITHIN
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.sharing_words import PURPOSES

if TYPE_CHECKING:
    from homeward.sharing.models import Disclosure


def packages(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Packages to see to; nothing is said about whom. What went with a referral waits as that referral."""
    if not actor.may(Action.DISCLOSURE_OPEN):
        return
    waiting = packages_waiting(actor, now()).exclude(id__in=received_with(actor).values("disclosure_id"))
    for one in waiting.exclude(id__in=sent_with(actor).values("disclosure_id"))[:MOST_OF_A_KIND]:
        is_ours = one.organisation_id == actor.organisation_id
        yield _received(one) if is_ours else _given(one)


def _received(one: Disclosure) -> InboxTask:
    giver = {"organisation": one.by_organisation.name}
    if one.ended_at is None:
        title, when = gettext("Open what %(organisation)s sent"), one.until
    else:
        title = gettext("%(organisation)s ended what it had shown: confirm that you keep no copy")
        when = one.ended_at + RECEIPT_WITHIN
    return InboxTask(
        title % giver,
        reverse("received_package", args=[one.id]),
        "share",
        when=localtime(when).date(),
        detail=PURPOSES[one.purpose],
    )


def _given(one: Disclosure) -> InboxTask:
    receiver = {"organisation": one.organisation.name}
    if one.ended_at is None:
        title = gettext("%(organisation)s has not confirmed what you sent")
    else:
        title = gettext("%(organisation)s has not confirmed that it keeps no copy")
    return InboxTask(
        title % receiver,
        reverse("case", args=[one.case_id]) if one.case_id else reverse("shared_with_us"),
        "share",
        when=localtime((one.ended_at or one.made_at) + RECEIPT_WITHIN).date(),
        detail=PURPOSES[one.purpose],
    )
