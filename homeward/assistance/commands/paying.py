"""Paying, which whoever committed cannot do, and taking an entry back by another."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.approving import require_approved, require_cleared
from homeward.assistance.entering import Details, add_once, counted, new_entry
from homeward.assistance.models import Entry
from homeward.assistance.queries import own_commitment, own_entry, own_instalment
from homeward.assistance.rules import REVERSIBLE, EntryKind, IntentKind, Method
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, NotFound, WrongState

REVERSES = {
    EntryKind.PAYMENT: Action.PAYMENT_MAKE,
    EntryKind.DELIVERY: Action.DELIVERY_RECORD,
    EntryKind.TOP_UP: Action.TOP_UP_ASK,
}


@command(Action.PAYMENT_MAKE)
def pay(
    actor: Actor,
    *,
    commitment_id: UUID,
    amount: Money,
    method: Method,
    on: date | None = None,
    instalment_id: UUID | None = None,
    outside_reference: str = "",
    request_id: UUID | None = None,
) -> Entry:
    """Record a payment of a commitment that somebody else made, in the currency it was paid in."""
    on, line = on or localdate(), own_commitment(actor, commitment_id)
    _require_past(on)
    instalment = own_instalment(actor, instalment_id) if instalment_id else None
    if instalment and instalment.commitment_id != line.id:
        raise NotFound
    amount_counted = counted(actor, amount, line.currency, on)
    approval_id = require_approved(
        actor, line.entitlement, IntentKind.PAYMENT, amount_counted.counted, request_id
    )
    details = Details(
        on,
        request_id,
        line,
        instalment=instalment,
        method=method,
        outside_reference=outside_reference.strip(),
        approval_id=approval_id,
    )
    entry = new_entry(actor, EntryKind.PAYMENT, line.entitlement, amount_counted, details)
    return add_once(
        entry,
        before=lambda: require_cleared(actor, line.entitlement, line.form, on),
        after=lambda: _tell(actor, entry),
    )


@command(Action.ENTRY_REVERSE)
def reverse_entry(
    actor: Actor, *, entry_id: UUID, reason: str, on: date | None = None, request_id: UUID | None = None
) -> Entry:
    """Take back a payment, a delivery or a top-up by an entry of its own; both stay in the ledger."""
    earlier = own_entry(actor, entry_id)
    kind = EntryKind(earlier.kind)
    if kind not in REVERSIBLE:
        raise WrongState(_("A commitment is not reversed: give back what it does not need."))
    actor.require(REVERSES[kind])
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why.")})
    mirrored = Entry.objects.get(id=earlier.id)
    mirrored.id, mirrored.kind, mirrored.reverses = new_id(), EntryKind.REVERSAL, earlier
    mirrored.on, mirrored.reason = on or localdate(), reason.strip()
    mirrored.request_id, mirrored.approval_id = request_id or new_id(), None
    mirrored.by_id, mirrored.by_name = actor.user_id, actor.name
    return add_once(mirrored)


def _tell(actor: Actor, entry: Entry) -> None:
    tell(actor, entry.case_id, EventKind.ASSISTANCE_PAID, on=entry.on, subject_id=entry.commitment_id)


def _require_past(on: date) -> None:
    if on > localdate():
        raise Invalid(fields={"on": _("This day has not come yet")})
