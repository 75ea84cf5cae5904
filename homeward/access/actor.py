"""The person acting, for one organisation, in one role."""

from dataclasses import dataclass
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.roles import MAY, Role
from homeward.lib.problems import Refused

SYSTEM_USER_ID = UUID("00000000-0000-7000-8000-000000000000")


@dataclass(frozen=True)
class Reach:
    """The part of an organisation's cases an actor works with; both empty means all of them."""

    office_id: UUID | None = None
    team_id: UUID | None = None


@dataclass(frozen=True)
class OneCase:
    """The only case, and the only person, that a session sees."""

    case_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class Actor:
    """A membership at work: who, for whom, in which role, how far, and for which purpose."""

    user_id: UUID
    organisation_id: UUID
    role: Role
    name: str = ""
    membership_id: UUID | None = None
    reach: Reach = Reach()
    purpose: str = "casework"
    only: OneCase | None = None

    def may(self, action: Action) -> bool:
        return action in MAY[self.role]

    @property
    def is_program(self) -> bool:
        """True for whoever holds a token: programs propose, people with a membership answer."""
        return self.membership_id is None and self.role not in (Role.SYSTEM, Role.RETURNEE)

    def require_person(self) -> None:
        """Raise Refused unless somebody can be asked about this later."""
        if self.is_program:
            raise Refused

    def require(self, action: Action) -> None:
        """Raise Refused unless this actor's role includes `action`."""
        if not self.may(action):
            raise Refused


def system_actor(organisation_id: UUID) -> Actor:
    """The actor of timers and background work inside one organisation."""
    return Actor(SYSTEM_USER_ID, organisation_id, Role.SYSTEM, name="Homeward")
