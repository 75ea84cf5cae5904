"""Findings as JSON: full double precision, and never a NaN."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from math import isfinite
from typing import Any

from homeward.evaluation.rules import Finding


def as_json(finding: Finding) -> dict[str, Any]:
    """Plain values only.

    A number that is not finite becomes null, and `not_numbers` gives the reason by its place.
    """
    reasons: dict[str, str] = {}
    made = _plain(finding, "", reasons)
    return {**made, "not_numbers": reasons}


def _plain(value: Any, place: str, reasons: dict[str, str]) -> Any:
    if hasattr(value, "tolist"):  # numpy's own kinds
        value = value.tolist()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and not isfinite(value):
        reasons[place] = "not a number" if value != value else "infinite"
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(getattr(value, one.name), _at(place, one.name), reasons) for one in fields(value)
        }
    if isinstance(value, Mapping):
        return {str(name): _plain(one, _at(place, name), reasons) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one, _at(place, number), reasons) for number, one in enumerate(value)]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _at(place: str, name: object) -> str:
    return f"{place}.{name}" if place else str(name)
