"""What the inbox tells of people's rights: requests to answer, corrections to take note of."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.casework.rights.unconfirmed import CONFIRMED_WITHIN, Unconfirmed, unconfirmed
from homeward.privacy.queries import notices_to_take_note_of, open_requests
from homeward.privacy.rules import NoticeKind
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.protection.words import KINDS, UNCONFIRMED


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


def unconfirmed_by_recipients(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What recipients were told more than 72 hours ago and have not confirmed; nothing is said about whom."""
    if not actor.may(Action.PROTECTION_VIEW):
        return
    for one in unconfirmed(actor, now(), most=MOST_OF_A_KIND):
        yield InboxTask(
            gettext("Ask %(name)s to confirm") % {"name": one.recipient},
            where(one),
            "share",
            when=(one.since + CONFIRMED_WITHIN).date(),
            detail=UNCONFIRMED[one.what],
        )


def where(one: Unconfirmed) -> str:
    """The page of the person; of somebody who is erased only the register is left."""
    if one.what == NoticeKind.ERASED:
        return reverse("disclosure_register")
    return reverse("data_person", args=[one.subject_id])


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
