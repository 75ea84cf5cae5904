"""Money and goods for a person: what they are entitled to, what was promised, delivered, paid and proved.

Comes in:  entitlements from a programme's packages, budgets of those who pay, the case they belong to.
Goes out:  entries that are only ever added, sums that the database keeps, statements for those who ask.
"""
