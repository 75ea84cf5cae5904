"""Operations about money, for the matrix of the API: name, the three answers, and what the row needs."""

from homeward.access.roles import Role

OWN_ONLY, MADE_OWN_ONLY = (200, 404, 404), (201, 404, 404)
SEEN, ALL, MADE = (200, 200, 404), (200, 200, 200), (201, 201, 201)
PAID, PAYERS, ADDED = (201, 403, 404), (200, 403, 200), (201, 403, 201)
FINANCE, COORDINATOR = {"role": Role.FINANCE_OFFICER}, {"role": Role.COORDINATOR}
AMOUNT = {"amount_minor": 1000, "currency": "EUR"}
DAY = "2026-06-01"


def rows(ids):
    """Each row as the table of all operations takes it."""

    def told(**values):
        return lambda world, caller: values

    def committing(world, caller):
        return {
            **AMOUNT,
            "budget_id": world.budget_id,
            "what": "Tools",
            "payee_kind": "supplier",
            "payee_name": "A shop",
        }

    def asking(world, caller):
        return {**committing(world, caller), "reason": "A reason"}

    case, entitlement = {"path": ids("case_id")}, {"path": ids("entitlement_id")}
    commitment, entry = {"path": ids("commitment_id")}, {"path": ids("entry_id")}
    change = {"body": told(**AMOUNT, reason="A reason")}
    delivered = told(
        **AMOUNT,
        on=DAY,
        what="Tools",
        delivered_by="A shop",
        counselling_held="yes",
        market_considered="no",
        on_time="does_not_know",
    )
    paying = told(**AMOUNT, on=DAY, method="bank")
    return [
        ("list_entitlements", SEEN, case),
        ("list_commitments", SEEN, case),
        ("list_entries", SEEN, case),
        ("commit", MADE_OWN_ONLY, {**entitlement, "body": committing}),
        ("ask_commitment", (409, 409, 404), {**entitlement, "body": asking}),
        (
            "ask_top_up",
            (201, 422, 404),
            {**entitlement, "body": told(**AMOUNT, what="Wheelchair", reason="A reason")},
        ),
        ("commit_more", MADE_OWN_ONLY, {**commitment, **change}),
        ("release_commitment", MADE_OWN_ONLY, {**commitment, **change}),
        ("record_delivery", MADE_OWN_ONLY, {**commitment, "body": delivered}),
        ("pay", PAID, {**commitment, "body": paying, **FINANCE}),
        (
            "ask_payment",
            (409, 403, 404),
            {**commitment, "body": told(**AMOUNT, method="bank", reason="A reason"), **FINANCE},
        ),
        ("open_account", (200, 403, 404), {**commitment, "body": told(reason="paying"), **FINANCE}),
        ("reach_milestone", MADE_OWN_ONLY, {"path": ids("instalment_id"), "body": told(on=DAY)}),
        ("reverse_entry", MADE_OWN_ONLY, {**entry, "body": told(reason="A reason")}),
        (
            "record_answer",
            MADE_OWN_ONLY,
            {**entry, "body": told(voice="returnee", received="all", on=DAY)},
        ),
        ("add_proof", MADE_OWN_ONLY, {**entry, "body": told(kind="receipt"), "form": True}),
        ("download_proof", SEEN, {"path": ids("proof_id")}),
        ("carry_out_intent", MADE_OWN_ONLY, {"path": ids("intent_id")}),
        ("list_payable", PAYERS, FINANCE),
        ("list_budgets", ALL, {}),
        ("read_statement", ALL, {"query": "?since=2026-01-01&until=2026-12-31", **FINANCE}),
        (
            "set_budget",
            MADE,
            {
                "body": lambda world, caller: {
                    **AMOUNT,
                    "programme_id": world.programme_id,
                    "name": "A year",
                    "starts_on": "2026-01-01",
                    "ends_on": "2026-12-31",
                },
                **COORDINATOR,
            },
        ),
        (
            "change_budget",
            OWN_ONLY,
            {
                "path": ids("budget_id"),
                "body": told(amount_minor=400_000, currency="EUR", reason="A reason"),
                "version": lambda world: 1,
                **COORDINATOR,
            },
        ),
        ("list_rates", ALL, {}),
        (
            "add_rate",
            ADDED,
            {"body": told(of="EUR", quote="XAF", rate="655.957", on=DAY, source="A bank"), **FINANCE},
        ),
        ("list_prices", ALL, {}),
        (
            "add_price",
            MADE,
            {"body": told(**AMOUNT, item="Tools", unit="set", place="Saltfield", on=DAY, source="A shop")},
        ),
    ]
