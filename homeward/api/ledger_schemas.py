"""REST: what the operations about money carry."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from homeward.api.fields import ANY, Day, Short
from homeward.assistance.commands.committing import Part, Payee, Purpose
from homeward.assistance.commands.intending import CommitmentGiven, PaymentGiven
from homeward.assistance.queries import StatementBy, StatementCategory
from homeward.assistance.rules import (
    EntryKind,
    IntentKind,
    Method,
    Milestone,
    PayeeKind,
    ProofKind,
    Received,
    Told,
    Voice,
)
from homeward.lib.money import MOST_MINOR, Money
from homeward.programmes import terms

Minor = Annotated[
    int,
    Field(gt=0, le=MOST_MINOR, strict=True, description="Whole minor units of the currency, such as cents"),
]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217")]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=ANY)]
Why = Annotated[str, Field(min_length=1, max_length=400, pattern=ANY)]
Hundred = Annotated[str, Field(max_length=100, pattern=ANY)]


class AmountIn(Schema):
    amount_minor: Minor
    currency: Currency

    @property
    def money(self) -> Money:
        return Money(self.amount_minor, self.currency)


class EntitlementOut(Schema):
    """What a person is entitled to of one package, and what became of it."""

    id: UUID
    case_id: UUID
    programme_id: UUID
    package_code: str
    form: terms.Form
    currency: str
    amount_minor: int
    topped_up_minor: int
    committed_minor: int
    delivered_minor: int
    paid_minor: int
    window_ends_on: date | None


class CommitmentOut(Schema):
    """A promise to pay somebody for something; the account paid to is opened by an operation of its own."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    entitlement_id: UUID
    budget_id: UUID
    activity_id: UUID | None
    what: str
    form: terms.Form
    payee_kind: PayeeKind
    payee_name: str
    due_on: date | None
    currency: str
    committed_minor: int
    delivered_minor: int
    paid_minor: int


class LedgerEntryOut(Schema):
    """One line of the ledger: the amount as it was paid, and what the sums moved by."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    kind: EntryKind
    entitlement_id: UUID
    commitment_id: UUID | None
    instalment_id: UUID | None
    reverses_id: UUID | None
    on: date
    amount_minor: int
    currency: str
    counted_minor: int
    counted_currency: str
    rate: Decimal | None
    rate_of: str
    rate_on: date | None
    rate_source: str
    rounding: str
    method: str
    outside_reference: str
    by_name: str
    at: datetime


class InstalmentOut(Schema):
    id: UUID
    case_id: UUID
    commitment_id: UUID
    number: int
    amount_minor: int
    paid_minor: int
    milestone: Milestone
    due_on: date | None
    reached_on: date | None


class IntentOut(Schema):
    """What waits for an approval before it is entered."""

    id: UUID
    case_id: UUID
    kind: IntentKind
    entitlement_id: UUID
    commitment_id: UUID | None
    amount_minor: int
    currency: str
    what: str
    approval_id: UUID
    by_name: str
    at: datetime


class PartIn(Schema):
    amount_minor: Minor
    milestone: Milestone
    due_on: Day | None = None
    note: Short = ""


class CommitmentIn(AmountIn):
    budget_id: UUID
    what: Line
    form: terms.Form | None = None
    activity_id: UUID | None = None
    due_on: Day | None = None
    payee_kind: PayeeKind
    payee_name: Annotated[Short, Field(min_length=1)]
    payee_account: Short = ""
    instalments: Annotated[list[PartIn], Field(max_length=24)] = []

    def given(self) -> CommitmentGiven:
        purpose = Purpose(self.what, self.form, self.due_on, self.activity_id)
        payee = Payee(self.payee_kind, self.payee_name, self.payee_account)
        return CommitmentGiven(
            self.budget_id, purpose, payee, tuple(Part(**one.dict()) for one in self.instalments)
        )


class AskedCommitmentIn(CommitmentIn):
    reason: Why


class TopUpIn(AmountIn):
    what: Line
    reason: Why


class ChangeIn(AmountIn):
    reason: Why


class DeliveryIn(AmountIn):
    on: Day
    what: Line
    delivered_by: Annotated[Short, Field(min_length=1)]
    counselling_held: Told
    market_considered: Told
    on_time: Told
    remarks: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""


class PaymentIn(AmountIn):
    on: Day | None = None
    method: Method
    instalment_id: UUID | None = None
    outside_reference: Hundred = ""

    def given(self) -> PaymentGiven:
        return PaymentGiven(self.method, self.instalment_id, self.outside_reference)


class AskedPaymentIn(PaymentIn):
    reason: Why


class ReachedIn(Schema):
    on: Day
    note: Annotated[str, Field(max_length=300, pattern=ANY)] = ""


class ReversalIn(Schema):
    reason: Why


class ReceiptIn(Schema):
    voice: Voice
    received: Received | None = None
    told_by: Short = ""
    words: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""
    on: Day


class ReceiptOut(Schema):
    id: UUID
    case_id: UUID
    entry_id: UUID
    voice: Voice
    received: str
    told_by: str
    words: str
    on: date


class ProofIn(Schema):
    kind: ProofKind


class ProofOut(Schema):
    id: UUID
    case_id: UUID
    entry_id: UUID
    kind: ProofKind
    added_by_name: str
    added_at: datetime


class AccountOut(Schema):
    """Where a commitment is paid to."""

    id: UUID
    text: str


class BudgetOut(Schema):
    """What an organisation may spend of a programme in a period, and what became of it."""

    id: UUID
    organisation_id: UUID
    programme_id: UUID
    donor_id: UUID | None
    name: str
    starts_on: date
    ends_on: date
    currency: str
    amount_minor: int
    committed_minor: int
    delivered_minor: int
    paid_minor: int
    version: int


class PeriodIn(Schema):
    """Which days, grouped how, with which lines."""

    since: Day
    until: Day
    by: StatementBy = StatementBy.PROGRAMME
    category: StatementCategory = StatementCategory.FORM


class MovedOut(Schema):
    """Promised and not paid at first, what came and went, promised and not paid at last; minor units."""

    category: str
    currency: str
    opening_minor: int
    committed_minor: int
    given_back_minor: int
    paid_minor: int
    taken_back_minor: int
    closing_minor: int


class PeriodOut(Schema):
    """One programme, partner or donor in a period."""

    id: UUID | None
    name: str
    lines: list[MovedOut]


class BudgetIn(AmountIn):
    programme_id: UUID
    name: Annotated[Short, Field(min_length=1)]
    starts_on: Day
    ends_on: Day
    holder_id: UUID | None = None
    donor_id: UUID | None = None


class RateIn(Schema):
    of: Currency
    quote: Currency
    rate: Annotated[
        str, Field(pattern=r"^[0-9]{1,10}(\.[0-9]{1,10})?$", description="Units of quote for one unit of of")
    ]
    on: Day
    source: Annotated[Short, Field(min_length=1)]


class RateOut(Schema):
    """A rate of the organisation, or one it adopted: `organisation_id` says whose it is."""

    id: UUID
    organisation_id: UUID
    of: str
    quote: str
    rate: Decimal
    on: date
    source: str


class PriceIn(AmountIn):
    item: Annotated[Short, Field(min_length=1)]
    unit: Annotated[str, Field(min_length=1, max_length=60, pattern=ANY)]
    place: Annotated[Short, Field(min_length=1)]
    on: Day
    source: Annotated[Short, Field(min_length=1)]


class PriceOut(Schema):
    id: UUID
    item: str
    unit: str
    place: str
    on: date
    currency: str
    amount_minor: int
    source: str


class PayableOut(Schema):
    """Something to pay now: the reference, the payee and the amount."""

    commitment_id: UUID
    instalment_id: UUID | None
    reference: str
    what: str
    payee_kind: PayeeKind
    payee_name: str
    amount_minor: int
    currency: str
    due_on: date | None
    is_barred: bool  # a clearance is missing or has ended; a payment is refused until it is given
