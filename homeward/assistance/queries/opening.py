"""Opening a proof, or the account of a payee: each look is on the record."""

from dataclasses import dataclass, field
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.assistance.queries.commitments import own_commitment, own_proof
from homeward.files.queries import OpenedFile, content_of, get_file
from homeward.lib.problems import NotFound
from homeward.privacy.sealing import open_text, place_of


@dataclass(frozen=True)
class OpenedAccount:
    """Where to pay to, while it is open."""

    id: UUID
    case_id: UUID
    text: str = field(repr=False)


@reading(Action.PROOF_OPEN)
def open_proof(actor: Actor, proof_id: UUID) -> OpenedFile:
    """The file of a proof on a case the actor may see."""
    return content_of(get_file(actor, own_proof(actor, proof_id).file_id))


@reading(Action.PAYEE_ACCOUNT_OPEN)
def open_account(actor: Actor, commitment_id: UUID) -> OpenedAccount:
    """The account that a commitment of one's own organisation is paid to."""
    line = own_commitment(actor, commitment_id)
    if line.payee_account is None:
        raise NotFound
    text = open_text(line.case.person_id, place_of(line, "payee_account"), line.payee_account)
    return OpenedAccount(line.id, line.case_id, text)
