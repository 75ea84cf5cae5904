"""Reading the ledger: accounts, commitments, entries, the finance desk, statements."""

from homeward.assistance.queries.accounts import (
    budgets_for,
    entitlements_of_case,
    get_budget,
    get_entitlement,
    get_price,
    known_prices,
    own_budgets,
    visible_budgets,
    visible_entitlements,
)
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.queries.commitments import (
    commitments_of_case,
    entries_of_case,
    intents_of_case,
    intents_to_record,
    own_commitment,
    own_entry,
    own_instalment,
    own_intent,
    own_proof,
    visible_commitments,
    visible_entries,
)
from homeward.assistance.queries.desk import Reconciliation, ToPay, people_of, reconciliation, what_to_pay
from homeward.assistance.queries.exporting import HEADINGS, exported_rows
from homeward.assistance.queries.money import CaseMoney, case_money
from homeward.assistance.queries.opening import open_account, open_proof
from homeward.assistance.queries.periods import (
    STATEMENT_HEADINGS,
    PeriodGroup,
    StatementCategory,
    StatementLine,
    period_statement,
    statement_rows,
)
from homeward.assistance.queries.rates import (
    get_adoption,
    known_rates,
    latest_rate,
    live_adoptions,
    organisations_to_adopt_from,
)
from homeward.assistance.queries.statements import Group, StatementBy, statement

__all__ = [
    "HEADINGS",
    "STATEMENT_HEADINGS",
    "StatementCategory",
    "PeriodGroup",
    "StatementLine",
    "period_statement",
    "statement_rows",
    "Group",
    "Reconciliation",
    "StatementBy",
    "ToPay",
    "CaseMoney",
    "budgets_for",
    "commitments_of_case",
    "entitlements_of_case",
    "entries_of_case",
    "exported_rows",
    "case_money",
    "check_ledger",
    "get_budget",
    "get_entitlement",
    "get_price",
    "intents_of_case",
    "intents_to_record",
    "known_prices",
    "known_rates",
    "latest_rate",
    "live_adoptions",
    "organisations_to_adopt_from",
    "get_adoption",
    "open_account",
    "open_proof",
    "own_budgets",
    "own_commitment",
    "own_entry",
    "own_instalment",
    "own_intent",
    "own_proof",
    "people_of",
    "reconciliation",
    "statement",
    "visible_budgets",
    "visible_commitments",
    "visible_entitlements",
    "visible_entries",
    "what_to_pay",
]
