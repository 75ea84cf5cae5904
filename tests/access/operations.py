"""Who may call which operation of the API: one row each, with the answer three organisations' programs get.

`own` leads Sami's case, `participant` sees it because it is shared, `foreign` has no part in it. Where the
answer to a foreign program is 404, it is compared byte by byte with the answer about what does not exist.
Callers without a token and callers in another role are tried on every operation without any row saying so.
An operation that is missing here fails `test_operations.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeward.access.roles import Role

Made = Callable[[Any, Any], Mapping[str, object]]
BESIDE = {
    Role.CASE_MANAGER: Role.RETURN_COUNSELLOR,
    Role.FIELD_OFFICER: Role.COORDINATOR,
}  # who does the same work at HARBOUR


def nothing(world: Any, caller: Any) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Row:
    """One operation; `path` and `body` take the world (whose ids exist, or do not) and the caller."""

    operation: str
    own: int = 200
    participant: int = 200
    foreign: int = 404
    path: Made = nothing
    body: Made | None = None
    version: Callable[[Any], int] | None = None
    role: Role = Role.CASE_MANAGER

    def __str__(self) -> str:
        return self.operation


def case(world: Any, caller: Any) -> Mapping[str, object]:
    return {"case_id": world.case_id}


def person(world: Any, caller: Any) -> Mapping[str, object]:
    return {"person_id": world.person_id}


def case_version(world: Any) -> int:
    return world.case_version


OPENED = {"opened_on": "2026-03-02"}

ROWS = [
    Row("list_programmes", foreign=200, role=Role.FIELD_OFFICER),
    # people
    Row("register_person", 201, 201, 201, body=lambda w, c: {"family_name": "Example"}),
    Row("view_person", path=person),
    Row("change_person", path=person, body=lambda w, c: {"family_name": "Else"}, version=lambda w: 1),
    # cases
    Row("list_cases", foreign=200),
    Row("search_cases", foreign=200, body=lambda w, c: {"text": "Sami"}),
    Row(
        "open_case",
        201,
        201,
        404,
        body=lambda w, c: {"person_id": w.person_id, "lead_membership_id": c.colleague, **OPENED},
    ),
    Row("start_file", 201, 201, 201, body=lambda w, c: OPENED),
    Row("view_case", path=case),
    Row("edit_case", path=case, body=lambda w, c: {"return_place": "Else"}, version=case_version),
    Row("set_next_step", path=case, body=lambda w, c: {"next_step": "Call"}, version=case_version),
    Row("view_timeline", path=case),
    # who works them and who sees them
    Row("list_shares", path=case),
    Row(
        "share_case",
        201,
        409,
        404,
        path=case,
        body=lambda w, c: {"organisation_id": w.clinic_id, "basis": "consent", "purpose": "A check-up"},
    ),
    Row("end_share", path=lambda w, c: {"case_id": w.case_id, "share_id": w.share_id}),
    Row("offer_lead", 201, 409, 404, path=case, body=lambda w, c: {"organisation_id": w.harbour_id}),
    Row("take_lead", 409, 201, 404, path=case, body=lambda w, c: {"membership_id": c.colleague}),
    Row(
        "assign_case",
        201,
        201,
        404,
        path=case,
        body=lambda w, c: {"membership_id": c.colleague},
        role=Role.COORDINATOR,
    ),
    Row(
        "reassign_caseload",
        201,
        201,
        201,
        body=lambda w, c: {"from_user_id": w.nora_id, "membership_id": c.colleague},
        role=Role.COORDINATOR,
    ),
    Row("list_emergencies", foreign=200, role=Role.COORDINATOR),
    Row(
        "review_emergency",
        201,
        404,
        404,
        path=lambda w, c: {"emergency_id": w.emergency_id},
        body=lambda w, c: {"was_justified": True},
        role=Role.COORDINATOR,
    ),
]
