"""Addresses of money beyond one case."""

from django.urls import path

from homeward.web.ledger import accounts, desk

urlpatterns = [
    path("desk", desk.desk, name="desk"),
    path("reconciliation", desk.reconciliation, name="reconciliation"),
    path("export", desk.export, name="export_ledger"),
    path("commitments/<uuid:commitment_id>/account", desk.account, name="open_account"),
    path("proofs/<uuid:proof_id>", desk.proof, name="open_proof"),
    path("budgets", accounts.budgets, name="budgets"),
    path("budgets/new", accounts.set_budget, name="set_budget"),
    path("budgets/<uuid:budget_id>/change", accounts.change_budget, name="change_budget"),
    path("prices", accounts.prices, name="prices"),
    path("prices/new", accounts.add_price, name="add_price"),
    path("rates/new", accounts.add_rate, name="add_rate"),
]
