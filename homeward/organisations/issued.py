"""What a command hands back when it made a secret."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from homeward.organisations.models import Integration, Invitation, Organisation

Row = TypeVar("Row", Invitation, Integration)


@dataclass(frozen=True)
class Issued(Generic[Row]):
    """A row with the secret that opens it, which is shown once and kept nowhere."""

    row: Row
    secret: str

    @property
    def id(self) -> UUID:
        return self.row.id


@dataclass(frozen=True)
class Introduced:
    """A new organisation and the invitation of its first administrator."""

    organisation: Organisation
    invitation: Issued[Invitation]

    @property
    def id(self) -> UUID:
        return self.organisation.id
