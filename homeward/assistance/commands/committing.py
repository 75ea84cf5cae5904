"""Promising to pay for something, and giving back what is not needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.approving import require_approved, require_cleared, steps_for
from homeward.assistance.entering import Details, add_once, counted, new_entry
from homeward.assistance.models import Budget, Commitment, Entitlement, Entry, Instalment
from homeward.assistance.problems import ApprovalNeeded, BudgetNotOpen, WindowClosed
from homeward.assistance.queries import get_budget, get_entitlement, get_price, own_commitment
from homeward.assistance.rules import EntryKind, IntentKind, Milestone, PayeeKind
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.money import Money
from homeward.lib.problems import Invalid
from homeward.privacy.sealing import place_of, seal_text
from homeward.programmes.terms import Form


@dataclass(frozen=True)
class Payee:
    """Who is paid; the account is sealed."""

    kind: PayeeKind
    name: str
    account: str = ""


@dataclass(frozen=True)
class Part:
    """One instalment: how much, and what has to have happened before it is paid."""

    amount_minor: int
    milestone: Milestone
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Purpose:
    """What is promised: words, form, by when, and the lines of plan and catalogue it is about."""

    what: str
    form: Form | None = None
    due_on: date | None = None
    activity_id: UUID | None = None
    price_id: UUID | None = None
    quantity: Decimal | None = None
    price_reason: str = ""  # why the amount is not what the catalogue says


@command(Action.MONEY_COMMIT)
def commit(
    actor: Actor,
    *,
    entitlement_id: UUID,
    budget_id: UUID,
    amount: Money,
    purpose: Purpose,
    payee: Payee,
    instalments: Sequence[Part] = (),
    on: date | None = None,
    request_id: UUID | None = None,
) -> Commitment:
    """Promise a part of an entitlement out of a budget of one's own; never more than is left of either."""
    on = on or localdate()
    entitlement, budget = get_entitlement(actor, entitlement_id), get_budget(actor, budget_id)
    _require_words(purpose, payee)
    _require_open(entitlement, budget, on)
    promised = counted(actor, amount, entitlement.currency, on)
    line = _line(actor, entitlement, budget, purpose, payee)
    require_cleared(actor, entitlement, line.form)
    parts = _parts(line, instalments, promised.counted)
    approval_id = require_approved(actor, entitlement, IntentKind.COMMITMENT, promised.counted, request_id)
    _require_price(line, amount, purpose)
    details = Details(on, request_id, line, reason=purpose.price_reason.strip(), approval_id=approval_id)
    entry = new_entry(actor, EntryKind.COMMITMENT, entitlement, promised, details)

    def make_line() -> None:
        line.save(force_insert=True)
        Instalment.objects.bulk_create(parts)

    def tell_it() -> None:
        tell(actor, entitlement.case_id, EventKind.ASSISTANCE_COMMITTED, on=on, subject_id=line.id)

    return own_commitment(actor, _commitment_of(add_once(entry, make_line, tell_it)))


@command(Action.MONEY_COMMIT)
def commit_more(
    actor: Actor,
    *,
    commitment_id: UUID,
    amount: Money,
    reason: str,
    on: date | None = None,
    request_id: UUID | None = None,
) -> Commitment:
    """Raise a commitment, for instance because the rate changed; never more than is left."""
    on, line = on or localdate(), own_commitment(actor, commitment_id)
    _require_reason(reason)
    _require_open(line.entitlement, get_budget(actor, line.budget_id), on)
    require_cleared(actor, line.entitlement, line.form)
    more = counted(actor, amount, line.currency, on)
    if steps_for(actor, line.entitlement, IntentKind.COMMITMENT, line.committed + more.counted):
        raise ApprovalNeeded  # a commitment of its own can be asked for
    details = Details(on, request_id, line, reason=reason.strip())
    add_once(new_entry(actor, EntryKind.COMMITMENT, line.entitlement, more, details))
    return own_commitment(actor, line.id)


@command(Action.MONEY_COMMIT)
def release(
    actor: Actor, *, commitment_id: UUID, amount: Money, reason: str, request_id: UUID | None = None
) -> Commitment:
    """Give back what a commitment does not need; what is paid or delivered stays committed."""
    line = own_commitment(actor, commitment_id)
    _require_reason(reason)
    if amount.currency != line.currency:
        raise Invalid(fields={"amount": _("Enter an amount in the currency of the commitment.")})
    given_back = counted(actor, amount, line.currency, localdate())
    details = Details(localdate(), request_id, line, reason=reason.strip())
    add_once(new_entry(actor, EntryKind.RELEASE, line.entitlement, given_back, details))
    return own_commitment(actor, line.id)


def _commitment_of(entry: Entry) -> UUID:
    assert entry.commitment_id is not None  # noqa: S101 - the database holds the same
    return entry.commitment_id


def _line(
    actor: Actor, entitlement: Entitlement, budget: Budget, purpose: Purpose, payee: Payee
) -> Commitment:
    line = Commitment(
        case_id=entitlement.case_id,
        organisation_id=actor.organisation_id,
        entitlement=entitlement,
        budget=budget,
        activity_id=purpose.activity_id,
        what=purpose.what.strip(),
        form=purpose.form or entitlement.form,
        payee_kind=payee.kind,
        payee_name=payee.name.strip(),
        quantity=purpose.quantity,
        price=get_price(actor, purpose.price_id) if purpose.price_id else None,
        due_on=purpose.due_on,
        currency=entitlement.currency,
        committed_by_id=actor.user_id,
        committed_by_name=actor.name,
    )
    if payee.account.strip():
        place = place_of(line, "payee_account")
        line.payee_account = seal_text(entitlement.case.person_id, place, payee.account.strip())
    return line


def _parts(line: Commitment, parts: Sequence[Part], promised: Money) -> list[Instalment]:
    if parts and sum(part.amount_minor for part in parts) != promised.minor:
        raise Invalid(fields={"instalments": _("The instalments do not add up to the amount.")})
    return [
        Instalment(
            case_id=line.case_id,
            commitment=line,
            number=number,
            amount_minor=part.amount_minor,
            milestone=part.milestone,
            due_on=part.due_on,
            note=part.note.strip(),
        )
        for number, part in enumerate(parts, 1)
    ]


def _require_price(line: Commitment, amount: Money, purpose: Purpose) -> None:
    """Another amount than so many times the price of the catalogue is given with its reason."""
    if line.price is None or line.quantity is None or line.price.currency != amount.currency:
        return
    asked = Money(round(line.price.amount_minor * line.quantity), amount.currency)
    if asked != amount and not purpose.price_reason.strip():
        raise Invalid(fields={"price_reason": _("The catalogue says another amount. Say why it differs.")})


def _require_words(purpose: Purpose, payee: Payee) -> None:
    wrong = {}
    if not purpose.what.strip():
        wrong["what"] = _("Say what it is for.")
    if not payee.name.strip():
        wrong["payee_name"] = _("Say who is paid.")
    if wrong:
        raise Invalid(fields=wrong)


def _require_open(entitlement: Entitlement, budget: Budget, on: date) -> None:
    if entitlement.window_ends_on and on > entitlement.window_ends_on:
        raise WindowClosed
    if not budget.starts_on <= on <= budget.ends_on:
        raise BudgetNotOpen


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why.")})
