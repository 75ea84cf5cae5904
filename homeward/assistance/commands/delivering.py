"""What was delivered and how, milestones that were reached, and what those concerned say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.approving import require_cleared
from homeward.assistance.entering import Details, add_once, counted, new_entry
from homeward.assistance.models import Answer, Delivery, Entry, Instalment
from homeward.assistance.problems import MilestoneNotReached
from homeward.assistance.queries import own_commitment, own_entry, own_instalment
from homeward.assistance.rules import NEEDS_PROOF, EntryKind, Milestone, Received, Told, Voice
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, WrongState


@dataclass(frozen=True)
class Delivered:
    """What was delivered, by whom, and how it was done."""

    what: str
    delivered_by: str
    counselling_held: Told
    market_considered: Told
    on_time: Told
    quantity: Decimal | None = None
    remarks: str = ""


@command(Action.DELIVERY_RECORD)
def record_delivery(
    actor: Actor,
    *,
    commitment_id: UUID,
    amount: Money,
    delivered: Delivered,
    on: date | None = None,
    request_id: UUID | None = None,
) -> Entry:
    """Record goods, a service or cash that reached the person, by its value and how it was done."""
    on, line = on or localdate(), own_commitment(actor, commitment_id)
    _require_past(on)
    _require_words(delivered)
    value = counted(actor, amount, line.currency, on)
    details = Details(on, request_id, line)
    entry = new_entry(actor, EntryKind.DELIVERY, line.entitlement, value, details)

    def describe() -> None:
        Delivery.objects.create(case_id=line.case_id, entry=entry, **_columns(delivered))
        tell(actor, line.case_id, EventKind.ASSISTANCE_DELIVERED, on=on, subject_id=line.id)

    return add_once(
        entry, before=lambda: require_cleared(actor, line.entitlement, line.form, on), after=describe
    )


@command(Action.MILESTONE_REACH)
def reach_milestone(
    actor: Actor, *, instalment_id: UUID, on: date | None = None, note: str = ""
) -> Instalment:
    """Say that what an instalment waits for has happened; the case's own facts are asked first."""
    instalment = own_instalment(actor, instalment_id)
    on = on or localdate()
    _require_past(on)
    if instalment.reached_on:
        return instalment
    _require_fact(instalment)
    instalment.reached_on, instalment.reached_note = on, note.strip()
    instalment.reached_by_id, instalment.reached_by_name = actor.user_id, actor.name
    instalment.save(update_fields=["reached_on", "reached_note", "reached_by_id", "reached_by_name"])
    return instalment


@command(Action.RECEIPT_CONFIRM)
def record_answer(
    actor: Actor,
    *,
    entry_id: UUID,
    voice: Voice,
    received: Received | None = None,
    told_by: str = "",
    words: str = "",
    on: date | None = None,
) -> Answer:
    """Record what the person says came, or what a partner says of a delivery or payment."""
    entry, on = own_entry(actor, entry_id), on or localdate()
    if EntryKind(entry.kind) not in NEEDS_PROOF:
        raise WrongState
    _require_past(on)
    if voice == Voice.RETURNEE and received is None:
        raise Invalid(fields={"received": _("Say what came.")})
    if voice == Voice.PARTNER and not words.strip():
        raise Invalid(fields={"words": _("Write down what was said.")})
    if voice == Voice.RETURNEE and received != Received.ALL:
        tell(actor, entry.case_id, EventKind.RECEIPT_DISPUTED, on=on, subject_id=entry.id)
    return Answer.objects.create(
        case_id=entry.case_id,
        organisation_id=actor.organisation_id,
        entry=entry,
        voice=voice,
        received=received or "",
        told_by=told_by.strip(),
        words=words.strip(),
        on=on,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )


def _columns(delivered: Delivered) -> dict[str, object]:
    return {
        "what": delivered.what.strip(),
        "delivered_by": delivered.delivered_by.strip(),
        "quantity": delivered.quantity,
        "counselling_held": delivered.counselling_held,
        "market_considered": delivered.market_considered,
        "on_time": delivered.on_time,
        "remarks": delivered.remarks.strip(),
    }


def _require_words(delivered: Delivered) -> None:
    wrong = {}
    if not delivered.what.strip():
        wrong["what"] = _("Say what was delivered.")
    if not delivered.delivered_by.strip():
        wrong["delivered_by"] = _("Say who delivered it.")
    if wrong:
        raise Invalid(fields=wrong)


def _require_fact(instalment: Instalment) -> None:
    facts = {
        Milestone.ARRIVAL: instalment.case.arrived_on,
        Milestone.PLAN_AGREED: instalment.case.plan_agreed_on,
    }
    milestone = Milestone(instalment.milestone)
    if milestone in facts and facts[milestone] is None:
        raise MilestoneNotReached


def _require_past(on: date) -> None:
    if on > localdate():
        raise Invalid(fields={"on": _("This day has not come yet")})
