"""Measures of how far programmes and services reach: different places, needs and providers that are seen."""

from collections.abc import Mapping
from typing import Any

from homeward.indicators.measures.referrals import TAKEN
from homeward.indicators.measures.tables import Tables

Given = Mapping[str, Any]


def districts_reached(t: Tables, given: Given) -> Any:
    rows = t.arrived()
    return rows.select("case_id", "cell", month="arrived_month", code="district")


def districts_with_service(t: Tables, given: Given) -> Any:
    return _taken(t, "district")


def needs_with_service(t: Tables, given: Given) -> Any:
    return _taken(t, "service_type")


def providers_taking(t: Tables, given: Given) -> Any:
    return _taken(t, "provider")


def _taken(t: Tables, column: str) -> Any:
    rows = t.frame("referrals")
    return rows.filter(rows.answer.isin(TAKEN)).select("case_id", month="sent_month", code=column)


FUNCTIONS = {
    "districts_reached": districts_reached,
    "districts_with_service": districts_with_service,
    "needs_with_service": needs_with_service,
    "providers_taking": providers_taking,
}
EVENTS = ("districts_with_service", "needs_with_service", "providers_taking")
