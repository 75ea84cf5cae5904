"""Counting the ledger again, from nothing but its entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from homeward.access.actor import Actor
from homeward.assistance.models import Budget, Commitment, Entitlement, Entry
from homeward.assistance.queries.accounts import visible_entitlements
from homeward.assistance.rules import EntryKind, Moved, Sums, counted_again

Account = Budget | Commitment | Entitlement


@dataclass(frozen=True)
class Wrong:
    """An account whose sums are not what its entries come to, or an entry that its rate does not lead to."""

    what: str
    id: UUID
    kept: Sums | int
    counted: Sums | int


@dataclass(frozen=True)
class Checked:
    """How much was counted again, and what came out differently."""

    entries: int
    accounts: int
    wrong: tuple[Wrong, ...]


def check_ledger(actor: Actor) -> Checked:
    """Count the organisation's budgets and commitments again, and the entitlements of its cases."""
    accounts = list(_accounts(actor))
    entries = list(Entry.objects.all())
    counted = counted_again(_moved(entry) for entry in entries)
    wrong = [
        Wrong(type(one).__name__.lower(), one.id, _kept(one), counted.get(one.id, Sums()))
        for one in accounts
        if _kept(one) != counted.get(one.id, Sums())
    ]
    return Checked(len(entries), len(accounts), (*wrong, *_wrongly_converted(entries)))


def _accounts(actor: Actor) -> Iterator[Account]:
    # Each kind as far as all its entries can be seen from here.
    yield from Budget.objects.filter(organisation_id=actor.organisation_id)
    yield from Commitment.objects.filter(organisation_id=actor.organisation_id)
    yield from visible_entitlements(actor)


def _moved(entry: Entry) -> Moved:
    holders = (entry.entitlement_id, entry.budget_id, entry.commitment_id)
    return Moved(
        entry.id,
        EntryKind(entry.kind),
        entry.counted_minor,
        tuple(holder for holder in holders if holder),
        entry.reverses_id,
    )


def _kept(account: Account) -> Sums:
    topped_up = account.topped_up_minor if isinstance(account, Entitlement) else 0
    return Sums(topped_up, account.committed_minor, account.delivered_minor, account.paid_minor)


def _wrongly_converted(entries: list[Entry]) -> Iterator[Wrong]:
    for entry in entries:
        quote = entry.quote
        again = quote.convert(entry.amount, entry.counted_currency) if quote else entry.amount
        if again != entry.counted:
            yield Wrong("entry", entry.id, entry.counted_minor, again.minor)
