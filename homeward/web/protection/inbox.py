"""What the inbox tells of people's rights: requests to answer, corrections to take note of."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.privacy.queries import notices_to_take_note_of, open_requests
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.protection.words import KINDS


def requests_about_data(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Requests that wait for an officer's answer."""
    if not actor.may(Action.PROTECTION_VIEW):
        return
    for one in open_requests(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("Answer a request about data"),
            reverse("data_request", args=[one.id]),
            "user",
            when=one.due_on,
            detail=KINDS[one.kind],
        )


def corrections(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Corrections that another organisation told of, until somebody here puts the own copy right."""
    if not actor.may(Action.CORRECTION_RECEIVE):
        return
    for one in notices_to_take_note_of(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("Take note of a correction by %(name)s") % {"name": one.organisation.name},
            reverse("take_note", args=[one.id]),
            "edit",
            when=one.sent_at.date(),
            reference=one.pseudonym,
        )
