"""Writing to the trail."""

from collections.abc import Iterable
from uuid import UUID

from homeward.audit.models import Entry
from homeward.lib.bulk_insert import bulk_insert


def record(
    *,
    actor_id: UUID,
    organisation_id: UUID,
    role: str,
    purpose: str,
    action: str,
    subject_id: UUID | None,
    case_id: UUID | None = None,
    refused: bool = False,
    note: str = "",
    details: bytes | None = None,
) -> None:
    """Add one entry. Call inside the transaction that makes the change."""
    Entry.objects.create(
        actor_id=actor_id,
        organisation_id=organisation_id,
        role=role,
        purpose=purpose,
        action=action,
        subject_id=subject_id,
        case_id=case_id,
        refused=refused,
        note=note,
        details=details,
    )


def record_many(
    case_ids: Iterable[UUID],
    *,
    actor_id: UUID,
    organisation_id: UUID,
    role: str,
    purpose: str,
    action: str,
) -> None:
    """Add one entry for each of many cases, in few queries, inside the transaction that makes the change."""
    about_all = {
        "actor_id": actor_id,
        "organisation_id": organisation_id,
        "role": role,
        "purpose": purpose,
        "action": action,
    }
    entries = (Entry(subject_id=case_id, case_id=case_id, **about_all) for case_id in case_ids)
    bulk_insert(Entry, entries)
