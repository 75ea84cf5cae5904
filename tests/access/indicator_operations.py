"""The operations of indicators for the access matrix."""

from homeward.access.roles import Role

WORDS = {"en": "Said", "fr": "Dit", "ar": "قيل"}
DEFINED = {
    "code": "OUT-1",
    "name": WORDS,
    "counts": WORDS,
    "leaves_out": WORDS,
    "measure": "forced_returns",
    "parameters": {},
}


def about(name, attribute):
    return lambda world, caller: {name: getattr(world, attribute)}


def rows(ids):
    """Name, answers to three organisations, and what else the row says."""
    asks = {"role": Role.EVALUATOR}
    framework = {"code": "NEW", "name": WORDS}

    def table(world, caller):
        return {"version_id": str(world.framework_version_id), "extract_id": str(world.ready_extract_id)}

    return [
        ("list_frameworks", (200, 200, 200), asks),
        ("add_framework", (201, 201, 201), {"body": lambda world, caller: framework, **asks}),
        ("list_framework_versions", (200, 200, 200), {"path": ids("framework_id"), **asks}),
        (
            "view_indicator_series",
            (200, 200, 200),
            {"path": lambda world, caller: {"framework_id": world.framework_id, "code": "OUT-1"}, **asks},
        ),
        (
            "view_framework_version",
            (200, 404, 404),
            {"path": about("version_id", "draft_framework_id"), **asks},
        ),
        (
            "change_framework_version",
            (200, 404, 404),
            {
                "path": about("version_id", "draft_framework_id"),
                "body": lambda world, caller: {"definitions": [DEFINED]},
                "version": lambda world: 2,
                **asks,
            },
        ),
        (
            "list_framework_comments",
            (200, 404, 404),
            {"path": about("version_id", "consulted_framework_id"), **asks},
        ),
        (
            "comment_on_framework",
            (201, 404, 404),
            {
                "path": about("version_id", "consulted_framework_id"),
                "body": lambda world, caller: {"text": "Ask in spring too."},
                **asks,
            },
        ),
        ("list_indicator_tables", (200, 200, 200), asks),
        ("compute_indicator_table", (201, 404, 404), {"body": table, **asks}),
        ("list_indicator_values", (200, 404, 404), {"path": about("table_id", "indicator_table_id"), **asks}),
    ]
