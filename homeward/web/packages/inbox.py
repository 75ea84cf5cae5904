"""What waits of packages: those sent to the reader's organisation that nobody opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.referrals.queries import received_with
from homeward.sharing.queries import unopened_packages
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.sharing_words import PURPOSES


def unopened(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Packages to open; nothing is said about whom. What went with a referral waits as that referral."""
    if not actor.may(Action.DISCLOSURE_OPEN):
        return
    with_referrals = received_with(actor).values("disclosure_id")
    for sent in unopened_packages(actor, now()).exclude(id__in=with_referrals)[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("Open what %(organisation)s sent") % {"organisation": sent.by_organisation.name},
            reverse("received_package", args=[sent.id]),
            "share",
            when=sent.until.date(),
            detail=PURPOSES[sent.purpose],
        )
