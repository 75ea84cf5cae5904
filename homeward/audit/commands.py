"""Writing to the trail."""

from uuid import UUID

from homeward.audit.models import Entry


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
