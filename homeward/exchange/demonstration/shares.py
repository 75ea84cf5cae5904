"""Rows of what was disclosed of a drawn case, and of the share that rests on it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from homeward.cases.rules import Scope
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.partners import Worker
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.rules import Category

EVERYTHING = sorted(category.value for category in Category)
SHOWN = {Scope.LEAD: None, Scope.PARTICIPANT: EVERYTHING, Scope.ARRIVAL: ["journey"]}


def disclosure_row(
    case: DrawnCase,
    lead: Worker,
    other: Worker,
    scope: Scope,
    clause_id: UUID,
    days: tuple[datetime, datetime],
) -> dict[str, Any]:
    """That the lead disclosed the case, or that somebody arrives, to another organisation."""
    made_at, until = days
    is_arrival = scope is Scope.ARRIVAL
    return {
        "id": uuid5(case.id, f"disclosure {other.organisation_id}"),
        "subject_id": case.person.id,
        "case_id": case.id,
        "by_organisation_id": lead.organisation_id,
        "organisation_id": other.organisation_id,
        "kind": "arrival" if is_arrival else "case",
        "purpose": "reception_on_arrival" if is_arrival else "reintegration_assistance",
        "basis": "public_interest",
        "condition": "" if is_arrival else "health_or_social_care",
        "necessity": "Somebody meets them." if is_arrival else "They work with the person from here on.",
        "categories": SHOWN[scope],
        "clause_id": clause_id,
        "pseudonym": pseudonym_for(other.organisation_id, case.person.id),
        "until": until,
        "made_by_id": lead.user_id,
        "made_by_name": lead.name,
        "made_at": made_at,
        "ended_by_name": "",
        "ended_why": "",
        "receipt_by_name": "",
    }


def share_row(disclosure: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """The share that rests on a disclosure."""
    kept = ("case_id", "by_organisation_id", "organisation_id", "basis", "purpose", "until")
    return {
        **{name: disclosure[name] for name in kept},
        "id": uuid5(disclosure["id"], "share"),
        "scope": scope,
        "disclosure_id": disclosure["id"],
        "shared_by_id": disclosure["made_by_id"],
        "shared_at": disclosure["made_at"],
    }
