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
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.queries.commitments import (
    commitments_of_case,
    entries_of_case,
    intents_of_case,
    own_commitment,
    own_entry,
    own_instalment,
    own_intent,
    own_proof,
    visible_commitments,
    visible_entries,
)
from homeward.assistance.queries.money import CaseMoney, case_money

__all__ = [
    "CaseMoney",
    "budgets_for",
    "commitments_of_case",
    "entitlements_of_case",
    "entries_of_case",
    "case_money",
    "check_ledger",
    "get_budget",
    "get_entitlement",
    "get_price",
    "intents_of_case",
    "known_prices",
    "known_rates",
    "own_budgets",
    "own_commitment",
    "own_entry",
    "own_instalment",
    "own_intent",
    "own_proof",
    "visible_budgets",
    "visible_commitments",
    "visible_entitlements",
    "visible_entries",
]
