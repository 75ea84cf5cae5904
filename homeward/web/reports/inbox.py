"""What the inbox tells of reports and recommendations."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.reports.queries.advice import recommendations_waiting
from homeward.reports.queries.made import reports_to_release
from homeward.reports.rules import AdviceState
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask


def reports_to_read(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Reports that wait to be read through or let go."""
    if not actor.may(Action.REPORT_RELEASE):
        return
    for one in reports_to_release(actor)[:MOST_OF_A_KIND]:
        when = localdate(one.ready_at) if one.ready_at else None
        yield InboxTask(
            gettext("Read a report through and let it go"),
            reverse("report", args=[one.id]),
            "file",
            when=when,
            detail=one.title,
        )


def recommendations(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Recommendations that wait for an answer, or whose day has passed."""
    if not actor.may(Action.RECOMMENDATION_ANSWER):
        return
    for one in recommendations_waiting(actor, today)[:MOST_OF_A_KIND]:
        is_open = one.state == AdviceState.OPEN
        words = gettext("Answer a recommendation") if is_open else gettext("Tell what was done")
        yield InboxTask(
            words,
            reverse("recommendation", args=[one.id]),
            "flag",
            when=one.due_on,
            detail=one.organisation.name,
        )
