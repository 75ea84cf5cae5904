"""REST: the money of a case, budgets, prices and rates; entries are added, never changed."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from ninja import File, Form, Query, Router, UploadedFile

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.ledger_schemas import (
    AccountOut,
    AmountIn,
    AskedCommitmentIn,
    AskedPaymentIn,
    BudgetIn,
    BudgetOut,
    ChangeIn,
    CommitmentIn,
    CommitmentOut,
    DeliveryIn,
    EntitlementOut,
    InstalmentOut,
    IntentOut,
    LedgerEntryOut,
    PayableOut,
    PaymentIn,
    PeriodIn,
    PeriodOut,
    PriceIn,
    PriceOut,
    ProofIn,
    ProofOut,
    RateIn,
    RateOut,
    ReachedIn,
    ReceiptIn,
    ReceiptOut,
    ReversalIn,
    TopUpIn,
)
from homeward.api.opening import AccountWhyIn
from homeward.api.operations import creates, edits, finds, hands_over, reads, receives
from homeward.assistance import commands, queries
from homeward.assistance.commands.delivering import Delivered
from homeward.cases.queries import get_case

router = Router(tags=["money"])
case_router = Router(tags=["money"])
MOST = 500


def _without_amount(body: AmountIn) -> dict[str, object]:
    return {name: value for name, value in body.dict().items() if name not in {"amount_minor", "currency"}}


@reads(case_router, "/{uuid:case_id}/entitlements", Action.MONEY_VIEW, list[EntitlementOut])
def list_entitlements(request: HttpRequest, case_id: UUID) -> object:
    """What a person is entitled to, and what became of it."""
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.MONEY_VIEW, subject_id=case.id, case_id=case.id)
    return queries.entitlements_of_case(actor, case.id)[:MOST]


@reads(case_router, "/{uuid:case_id}/commitments", Action.MONEY_VIEW, list[CommitmentOut])
def list_commitments(request: HttpRequest, case_id: UUID) -> object:
    """What was promised on a case, oldest first."""
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.MONEY_VIEW, subject_id=case.id, case_id=case.id)
    return queries.commitments_of_case(actor, case.id)[:MOST]


@reads(case_router, "/{uuid:case_id}/entries", Action.MONEY_VIEW, list[LedgerEntryOut])
def list_entries(request: HttpRequest, case_id: UUID) -> object:
    """The ledger of a case, newest first."""
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.MONEY_VIEW, subject_id=case.id, case_id=case.id)
    return queries.entries_of_case(actor, case.id)[:MOST]


@creates(router, "/entitlements/{uuid:entitlement_id}/commitments", Action.MONEY_COMMIT, CommitmentOut)
def commit(request: HttpRequest, entitlement_id: UUID, body: CommitmentIn) -> object:
    """Promise a part of an entitlement out of a budget; never more than is left of either."""
    given = vars(body.given())
    return commands.commit(actor_of(request), entitlement_id=entitlement_id, amount=body.money, **given)


@creates(router, "/entitlements/{uuid:entitlement_id}/asked", Action.MONEY_COMMIT, IntentOut)
def ask_commitment(request: HttpRequest, entitlement_id: UUID, body: AskedCommitmentIn) -> object:
    """Ask for the approval of a commitment that the programme wants approved."""
    return commands.ask_commitment(
        actor_of(request),
        entitlement_id=entitlement_id,
        amount=body.money,
        given=body.given(),
        reason=body.reason,
    )


@creates(router, "/entitlements/{uuid:entitlement_id}/top-ups", Action.TOP_UP_ASK, IntentOut)
def ask_top_up(request: HttpRequest, entitlement_id: UUID, body: TopUpIn) -> object:
    """Ask for more than the package gives, for a complex case."""
    return commands.ask_top_up(
        actor_of(request),
        entitlement_id=entitlement_id,
        amount=body.money,
        what=body.what,
        reason=body.reason,
    )


@creates(router, "/commitments/{uuid:commitment_id}/more", Action.MONEY_COMMIT, CommitmentOut)
def commit_more(request: HttpRequest, commitment_id: UUID, body: ChangeIn) -> object:
    """Raise a commitment, for instance because the rate changed."""
    return commands.commit_more(
        actor_of(request), commitment_id=commitment_id, amount=body.money, reason=body.reason
    )


@creates(router, "/commitments/{uuid:commitment_id}/release", Action.MONEY_COMMIT, CommitmentOut)
def release_commitment(request: HttpRequest, commitment_id: UUID, body: ChangeIn) -> object:
    """Give back what a commitment does not need."""
    return commands.release(
        actor_of(request), commitment_id=commitment_id, amount=body.money, reason=body.reason
    )


@creates(router, "/commitments/{uuid:commitment_id}/deliveries", Action.DELIVERY_RECORD, LedgerEntryOut)
def record_delivery(request: HttpRequest, commitment_id: UUID, body: DeliveryIn) -> object:
    """Record goods, a service or cash that reached the person, and how it was done."""
    told = _without_amount(body)
    on = told.pop("on")
    delivered = Delivered(**told)  # type: ignore[arg-type]
    return commands.record_delivery(
        actor_of(request),
        commitment_id=commitment_id,
        amount=body.money,
        delivered=delivered,
        on=on,  # type: ignore[arg-type]
    )


@creates(router, "/commitments/{uuid:commitment_id}/payments", Action.PAYMENT_MAKE, LedgerEntryOut)
def pay(request: HttpRequest, commitment_id: UUID, body: PaymentIn) -> object:
    """Record a payment of a commitment that somebody else made."""
    return commands.pay(
        actor_of(request), commitment_id=commitment_id, amount=body.money, on=body.on, **vars(body.given())
    )


@creates(router, "/commitments/{uuid:commitment_id}/asked", Action.PAYMENT_MAKE, IntentOut)
def ask_payment(request: HttpRequest, commitment_id: UUID, body: AskedPaymentIn) -> object:
    """Ask for the approval of a payment that the programme wants approved."""
    return commands.ask_payment(
        actor_of(request),
        commitment_id=commitment_id,
        amount=body.money,
        given=body.given(),
        reason=body.reason,
    )


@finds(router, "/commitments/{uuid:commitment_id}/account", Action.PAYEE_ACCOUNT_OPEN, AccountOut)
def open_account(request: HttpRequest, commitment_id: UUID, body: AccountWhyIn) -> object:
    """The account that a commitment is paid to; that it was opened is on record."""
    return queries.open_account(actor_of(request), commitment_id, **body.dict())


@creates(router, "/instalments/{uuid:instalment_id}/reached", Action.MILESTONE_REACH, InstalmentOut)
def reach_milestone(request: HttpRequest, instalment_id: UUID, body: ReachedIn) -> object:
    """Say that what an instalment waits for has happened."""
    return commands.reach_milestone(actor_of(request), instalment_id=instalment_id, **body.dict())


@creates(router, "/entries/{uuid:entry_id}/reversal", Action.ENTRY_REVERSE, LedgerEntryOut)
def reverse_entry(request: HttpRequest, entry_id: UUID, body: ReversalIn) -> object:
    """Take back a payment, a delivery or a top-up by an entry of its own."""
    return commands.reverse_entry(actor_of(request), entry_id=entry_id, reason=body.reason)


@creates(router, "/entries/{uuid:entry_id}/answers", Action.RECEIPT_CONFIRM, ReceiptOut)
def record_answer(request: HttpRequest, entry_id: UUID, body: ReceiptIn) -> object:
    """Record what the person says came, or what a partner says."""
    return commands.record_answer(actor_of(request), entry_id=entry_id, **body.dict())


@receives(router, "/entries/{uuid:entry_id}/proofs", Action.PROOF_ADD, ProofOut)
def add_proof(request: HttpRequest, entry_id: UUID, about: Form[ProofIn], file: File[UploadedFile]) -> object:
    """Keep what proves a delivery or a payment (to 20 MB), encrypted."""
    return commands.add_proof(
        actor_of(request), entry_id=entry_id, name=file.name or "", content=file.read(), **about.dict()
    )


@hands_over(router, "/proofs/{uuid:proof_id}/file", Action.PROOF_OPEN)
def download_proof(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The file of a proof; that it was opened is on record."""
    file = queries.open_proof(actor_of(request), proof_id)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@creates(router, "/asked/{uuid:intent_id}/record", Action.INTENT_CARRY_OUT, IntentOut)
def carry_out_intent(request: HttpRequest, intent_id: UUID) -> object:
    """Record what was approved; again, nothing more is recorded."""
    return commands.carry_out(actor_of(request), intent_id=intent_id)


@reads(router, "/payable", Action.DESK_VIEW, list[PayableOut])
def list_payable(request: HttpRequest) -> object:
    """What can be paid now, the longest promised first."""
    actor = actor_of(request)
    remember_reading(actor, Action.DESK_VIEW, subject_id=None)
    return [
        {
            "commitment_id": one.commitment.id,
            "instalment_id": one.instalment.id if one.instalment else None,
            "reference": one.who.reference,
            "what": one.commitment.what,
            "payee_kind": one.commitment.payee_kind,
            "payee_name": one.commitment.payee_name,
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
            "due_on": one.due_on,
            "is_barred": one.is_barred,
        }
        for one in queries.what_to_pay(actor, localdate())
    ]


@reads(router, "/budgets", Action.BUDGET_VIEW, list[BudgetOut])
def list_budgets(request: HttpRequest) -> object:
    """Budgets the organisation holds, gives, or set for its programme; at most 500."""
    return queries.visible_budgets(actor_of(request))[:MOST]


@creates(router, "/budgets", Action.BUDGET_SET, BudgetOut)
def set_budget(request: HttpRequest, body: BudgetIn) -> object:
    """Say what an organisation may spend of a programme in a period."""
    return commands.set_budget(actor_of(request), amount=body.money, **_without_amount(body))  # type: ignore[arg-type]


@edits(router, "/budgets/{uuid:budget_id}", Action.BUDGET_SET, BudgetOut)
def change_budget(request: HttpRequest, budget_id: UUID, body: ChangeIn) -> object:
    """Raise or cut a budget, with the reason; never below what is committed."""
    return commands.change_budget(
        actor_of(request),
        budget_id=budget_id,
        expected_version=version_asked(request),
        amount=body.money,
        reason=body.reason,
    )


@reads(router, "/statement", Action.STATEMENT_VIEW, list[PeriodOut])
def read_statement(request: HttpRequest, asked: Query[PeriodIn]) -> object:
    """What was open, committed, given back, paid and taken back in a period; sums that name nobody."""
    actor = actor_of(request)
    groups = queries.period_statement(actor, asked.since, asked.until, by=asked.by, category=asked.category)
    return [{"id": one.id, "name": one.name, "lines": [_moved(line) for line in one.lines]} for one in groups]


def _moved(line: queries.StatementLine) -> dict[str, object]:
    sums = ("opening", "committed", "given_back", "paid", "taken_back", "closing")
    minor = {f"{name}_minor": getattr(line.moved, name).minor for name in sums}
    return {"category": line.category, "currency": line.moved.opening.currency, **minor}


@reads(router, "/rates", Action.PRICE_VIEW, list[RateOut])
def list_rates(request: HttpRequest) -> object:
    """The organisation's rates and those it adopted, newest day first; at most 500."""
    return queries.known_rates(actor_of(request))[:MOST]


@creates(router, "/rates", Action.RATE_ADD, RateOut)
def add_rate(request: HttpRequest, body: RateIn) -> object:
    """Record what a currency was worth on a day, and who says so."""
    return commands.add_rate(actor_of(request), **{**body.dict(), "rate": Decimal(body.rate)})


@reads(router, "/prices", Action.PRICE_VIEW, list[PriceOut])
def list_prices(request: HttpRequest) -> object:
    """The organisation's catalogue of prices by place and day; at most 500."""
    return queries.known_prices(actor_of(request))[:MOST]


@creates(router, "/prices", Action.PRICE_ADD, PriceOut)
def add_price(request: HttpRequest, body: PriceIn) -> object:
    """Record what a unit of something cost in a place on a day."""
    return commands.add_price(actor_of(request), amount=body.money, **_without_amount(body))  # type: ignore[arg-type]
