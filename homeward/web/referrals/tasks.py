"""What waits of referrals: answers to give, outcomes to tell, silence to see to, the next service to try."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.codelists.needs import need_name
from homeward.referrals import queries
from homeward.referrals.rules import ReferralState
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.words_in_order import isolated, listed

if TYPE_CHECKING:
    from homeward.referrals.models import Referral

SOON_DAYS = 14


def received(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Referrals to answer here, and people taken on whose outcome is due; never who they are."""
    if not actor.may(Action.REFERRAL_ACCEPT):
        return
    for one in queries.to_answer(actor)[:MOST_OF_A_KIND]:
        is_waitlisted = one.state == ReferralState.WAITLISTED
        yield InboxTask(
            _("Say whether there is room now") if is_waitlisted else _("Answer a referral"),
            reverse("referral", args=[one.id]),
            "refer",
            when=localdate(one.reply_due_at),
            detail=_about(one.need, one.from_organisation.name),
        )
    for one in queries.under_way_here(actor)[:MOST_OF_A_KIND]:
        when = localdate(one.reply_due_at)
        if (when - today).days <= SOON_DAYS:
            yield InboxTask(
                _("Say what came of a referral"),
                reverse("referral", args=[one.id]),
                "refer",
                when=when,
                detail=_about(one.need, one.from_organisation.name),
            )


def sent(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Drafts to send, silence, and people who have to be sent elsewhere."""
    if not actor.may(Action.REFERRAL_VIEW):
        return
    may_refer = actor.may(Action.REFERRAL_DRAFT)
    late = _("Ask a service that is silent") if may_refer else _("See that a late referral is answered")
    for one in queries.late_referrals(actor, now())[:MOST_OF_A_KIND]:
        yield _task(one, late, when=localdate(one.reply_due_at))
    if may_refer:
        for one in queries.given_up(actor)[:MOST_OF_A_KIND]:
            yield _task(one, _("Try the next service"))
        for one in queries.drafts_of(actor)[:MOST_OF_A_KIND]:
            yield _task(one, _("Send a referral, or discard it"), page="send_referral")


def _task(
    referral: Referral, title: str | Promise, *, page: str = "referral", when: date | None = None
) -> InboxTask:
    need = need_name(referral.need, get_language() or "en")
    url = reverse(page, args=[referral.id])
    return InboxTask(title, url, "refer", when=when, detail=listed((need, isolated(referral.service_name))))


def _about(need: str, organisation: str) -> str:
    words = {"need": need_name(need, get_language() or "en"), "organisation": organisation}
    return gettext("%(need)s, from %(organisation)s") % words
