"""The operations about agreements for the access matrix: HARBOUR proposed, RETURN_PARTNERS has to accept."""

from datetime import timedelta

from django.utils.timezone import localdate

from homeward.access.roles import Role

AGREEING = {"role": Role.COORDINATOR}


def written(world, caller):
    """An agreement between the two organisations that the matrix tries; a third has no part in it."""
    clause = {"giver_id": str(world.harbour_id), "receiver_id": str(world.partners_id)}
    clause |= {"purposes": ["handover"], "categories": ["identity"], "retention_days": 90}
    today = localdate()
    ends_on = today + timedelta(days=90)
    return {"title": "Handing over", "starts_on": today, "ends_on": ends_on, "clauses": [clause]}


def told(**values):
    return lambda world, caller: values


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    one = {"path": ids("agreement_id"), **AGREEING}
    return [
        ("list_agreements", (200, 200, 200), AGREEING),
        ("get_agreement", (200, 200, 404), one),
        ("propose_agreement", (201, 201, 422), {"body": written, **AGREEING}),
        ("amend_agreement", (201, 201, 404), {"body": written, "before": "agreement_accepted", **one}),
        ("end_agreement", (201, 201, 404), {"body": told(why="The project closed"), **one}),
        ("list_vital_interests", (200, 200, 200), {}),
    ]
