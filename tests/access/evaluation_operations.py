"""The operations of evaluation for the access matrix."""

from homeward.access.roles import Role

SPEC = {"estimand": "mean", "outcome": "economic", "horizon_months": 12, "sesoi": 0.05}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    asked = {"role": Role.COORDINATOR}

    def body(world, caller):
        return {"title": "How are people doing?", "extract_id": str(world.ready_extract_id), "spec": SPEC}

    def published(world, caller):
        return {"extract_id": str(world.ready_extract_id)}

    def wanted(world, caller):
        return {}

    return [
        ("list_evaluations", (200, 200, 200), asked),
        ("view_evaluation", (200, 404, 404), {"path": ids("question_id"), **asked}),
        ("list_evaluation_figures", (200, 404, 404), {"path": ids("question_id"), **asked}),
        ("list_evaluation_checklists", (200, 404, 404), {"path": ids("question_id"), **asked}),
        ("register_evaluation", (201, 404, 404), {"body": body, **asked}),
        ("list_comparisons", (200, 200, 200), asked),
        ("publish_comparison", (201, 404, 404), {"body": published, "role": Role.EVALUATOR}),
        ("withdraw_comparison", (200, 404, 404), {"path": ids("comparison_id"), **asked}),
        ("view_people_like_this", (200, 200, 404), {"path": ids("case_id"), "body": wanted}),
        # who publishes what there is to compare with knows nobody's case
        (
            "view_people_like_this",
            (403, 403, 403),
            {"path": ids("case_id"), "body": wanted, "role": Role.EVALUATOR},
        ),
    ]
