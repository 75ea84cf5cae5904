"""Adding an entry: once for each request, and refused in words when the database says no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.assistance.models import Commitment, Entitlement, Entry, Instalment, Rate
from homeward.assistance.problems import NoRate, RequestReused, constraint_of, problem_of
from homeward.assistance.queries.rates import latest_rate
from homeward.assistance.rules import ROUNDING, EntryKind
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.lib.problems import Invalid

LONGEST_SOURCE = 200
MORE_THAN_NOTHING = _("Enter an amount above zero.")


@dataclass(frozen=True)
class Counted:
    """An amount with what the sums move by, and the rate that leads from one to the other."""

    amount: Money
    counted: Money
    rate: Rate | None = None


def counted(actor: Actor, amount: Money, currency: str, on: date) -> Counted:
    """The amount in the currency of an entitlement, by the last rate the organisation knew on that day."""
    if amount.minor <= 0:
        raise Invalid(fields={"amount": MORE_THAN_NOTHING})
    if amount.currency == currency:
        return Counted(amount, amount)
    rate = rate_on(actor, amount.currency, currency, on)
    result = rate.as_quote.convert(amount, currency)
    if result.minor <= 0:
        raise Invalid(fields={"amount": MORE_THAN_NOTHING})
    return Counted(amount, result, rate)


def rate_on(actor: Actor, one: str, other: str, on: date) -> Rate:
    """The latest rate of the two currencies up to a day, in either direction; NoRate when there is none."""
    found = latest_rate(actor, one, other, on)
    if found is None:
        raise NoRate
    return found


@dataclass(frozen=True)
class Details:
    """What an entry says beyond its amount."""

    on: date
    request_id: UUID | None = None
    commitment: Commitment | None = None
    instalment: Instalment | None = None
    reverses: Entry | None = None
    method: str = ""
    outside_reference: str = ""
    reason: str = ""
    approval_id: UUID | None = None


def new_entry(
    actor: Actor, kind: EntryKind, entitlement: Entitlement, counted: Counted, details: Details
) -> Entry:
    """An entry that is not added yet."""
    rate, commitment = counted.rate, details.commitment
    return Entry(
        case_id=entitlement.case_id,
        organisation_id=actor.organisation_id,
        kind=kind,
        entitlement_id=entitlement.id,
        budget_id=commitment.budget_id if commitment else None,
        commitment=commitment,
        instalment=details.instalment,
        reverses=details.reverses,
        on=details.on,
        currency=counted.amount.currency,
        amount_minor=counted.amount.minor,
        rate=rate.rate if rate else None,
        rate_of=rate.of if rate else "",
        rate_on=rate.on if rate else None,
        rate_source=_source(actor, rate) if rate else "",
        rounding=ROUNDING if rate else "",
        counted_currency=counted.counted.currency,
        counted_minor=counted.counted.minor,
        method=details.method,
        outside_reference=details.outside_reference,
        reason=details.reason,
        approval_id=details.approval_id,
        request_id=details.request_id or new_id(),
        by_id=actor.user_id,
        by_name=actor.name,
    )


def _source(actor: Actor, rate: Rate) -> str:
    """Who says so; and whose rate it is, where it was adopted."""
    if rate.organisation_id == actor.organisation_id:
        return rate.source
    return f"{rate.source} ({rate.organisation.name})"[:LONGEST_SOURCE]


def add_once(
    entry: Entry, before: Callable[[], None] = lambda: None, after: Callable[[], None] = lambda: None
) -> Entry:
    """Add the entry with what belongs to it, or give the one that the same request made before."""
    earlier = _of_the_same_request(entry)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            before()
            entry.save(force_insert=True)
            after()
    except IntegrityError as error:
        if constraint_of(error) != "one_entry_of_a_request":
            raise problem_of(error) from error
        return _require_of_the_same_request(entry, error)
    return entry


def _of_the_same_request(entry: Entry) -> Entry | None:
    earlier = Entry.objects.filter(organisation_id=entry.organisation_id, request_id=entry.request_id).first()
    if earlier and _what(earlier) != _what(entry):
        raise RequestReused
    return earlier


def _require_of_the_same_request(entry: Entry, error: IntegrityError) -> Entry:
    earlier = _of_the_same_request(entry)
    if earlier is None:
        raise error
    return earlier


def _what(entry: Entry) -> tuple[object, ...]:
    """What makes two requests the same; a commitment that is being made has no id to compare yet."""
    same_line = entry.kind == EntryKind.COMMITMENT or entry.commitment_id
    return (
        str(entry.kind),
        entry.case_id,
        entry.entitlement_id,
        entry.budget_id,
        same_line,
        entry.instalment_id,
        entry.reverses_id,
        entry.currency,
        entry.amount_minor,
    )
