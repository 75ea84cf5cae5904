"""Tables of the ledger: accounts with their running sums, commitments, entries, and what proves them."""

from homeward.assistance.models.accounts import Budget, BudgetChange, Entitlement
from homeward.assistance.models.delivering import Answer, Delivery, Proof
from homeward.assistance.models.intents import Intent
from homeward.assistance.models.ledger import Commitment, Entry, Instalment
from homeward.assistance.models.prices import Price, Rate, RateAdoption

__all__ = [
    "Answer",
    "Budget",
    "BudgetChange",
    "Commitment",
    "Delivery",
    "Entitlement",
    "Entry",
    "Instalment",
    "Intent",
    "Price",
    "Proof",
    "Rate",
    "RateAdoption",
]
