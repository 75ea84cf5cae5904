"""The operations about scores for the access matrix."""

from homeward.access.roles import Role


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    about = {"path": lambda world, caller: {"instrument_id": world.scored_instrument_id}}
    kept = {"role": Role.COORDINATOR}
    return [
        ("list_outcomes", (200, 200, 404), {"path": ids("case_id")}),
        ("list_scoring_profiles", (200, 200, 200), {**about, "role": Role.FIELD_OFFICER}),
        ("start_rescoring", (201, 201, 201), {**about, **kept}),
        ("view_rescoring", (200, 404, 404), {"path": ids("rescoring_id"), **kept}),
    ]
