"""Addresses of money beyond one case."""

from django.urls import path

from homeward.web.ledger import accounts, desk, statement

urlpatterns = [
    path("desk", desk.desk, name="desk"),
    path("reconciliation", desk.reconciliation, name="reconciliation"),
    path("export", desk.export, name="export_ledger"),
    path("commitments/<uuid:commitment_id>/account", desk.account, name="open_account"),
    path("proofs/<uuid:proof_id>", desk.proof, name="open_proof"),
    path("budgets", accounts.budgets, name="budgets"),
    path("budgets/new", accounts.set_budget, name="set_budget"),
    path("budgets/<uuid:budget_id>/change", accounts.change_budget, name="change_budget"),
    path("statement", statement.statement, name="statement"),
    path("statement/file", statement.export, name="export_statement"),
    path("prices", accounts.prices, name="prices"),
    path("prices/new", accounts.add_price, name="add_price"),
    path("rates/new", accounts.add_rate, name="add_rate"),
    path("rates/adopt", accounts.adopt_rates, name="adopt_rates"),
    path("rates/<uuid:adoption_id>/end", accounts.end_adoption, name="end_adoption"),
]
