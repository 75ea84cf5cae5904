"""The operations about visits for the access matrix: Nora's side leads, `participant` sees the case."""

from datetime import timedelta

from django.utils.timezone import localdate

from tests.cast import nora

READ = (200, 200, 200)
SHARED = (200, 200, 404)
WRITTEN = (201, 201, 404)
TODAY = localdate()


def told(**values):
    return lambda world, caller: values


def visit_for(world, caller):
    return {"visit_ids": [str(world.visit_id)], "membership_id": str(nora.membership_id)}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    case, one = {"path": ids("case_id")}, {"path": ids("visit_id")}
    soon = (TODAY + timedelta(7)).isoformat()
    tried = told(on=TODAY.isoformat(), way="call", outcome="no_answer")
    shop = told(what="Barber shop", on=TODAY.isoformat(), state="open")
    return [
        ("list_visits", READ, {}),
        ("view_rounds", (403, 403, 403), {}),
        ("view_visit", SHARED, one),
        ("list_visit_attempts", SHARED, one),
        ("record_visit_attempt", WRITTEN, {**one, "body": tried}),
        ("agree_on_visit_day", WRITTEN, {**one, "body": told(planned_on=soon, expected_version=1)}),
        ("call_off_visit", WRITTEN, {**one, "body": told(because="died", expected_version=1)}),
        (
            "take_up_visit",
            WRITTEN,
            {**one, "body": told(expected_version=2), "before": "visit_called_off"},
        ),
        ("assign_visits", (201, 422, 404), {"body": visit_for}),
        ("list_case_visits", SHARED, case),
        ("ask_for_visit", WRITTEN, {**case, "body": told(due_on=soon, closes_on=soon)}),
        ("extend_follow_up", (409, 409, 404), {**case, "body": told(months=24)}),
        ("list_businesses", SHARED, case),
        ("record_business", WRITTEN, {**case, "body": shop}),
    ]
