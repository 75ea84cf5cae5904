"""Asking for the approval of an amount, and recording what was approved."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.approvals.commands import ask_approval
from homeward.approvals.rules import SubjectKind
from homeward.assistance.approving import require_approved, require_cleared, steps_for
from homeward.assistance.commands.committing import Part, Payee, Purpose, commit
from homeward.assistance.commands.paying import pay
from homeward.assistance.entering import Details, add_once, counted, new_entry
from homeward.assistance.models import Commitment, Entitlement, Entry, Intent
from homeward.assistance.problems import ApprovalNotNeeded, DoesNotFit
from homeward.assistance.queries import budgets_for, get_entitlement, own_commitment, own_intent
from homeward.assistance.rules import EntryKind, IntentKind, Method
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.lib.problems import Invalid
from homeward.privacy.sealing import open_sealed, place_of, seal


@dataclass(frozen=True)
class CommitmentGiven:
    """What a commitment that waits for its approval was given."""

    budget_id: UUID
    purpose: Purpose
    payee: Payee
    instalments: tuple[Part, ...] = ()


@dataclass(frozen=True)
class PaymentGiven:
    """What a payment that waits for its approval was given."""

    method: Method
    instalment_id: UUID | None = None
    outside_reference: str = ""


Given = CommitmentGiven | PaymentGiven
COMMITMENTS, PAYMENTS = TypeAdapter(CommitmentGiven), TypeAdapter(PaymentGiven)


@command(Action.MONEY_COMMIT)
def ask_commitment(
    actor: Actor, *, entitlement_id: UUID, amount: Money, given: CommitmentGiven, reason: str
) -> Intent:
    """Ask for the approval of a commitment that the programme wants approved."""
    entitlement = get_entitlement(actor, entitlement_id)
    require_cleared(actor, entitlement, given.purpose.form or entitlement.form)
    sealed = COMMITMENTS.dump_json(given)
    return _ask(actor, IntentKind.COMMITMENT, entitlement, amount, given.purpose.what, reason, sealed)


@command(Action.PAYMENT_MAKE)
def ask_payment(
    actor: Actor, *, commitment_id: UUID, amount: Money, given: PaymentGiven, reason: str
) -> Intent:
    """Ask for the approval of a payment that the programme wants approved."""
    line = own_commitment(actor, commitment_id)
    require_cleared(actor, line.entitlement, line.form)
    sealed = PAYMENTS.dump_json(given)
    return _ask(
        actor, IntentKind.PAYMENT, line.entitlement, amount, line.what, reason, sealed, commitment=line
    )


@command(Action.TOP_UP_ASK)
def ask_top_up(actor: Actor, *, entitlement_id: UUID, amount: Money, what: str, reason: str) -> Intent:
    """Ask for more than the package gives, for a complex case; somebody else always approves it."""
    entitlement = get_entitlement(actor, entitlement_id)
    if not budgets_for(actor, entitlement, localdate()).exists():
        raise DoesNotFit(_("Your organisation holds no budget that this could be paid from."))
    return _ask(actor, IntentKind.TOP_UP, entitlement, amount, what, reason, b"{}")


@command(Action.INTENT_CARRY_OUT)
def carry_out(actor: Actor, *, intent_id: UUID) -> Intent:
    """Record what was approved; again, nothing more is recorded."""
    intent = own_intent(actor, intent_id)
    CARRY[IntentKind(intent.kind)](actor, intent)
    return intent


def _ask(
    actor: Actor,
    kind: IntentKind,
    entitlement: Entitlement,
    amount: Money,
    what: str,
    reason: str,
    given: bytes,
    commitment: Commitment | None = None,
) -> Intent:
    """What waits is kept in the currency that counts, at today's rate."""
    if not what.strip() or not reason.strip():
        raise Invalid(fields={"what" if not what.strip() else "reason": _("Say what for, and why.")})
    asked = counted(actor, amount, entitlement.currency, localdate()).counted
    steps = steps_for(actor, entitlement, kind, asked)
    if not steps:
        raise ApprovalNotNeeded
    intent = Intent(id=new_id(), kind=kind, entitlement=entitlement, commitment=commitment)
    case = entitlement.case
    intent.case_id, intent.organisation_id = case.id, actor.organisation_id
    intent.currency, intent.amount_minor = asked.currency, asked.minor
    intent.what, intent.reason = what.strip(), reason.strip()
    intent.by_id, intent.by_name = actor.user_id, actor.name
    intent.given = seal(case.person_id, place_of(intent, "given"), given)
    intent.approval_id = ask_approval(
        actor,
        subject_kind=SubjectKind(kind.value),
        subject_id=intent.id,
        steps=steps,
        case_id=case.id,
        amount=asked,
        reference=case.reference,
        reason=intent.reason,
    ).id
    intent.save(force_insert=True)
    return intent


def _opened(intent: Intent) -> bytes:
    return open_sealed(intent.case.person_id, place_of(intent, "given"), intent.given)


def _carry_commitment(actor: Actor, intent: Intent) -> None:
    given = COMMITMENTS.validate_json(_opened(intent))
    commit(
        actor,
        entitlement_id=intent.entitlement_id,
        amount=intent.amount,
        budget_id=given.budget_id,
        purpose=given.purpose,
        payee=given.payee,
        instalments=given.instalments,
        request_id=intent.id,
    )


def _carry_payment(actor: Actor, intent: Intent) -> None:
    given = PAYMENTS.validate_json(_opened(intent))
    assert intent.commitment_id is not None  # noqa: S101 - asked for with one
    pay(
        actor,
        commitment_id=intent.commitment_id,
        amount=intent.amount,
        method=given.method,
        instalment_id=given.instalment_id,
        outside_reference=given.outside_reference,
        request_id=intent.id,
    )


def _carry_top_up(actor: Actor, intent: Intent) -> Entry:
    actor.require(Action.TOP_UP_ASK)
    entitlement = get_entitlement(actor, intent.entitlement_id)
    approval_id = require_approved(actor, entitlement, IntentKind.TOP_UP, intent.amount, intent.id)
    more = counted(actor, intent.amount, entitlement.currency, localdate())
    details = Details(localdate(), intent.id, reason=intent.reason, approval_id=approval_id)
    return add_once(new_entry(actor, EntryKind.TOP_UP, entitlement, more, details))


CARRY = {
    IntentKind.COMMITMENT: _carry_commitment,
    IntentKind.PAYMENT: _carry_payment,
    IntentKind.TOP_UP: _carry_top_up,
}
