"""The operations about extracts for the access matrix."""

from homeward.access.roles import Role

WHY = {"why": "Evaluation of the spring programme"}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    asks = {"role": Role.COORDINATOR}
    about = {"path": ids("extract_id"), **asks}
    return [
        ("list_extracts", (200, 200, 200), asks),
        ("ask_extract", (201, 201, 201), {"body": lambda world, caller: WHY, **asks}),
        ("view_extract", (200, 404, 404), about),
        ("withdraw_extract", (201, 404, 404), {"body": lambda world, caller: WHY, **about}),
    ]
