"""Pages of money: what a case has, the finance desk, budgets, prices, rates, statements."""
