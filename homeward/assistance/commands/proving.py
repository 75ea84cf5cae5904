"""Keeping what proves a delivery or a payment, and opening a payee's account."""

from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.models import Proof
from homeward.assistance.queries import own_entry
from homeward.assistance.rules import NEEDS_PROOF, EntryKind, ProofKind
from homeward.cases.queries import get_case
from homeward.files.commands import store_file
from homeward.lib.problems import WrongState


@command(Action.PROOF_ADD)
def add_proof(actor: Actor, *, entry_id: UUID, kind: ProofKind, name: str, content: bytes) -> Proof:
    """Keep a receipt, a signed list or a photo with the entry it proves."""
    entry = own_entry(actor, entry_id)
    if EntryKind(entry.kind) not in NEEDS_PROOF:
        raise WrongState
    case = get_case(actor, entry.case_id)
    file = store_file(actor, name=name, content=content, case_id=case.id, subject_id=case.person_id)
    return Proof.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        entry=entry,
        kind=kind,
        file_id=file.id,
        added_by_id=actor.user_id,
        added_by_name=actor.name,
    )
