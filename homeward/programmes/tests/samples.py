"""Terms small enough to read."""

import json

TERMS = {
    "currency": "EUR",
    "windows": [{"opens_on": "2026-01-01", "closes_on": "2026-12-31", "return_types": ["voluntary"]}],
    "eligibility": [
        {
            "code": "adult",
            "label": {"en": "Adults apply"},
            "expression": "age_years >= 18 or is_unaccompanied",
        },
        {"code": "decided", "label": {"en": "Decided, informed"}, "expression": "informed_decision"},
    ],
    "packages": [
        {
            "code": "first_needs",
            "label": {"en": "First needs", "fr": "Premiers besoins"},
            "phase": "post_arrival",
            "form": "cash_or_kind",
            "amount_minor": 61500,
            "return_types": ["voluntary"],
            "window_days": 14,
            "window_working_days": True,
        },
        {
            "code": "first_needs_forced",
            "label": {"en": "First needs"},
            "phase": "post_arrival",
            "form": "cash_or_kind",
            "amount_minor": 20500,
            "return_types": ["forced"],
            "window_days": 14,
        },
        {
            "code": "start",
            "label": {"en": "A new start"},
            "phase": "post_return",
            "form": "kind",
            "amount_minor": 200000,
            "roles_in_file": ["principal", "spouse"],
            "condition": "not is_minor",
            "window_months": 12,
        },
    ],
    "approvals": [{"subject": "payment", "from_minor": 50000, "roles": ["coordinator"]}],
    "rounds": [{"code": "baseline", "months_after_arrival": 0, "window_days": 31, "instrument": "rss"}],
}


def changed(path, value):
    """The terms with one value put in at a dotted path."""
    terms = json.loads(json.dumps(TERMS))
    *steps, last = path.split(".")
    at = terms
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value
    return terms
