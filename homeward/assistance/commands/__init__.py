"""Writing in the ledger: granting, budgets, committing, delivering, paying, proving, taking back."""

from homeward.assistance.commands.budgeting import change_budget, set_budget
from homeward.assistance.commands.committing import commit, commit_more, release
from homeward.assistance.commands.delivering import reach_milestone, record_answer, record_delivery
from homeward.assistance.commands.granting import grant_entitlements
from homeward.assistance.commands.intending import ask_commitment, ask_payment, ask_top_up, carry_out
from homeward.assistance.commands.paying import pay, reverse_entry
from homeward.assistance.commands.pricing import add_price, add_rate, adopt_rates, end_adoption
from homeward.assistance.commands.proving import add_proof

__all__ = [
    "add_price",
    "add_proof",
    "add_rate",
    "adopt_rates",
    "end_adoption",
    "ask_commitment",
    "ask_payment",
    "ask_top_up",
    "carry_out",
    "change_budget",
    "commit",
    "commit_more",
    "grant_entitlements",
    "pay",
    "reach_milestone",
    "record_answer",
    "record_delivery",
    "release",
    "reverse_entry",
    "set_budget",
]
