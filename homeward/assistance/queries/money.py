"""The money of one case: what it is entitled to, what became of it, what lacks proof, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.approvals.queries import approvals_of
from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.assistance.models import Commitment, Entitlement, Entry, Instalment, Intent
from homeward.assistance.queries.accounts import entitlements_of_case
from homeward.assistance.queries.commitments import commitments_of_case, entries_of_case, intents_of_case
from homeward.assistance.rules import NEEDS_PROOF, EntryKind, IntentKind

if TYPE_CHECKING:
    from homeward.approvals.models import Approval


@dataclass(frozen=True)
class EntryLine:
    """An entry with what is still open about it."""

    entry: Entry
    is_reversed: bool

    @property
    def needs_proof(self) -> bool:
        return EntryKind(self.entry.kind) in NEEDS_PROOF and not self.is_reversed

    @property
    def lacks_proof(self) -> bool:
        return self.needs_proof and not self.entry.proofs.all()

    @property
    def lacks_receipt(self) -> bool:
        """Delivered, and nobody asked the person yet whether it came."""
        told = self.entry.kind == EntryKind.DELIVERY and not self.is_reversed
        return told and not [one for one in self.entry.answers.all() if one.voice == "returnee"]


@dataclass(frozen=True)
class Late:
    """Something promised for a day that has passed."""

    commitment: Commitment
    instalment: Instalment | None
    due_on: date
    days: int


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment with its instalments and entries."""

    commitment: Commitment
    entries: tuple[EntryLine, ...]
    late: tuple[Late, ...]


@dataclass(frozen=True)
class IntentLine:
    """What waits for an approval, or was approved and is still to be recorded."""

    intent: Intent
    approval: "Approval | None"
    is_recorded: bool

    @property
    def can_be_recorded(self) -> bool:
        approved = self.approval is not None and self.approval.state == ApprovalState.APPROVED
        return approved and not self.is_recorded


@dataclass(frozen=True)
class Account:
    """An entitlement with the commitments out of it."""

    entitlement: Entitlement
    commitments: tuple[CommitmentLine, ...]


@dataclass(frozen=True)
class CaseMoney:
    """All money of a case."""

    accounts: tuple[Account, ...]
    intents: tuple[IntentLine, ...]
    entries: tuple[EntryLine, ...]

    @property
    def late(self) -> list[Late]:
        return [late for one in self.accounts for line in one.commitments for late in line.late]

    @property
    def lacking_proof(self) -> list[EntryLine]:
        return [line for line in self.entries if line.lacks_proof]


def case_money(actor: Actor, case_id: UUID, today: date) -> CaseMoney:
    """The money of a case the actor may see."""
    entries = entries_of_case(actor, case_id).select_related("delivery")
    lines = entry_lines(entries.prefetch_related("proofs", "answers"))
    commitments = list(commitments_of_case(actor, case_id))
    accounts = [
        Account(one, tuple(_of(one, commitments, lines, today)))
        for one in entitlements_of_case(actor, case_id)
    ]
    return CaseMoney(tuple(accounts), tuple(_intents(actor, case_id, lines)), tuple(lines))


def entry_lines(entries: Iterable[Entry]) -> list[EntryLine]:
    """Entries of whole cases, each with whether another of them takes it back."""
    entries = list(entries)
    reversed_ids = {entry.reverses_id for entry in entries}
    return [EntryLine(entry, entry.id in reversed_ids) for entry in entries]


def late_parts(commitment: Commitment, today: date) -> list[Late]:
    """What of a commitment should have been paid or delivered before today."""
    due: list[tuple[Instalment | None, date | None, int]] = [
        (part, part.due_on, part.amount_minor - part.paid_minor) for part in commitment.instalments.all()
    ]
    if not due:
        open_minor = min(commitment.to_pay.minor, commitment.to_deliver.minor)
        due = [(None, commitment.due_on, open_minor)]
    return [
        Late(commitment, part, due_on, (today - due_on).days)
        for part, due_on, open_minor in due
        if due_on and due_on < today and open_minor > 0
    ]


def _of(
    account: Entitlement, commitments: Iterable[Commitment], lines: Iterable[EntryLine], today: date
) -> Iterable[CommitmentLine]:
    for one in commitments:
        if one.entitlement_id == account.id:
            own = tuple(line for line in lines if line.entry.commitment_id == one.id)
            yield CommitmentLine(one, own, tuple(late_parts(one, today)))


def _intents(actor: Actor, case_id: UUID, lines: Iterable[EntryLine]) -> Iterable[IntentLine]:
    recorded = {line.entry.request_id for line in lines}
    intents = list(intents_of_case(actor, case_id))
    approvals: dict[UUID, Approval] = {}
    for kind in {IntentKind(intent.kind) for intent in intents}:
        ids = [intent.id for intent in intents if intent.kind == kind]
        approvals |= approvals_of(actor, SubjectKind(kind.value), ids)
    return [IntentLine(one, approvals.get(one.id), one.id in recorded) for one in intents]
