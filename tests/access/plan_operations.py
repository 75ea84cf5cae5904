"""The operations about plans and approvals for the access matrix."""

READ, CREATED = (200, 200, 404), (201, 201, 404)
GOAL = {
    "own_words": "A shop",
    "dimension": "economic",
    "activities": [{"what": "Tools", "planned_on": "2026-08-01"}],
}


def told(**values):
    return lambda world, caller: values


def agreeing(world, caller):
    return {
        "content_hash": str(world.plan_hash),
        "agreed_on": world.today,
        "way": "witnessed",
        "witness_name": "A neighbour",
        "witness_how": "Heard it",
        "language": "ar",
    }


def rows(ids):
    """Name, answers to who leads, takes part and is a stranger, and what else the row says."""
    case = ids("case_id")
    revision = {"version": lambda world: world.plan_revision}
    return [
        ("list_plan_versions", READ, {"path": case, "before": "plan_drafted"}),
        ("list_agreed_lines", READ, {"path": case, "before": "plan_agreed"}),
        ("begin_plan", CREATED, {"path": case, "body": told(on="2026-06-01"), "before": "arrived"}),
        ("amend_plan", CREATED, {"path": case, "body": told(reason="Rains"), "before": "plan_agreed"}),
        ("write_draft", READ, {"path": case, "body": told(goals=[GOAL]), "before": "plan_begun", **revision}),
        (
            "propose_plan",
            CREATED,
            {"path": case, "body": lambda w, c: {"version": w.plan_revision}, "before": "plan_drafted"},
        ),
        ("withdraw_proposal", CREATED, {"path": case, "before": "plan_proposed"}),
        ("agree_to_plan", CREATED, {"path": case, "body": agreeing, "before": "plan_approved"}),
        ("note_not_agreed", CREATED, {"path": case, "body": told(reasons="Roof"), "before": "plan_approved"}),
        ("list_approvals", (200, 200, 200), {}),
        ("view_approval", (200, 404, 404), {"path": ids("approval_id")}),
    ]
