"""Agreeing on what is counted, and counting it. Each function is one thing a person or the worker can do."""

from homeward.indicators.commands.agreeing import (
    OwnIndicators,
    add_framework,
    begin_framework_version,
    change_definitions,
    comment_on_version,
    load_framework,
    name_party,
    open_consultation,
    put_in_force,
    take_back,
    validate_version,
)
from homeward.indicators.commands.tables import (
    COMPUTING_JOB,
    begin_table,
    compute_table,
    finish_table,
    write_values,
)

__all__ = [
    "COMPUTING_JOB",
    "OwnIndicators",
    "add_framework",
    "begin_framework_version",
    "begin_table",
    "change_definitions",
    "comment_on_version",
    "compute_table",
    "finish_table",
    "load_framework",
    "name_party",
    "open_consultation",
    "put_in_force",
    "take_back",
    "validate_version",
    "write_values",
]
