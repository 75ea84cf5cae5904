"""The ledger of an organisation as rows, for the finance department's own books."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from homeward.access.actor import Actor
from homeward.assistance.models import Budget, Entry
from homeward.assistance.queries.commitments import visible_entries
from homeward.cases.queries.references import references_of

Cell = str | int | Decimal | date | None
CHUNK = 1_000
HEADINGS = (
    "entry_id",
    "on",
    "recorded_at",
    "kind",
    "case_reference",
    "programme",
    "budget",
    "donor",
    "package",
    "what",
    "payee_kind",
    "payee_name",
    "amount",
    "currency",
    "counted_amount",
    "counted_currency",
    "rate",
    "rate_of",
    "rate_on",
    "rate_source",
    "method",
    "outside_reference",
    "instalment",
    "reverses",
    "approval_id",
    "proofs",
    "recorded_by",
)


def exported_rows(
    actor: Actor, *, since: date | None = None, until: date | None = None
) -> Iterator[tuple[Cell, ...]]:
    """One row for each entry of the organisation, oldest first; no notes and no reasons."""
    own = visible_entries(actor).filter(organisation_id=actor.organisation_id)
    if since:
        own = own.filter(on__gte=since)
    if until:
        own = own.filter(on__lte=until)
    entries = own.select_related("commitment", "entitlement__programme", "instalment")
    references = references_of(actor, own.values_list("case_id", flat=True).distinct())
    budgets = {one.id: one for one in Budget.objects.select_related("donor")}
    for entry in entries.prefetch_related("proofs").order_by("at", "id").iterator(chunk_size=CHUNK):
        yield _row(entry, budgets.get(entry.budget_id) if entry.budget_id else None, references)


def _row(entry: Entry, budget: Budget | None, references: Mapping[UUID, str]) -> tuple[Cell, ...]:
    line = entry.commitment
    return (
        str(entry.id),
        entry.on,
        entry.at.isoformat(timespec="seconds"),
        str(entry.kind),
        references.get(entry.case_id, ""),
        entry.entitlement.programme.name,
        budget.name if budget else "",
        budget.donor.name if budget and budget.donor else "",
        entry.entitlement.package_code,
        line.what if line else "",
        str(line.payee_kind) if line else "",
        line.payee_name if line else "",
        entry.amount.amount,
        entry.currency,
        entry.counted.amount,
        entry.counted_currency,
        entry.rate,
        entry.rate_of,
        entry.rate_on,
        entry.rate_source,
        str(entry.method),
        entry.outside_reference,
        entry.instalment.number if entry.instalment else None,
        str(entry.reverses_id or ""),
        str(entry.approval_id or ""),
        len(entry.proofs.all()),
        entry.by_name,
    )
