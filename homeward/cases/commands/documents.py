"""Adding documents to a case."""

from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import PaperKind
from homeward.cases.models import CaseDocument
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind, Visibility
from homeward.cases.saving import tell
from homeward.files.commands import store_file


@command(Action.DOCUMENT_ADD)
def add_case_document(
    actor: Actor,
    *,
    case_id: UUID,
    name: str,
    content: bytes,
    kind: PaperKind = PaperKind.OTHER,
    note: str = "",
    visibility: Visibility = Visibility.CASE,
) -> CaseDocument:
    """Keep a scan, letter or photo with a case, encrypted, for all on the case or one's own organisation."""
    case = get_case(actor, case_id)
    shown_to_all = visibility == Visibility.CASE
    file = store_file(
        actor,
        name=name,
        content=content,
        # A file without its case is its organisation's alone.
        case_id=case.id if shown_to_all else None,
        subject_id=case.person_id,
    )
    document = CaseDocument.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        visibility=visibility,
        kind=kind,
        note=note.strip(),
        file_id=file.id,
        added_by_id=actor.user_id,
        added_by_name=actor.name,
    )
    tell(actor, case.id, EventKind.DOCUMENT_ADDED, subject_id=document.id, visibility=visibility)
    return document
