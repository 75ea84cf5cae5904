"""What waits of money: amounts to pay, and amounts that were approved and are still to be recorded."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.assistance.queries import intents_to_record, people_of, what_to_pay
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.money import money_words


def payments(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What can be paid now, for who pays."""
    if not actor.may(Action.DESK_VIEW):
        return
    open_ones = [one for one in what_to_pay(actor, today) if not one.is_barred]
    for one in open_ones[:MOST_OF_A_KIND]:
        yield InboxTask(
            _("Pay what was promised"),
            reverse("pay_commitment", args=[one.commitment.case_id, one.commitment.id]),
            "plan",
            when=one.due_on,
            detail=money_words(one.amount),
            reference=one.who.reference,
            name=one.who.latin_name,
            native_name=one.who.native_name,
        )


def approved(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What the reader asked for and was approved, until it is recorded."""
    if not actor.may(Action.INTENT_CARRY_OUT):
        return
    intents = intents_to_record(actor)[:MOST_OF_A_KIND]
    people = people_of(actor, (one.case_id for one in intents)) if intents else {}
    for one in intents:
        who = people.get(one.case_id)
        yield InboxTask(
            _("Record the amount that was approved"),
            reverse("after_money", args=[one.case_id]),
            "plan",
            detail=money_words(one.amount),
            reference=who.reference if who else "",
            name=who.latin_name if who else "",
            native_name=who.native_name if who else "",
        )
