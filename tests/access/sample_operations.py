"""The operations about samples for the access matrix: frames are too small here, so that nothing is drawn.

What good answers do is in homeward/api/tests/test_samples.py.
"""

from homeward.access.roles import Role

ALL = (200, 200, 200)
OWN_ONLY = (200, 404, 404)
TOO_FEW = (409, 409, 409)
NOT_DRAWN = (409, 404, 404)
RULE = {"round": "six_months"}


def told(**values):
    return lambda world, caller: values


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    one, kept = {"path": ids("sample_id")}, {"role": Role.COORDINATOR}
    plan = told(name="Autumn", rule=RULE, size={"aim": "number", "number": 20})
    found = [
        ("list_samples", ALL, {}),
        ("plan_sample", TOO_FEW, {"body": plan}),
        ("preview_sample_frame", ALL, {"body": told(rule=RULE)}),
        ("calculate_sample_size", ALL, {"body": told(aim="share")}),
        ("view_sample", OWN_ONLY, one),
        ("discard_sample", OWN_ONLY, one),
        ("view_sample_progress", OWN_ONLY, one),
        ("list_sample_members", OWN_ONLY, one),
        ("list_next_contacts", OWN_ONLY, one),
        ("draw_sample", NOT_DRAWN, {**one, "body": told(expected_version=1)}),
        ("replace_in_sample", (404, 404, 404), {**one, "body": lambda w, c: {"member_id": str(w.sample_id)}}),
        ("draw_double_sample", NOT_DRAWN, {**one, "body": told(share=0.5)}),
    ]
    return [(name, said, {**kept, **more}) for name, said, more in found]
