"""Reading the ledger: accounts, commitments, entries, the finance desk, statements."""

from homeward.assistance.queries.accounts import (
    budgets_for,
    entitlements_of_case,
    get_budget,
    get_entitlement,
    get_price,
    known_prices,
    known_rates,
    own_budgets,
    visible_budgets,
    visible_entitlements,
)
from homeward.assistance.queries.commitments import (
    commitments_of_case,
    entries_of_case,
    own_commitment,
    own_entry,
    own_instalment,
    visible_commitments,
    visible_entries,
)

__all__ = [
    "budgets_for",
    "commitments_of_case",
    "entitlements_of_case",
    "entries_of_case",
    "get_budget",
    "get_entitlement",
    "get_price",
    "known_prices",
    "known_rates",
    "own_budgets",
    "own_commitment",
    "own_entry",
    "own_instalment",
    "visible_budgets",
    "visible_commitments",
    "visible_entitlements",
    "visible_entries",
]
