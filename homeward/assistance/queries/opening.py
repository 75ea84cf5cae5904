"""Opening a proof, or the account of a payee: each look is on the record."""

from dataclasses import dataclass, field
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.assistance.queries.commitments import own_commitment, own_proof
from homeward.assistance.rules import AccountReason
from homeward.files.queries import OpenedFile, content_of, get_file
from homeward.lib.problems import NotFound
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import place_of


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


def open_account(
    actor: Actor, commitment_id: UUID, *, reason: AccountReason, words: str = ""
) -> OpenedAccount:
    """The account that a commitment of one's own organisation is paid to; the look and why are on record."""
    actor.require(Action.PAYEE_ACCOUNT_OPEN)
    with acting_as(actor):
        line = own_commitment(actor, commitment_id)
        if line.payee_account is None:
            raise NotFound
        place = place_of(line, "payee_account")
        closed = Closed(line.case.person_id, place, line.payee_account, line.id, line.case_id)
        text = open_field(actor, Action.PAYEE_ACCOUNT_OPEN, closed, Why(reason, words)).decode()
    return OpenedAccount(line.id, line.case_id, text)
