"""The money section of the case file."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.assistance.queries import case_money
from homeward.sharing.rules import Category
from homeward.web.journey.sections import Section, not_shared

if TYPE_CHECKING:
    from homeward.cases.models import Case


def money_section(actor: Actor, case: Case, hidden: Collection[Category] = ()) -> Section | None:
    """What the case is entitled to and what became of it; nothing for who may not see money."""
    if not actor.may(Action.MONEY_VIEW):
        return None
    if Category.MONEY in hidden:
        return not_shared("money", _("Money"))
    money = case_money(actor, case.id, localdate())
    context = {"case": case, "money": money, "may": may_do(actor)}
    return Section("money", _("Money"), "ledger/section.html", context)


def may_do(actor: Actor) -> dict[str, bool]:
    """What this actor's role includes, by the words the templates use."""
    return {
        "commit": actor.may(Action.MONEY_COMMIT),
        "deliver": actor.may(Action.DELIVERY_RECORD),
        "reach": actor.may(Action.MILESTONE_REACH),
        "confirm": actor.may(Action.RECEIPT_CONFIRM),
        "prove": actor.may(Action.PROOF_ADD),
        "open": actor.may(Action.PROOF_OPEN),
        "pay": actor.may(Action.PAYMENT_MAKE),
        "reverse": actor.may(Action.ENTRY_REVERSE),
        "top_up": actor.may(Action.TOP_UP_ASK),
        "record": actor.may(Action.INTENT_CARRY_OUT),
        "account": actor.may(Action.PAYEE_ACCOUNT_OPEN),
    }
