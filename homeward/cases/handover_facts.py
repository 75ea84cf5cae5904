"""What an organisation reads of a case before it decides whether to take it on: never who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.cases.models import Case

Facts = dict[str, str | int]


def facts_shown(case: Case, *, appointments: int = 0, documents: int = 0) -> Facts:
    """Reference, path, places and days, and how much comes along. What is not known is left out."""
    facts: dict[str, object] = {
        "reference": case.reference,
        "stage": case.stage,
        "role_in_file": case.role_in_file if case.file_id else "",
        "host_country": case.host_country,
        "return_country": case.return_country,
        "return_place": case.return_place,
        "expected_on": case.expected_on,
        "arrived_on": case.arrived_on,
        "plan_agreed_on": case.plan_agreed_on,
        "next_step_on": case.next_step_on,
        "appointments": appointments,
        "documents": documents,
    }
    return {name: _plain(value) for name, value in facts.items() if value not in (None, "")}


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)
