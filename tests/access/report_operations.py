"""The operations of reports and recommendations for the access matrix."""

from django.utils.timezone import localdate

from homeward.access.roles import Role

TEXT = "Visit within three months."


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    asked = {"role": Role.COORDINATOR}
    about = {"path": ids("report_id"), **asked}
    today = localdate().isoformat()

    def made_of(world, caller):
        period = {"period_from": "2026-01-01", "period_until": "2026-03-31"}
        return {
            "template": "public_summary",
            "extract_id": str(world.ready_extract_id),
            "language": "en",
            **period,
        }

    def handed(world, caller):
        return {"kind": "pdf", "recipient": "Ministry Demo", "means": "post", "handed_on": today}

    def advice(world, caller):
        return {"text": TEXT, "given_to_id": str(world.partners_id), "due_on": today}

    def answer(world, caller):
        return {"answer": "accepted", "expected_version": 1}

    def done(world, caller):
        return {"done": "Visits begin sooner.", "done_on": today, "expected_version": 2}

    return [
        ("list_reports", (200, 200, 200), asked),
        ("list_report_templates", (200, 200, 200), asked),
        ("make_report", (201, 404, 404), {"body": made_of, **asked}),
        ("view_report", (200, 404, 404), about),
        (
            "download_report",
            (200, 404, 404),
            {"path": lambda world, caller: {"report_id": world.report_id, "kind": "pdf"}, **asked},
        ),
        (
            "withdraw_report",
            (201, 404, 404),
            {"body": lambda world, caller: {"why": "It was made of the wrong extract."}, **about},
        ),
        (
            "hand_over_report",
            (201, 404, 404),
            {"path": lambda world, caller: {"report_id": world.released_report_id}, "body": handed, **asked},
        ),
        ("list_recommendations", (200, 200, 200), asked),
        ("recommend", (201, 201, 201), {"body": advice, **asked}),
        (
            "answer_recommendation",
            (201, 404, 404),
            {"path": ids("recommendation_id"), "body": answer, **asked},
        ),
        (
            "complete_recommendation",
            (201, 404, 404),
            {
                "path": lambda world, caller: {"recommendation_id": world.accepted_recommendation_id},
                "body": done,
                **asked,
            },
        ),
    ]
