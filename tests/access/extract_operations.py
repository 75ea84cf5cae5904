"""The operations about extracts for the access matrix."""

from uuid import UUID

from homeward.access.roles import Role

NO_FILE = UUID(int=0)
WHY = {"why": "Evaluation of the spring programme"}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    asks = {"role": Role.COORDINATOR}
    about = {"path": ids("extract_id"), **asks}
    opens = {"role": Role.EVALUATOR}  # rows; who coordinates knows names

    def no_file(world, caller):
        return {**ids("extract_id")(world, caller), "file_id": NO_FILE}

    return [
        ("list_extracts", (200, 200, 200), asks),
        ("ask_extract", (201, 201, 201), {"body": lambda world, caller: WHY, **asks}),
        ("view_extract", (200, 404, 404), about),
        ("withdraw_extract", (201, 404, 404), {"body": lambda world, caller: WHY, **about}),
        ("list_extract_files", (200, 404, 404), about),
        (
            "ask_extract_file",
            (409, 404, 404),
            {"body": lambda world, caller: {**WHY, "format": "csv"}, **about, **opens},
        ),
        (
            "download_extract_file",
            (404, 404, 404),
            {"path": no_file, **opens},
        ),
    ]
