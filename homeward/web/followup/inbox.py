"""What waits of visits: those that are due for the reader, and people whom nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.followup.queries import visits_assigned
from homeward.web.case_words import latin_name
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask

SOON = timedelta(days=7)


def visits(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Visits that are the reader's own and due by the end of the week."""
    if not actor.may(Action.VISIT_RECORD):
        return
    soon = visits_assigned(actor).filter(opens_on__lte=today, due_on__lte=today + SOON)
    for one in soon[:MOST_OF_A_KIND]:
        person = one.member or one.case.person
        yield InboxTask(
            _("Make a visit"),
            reverse("visit", args=[one.id]),
            "visit",
            when=one.planned_on or one.due_on,
            detail=one.place,
            reference=one.case.reference,
            name=latin_name(person),
            native_name=person.native_name,
        )
