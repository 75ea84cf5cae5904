"""What each entry of the ledger moves, how amounts are converted, and what is counted again. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from homeward.lib.money import Money, digits_of


class EntryKind(StrEnum):
    """What an entry says happened; entries are added and never changed."""

    COMMITMENT = "commitment"
    RELEASE = "release"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    TOP_UP = "top_up"
    REVERSAL = "reversal"


class AccountReason(StrEnum):
    """Why somebody opens the account of a payee."""

    PAYING = "paying"
    CHECK = "check"  # comparing with a proof or a bank's answer
    OTHER = "other"


class IntentKind(StrEnum):
    """What can need an approval first."""

    COMMITMENT = "commitment"
    PAYMENT = "payment"
    TOP_UP = "top_up"


class PayeeKind(StrEnum):
    """Who is paid."""

    PERSON = "person"
    SUPPLIER = "supplier"
    SERVICE_PROVIDER = "service_provider"
    LANDLORD = "landlord"
    SCHOOL = "school"
    EMPLOYER = "employer"
    OTHER = "other"


class Method(StrEnum):
    """How money was paid."""

    BANK = "bank"
    CASH = "cash"
    MOBILE_MONEY = "mobile_money"
    VOUCHER = "voucher"
    CHEQUE = "cheque"


class Milestone(StrEnum):
    """What has to have happened before an instalment is paid."""

    ARRIVAL = "arrival"
    PLAN_AGREED = "plan_agreed"
    BUSINESS_COUNSELLING = "business_counselling"
    QUOTE_ACCEPTED = "quote_accepted"
    DELIVERY = "delivery"
    VISIT = "visit"
    TRAINING_DONE = "training_done"
    OTHER = "other"


class ProofKind(StrEnum):
    """What a proof is."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    SIGNED_LIST = "signed_list"
    BANK_SLIP = "bank_slip"
    PHOTO = "photo"
    OTHER = "other"


class Told(StrEnum):
    """An answer about quality; not knowing and not applying are two different things, and neither is no."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    DOES_NOT_KNOW = "does_not_know"


class Voice(StrEnum):
    """Whose word about a delivery or payment it is."""

    RETURNEE = "returnee"
    PARTNER = "partner"


class Received(StrEnum):
    """What the person says came."""

    ALL = "all"
    PART = "part"
    NOTHING = "nothing"


NEEDS_PROOF = frozenset({EntryKind.DELIVERY, EntryKind.PAYMENT})
REVERSIBLE = frozenset({EntryKind.DELIVERY, EntryKind.PAYMENT, EntryKind.TOP_UP})
ROUNDING = "half_even"


@dataclass(frozen=True)
class Sums:
    """What an entitlement, a budget or a commitment has come to, in minor units of its currency."""

    topped_up: int = 0
    committed: int = 0
    delivered: int = 0
    paid: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.topped_up + other.topped_up,
            self.committed + other.committed,
            self.delivered + other.delivered,
            self.paid + other.paid,
        )


def moved_by(kind: EntryKind, minor: int, reversed_kind: EntryKind | None = None) -> Sums:
    """What one entry adds to the sums; a reversal takes away what the entry it reverses had added."""
    match kind:
        case EntryKind.REVERSAL:
            assert reversed_kind in REVERSIBLE  # noqa: S101 - the database holds the same
            return moved_by(reversed_kind, -minor)
        case EntryKind.COMMITMENT:
            return Sums(committed=minor)
        case EntryKind.RELEASE:
            return Sums(committed=-minor)
        case EntryKind.DELIVERY:
            return Sums(delivered=minor)
        case EntryKind.PAYMENT:
            return Sums(paid=minor)
        case EntryKind.TOP_UP:
            return Sums(topped_up=minor)


@dataclass(frozen=True)
class Moved:
    """One entry as far as counting needs it."""

    id: UUID
    kind: EntryKind
    minor: int
    holders: tuple[UUID, ...]  # the entitlement, the budget and the commitment it moves
    reverses_id: UUID | None = None


def counted_again(entries: Iterable[Moved]) -> Mapping[UUID, Sums]:
    """The sums of every entitlement, budget and commitment, from nothing but the entries."""
    entries = list(entries)
    kinds = {entry.id: entry.kind for entry in entries}
    sums: dict[UUID, Sums] = {}
    for entry in entries:
        reversed_kind = kinds[entry.reverses_id] if entry.reverses_id else None
        moved = moved_by(entry.kind, entry.minor, reversed_kind)
        for holder in entry.holders:
            sums[holder] = sums.get(holder, Sums()) + moved
    return sums


@dataclass(frozen=True)
class Quote:
    """On a day somebody said how many units of `quote` one unit of `of` is worth."""

    of: str
    quote: str
    rate: Decimal

    def convert(self, amount: Money, currency: str) -> Money:
        """The amount in the other of the two currencies, exact until it is rounded half to even."""
        if {amount.currency, currency} != {self.of, self.quote}:
            raise ValueError("This rate is of other currencies.")
        rate = Fraction(self.rate)
        exact = Fraction(amount.amount) * (rate if amount.currency == self.of else 1 / rate)
        return Money(round(exact * 10 ** digits_of(currency)), currency)
