"""What is recorded of a person, in which words."""

from dataclasses import asdict, dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from homeward.lib.dates import PartialDate


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class DocumentKind(StrEnum):
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TRAVEL_DOCUMENT = "travel_document"
    BIRTH_CERTIFICATE = "birth_certificate"
    RESIDENCE_PERMIT = "residence_permit"
    PARTNER_REFERENCE = "partner_reference"
    OTHER = "other"


class ContactKind(StrEnum):
    PHONE = "phone"
    MESSAGING = "messaging"
    EMAIL = "email"
    ADDRESS = "address"


PHONE_KINDS = (ContactKind.PHONE, ContactKind.MESSAGING)


class RelationKind(StrEnum):
    """What `person` is to `related`."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    WARD = "ward"
    RELATIVE = "relative"


INVERSE = {
    RelationKind.SPOUSE: RelationKind.SPOUSE,
    RelationKind.PARTNER: RelationKind.PARTNER,
    RelationKind.CHILD: RelationKind.PARENT,
    RelationKind.PARENT: RelationKind.CHILD,
    RelationKind.SIBLING: RelationKind.SIBLING,
    RelationKind.GUARDIAN: RelationKind.WARD,
    RelationKind.WARD: RelationKind.GUARDIAN,
    RelationKind.RELATIVE: RelationKind.RELATIVE,
}


class MatchState(StrEnum):
    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class TokenKind(StrEnum):
    """What of a person a token stands for."""

    DOCUMENT = "document"
    NAME_DAY = "name_day"  # name and day of birth
    NAME_YEAR = "name_year"  # name, year of birth, sex and nationality


class Strength(StrEnum):
    """How much a partner's yes says."""

    LIKELY = "likely"
    POSSIBLE = "possible"


MATCH_JOB = "search_for_matches"


@dataclass(frozen=True)
class PersonDetails:
    """What is told of a person at the first talk; everything may be unknown but one name."""

    given_names: str = ""
    family_name: str = ""
    native_name: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    birth_country: str = ""


@dataclass(frozen=True)
class NewDocument:
    """A paper as it lies on the table."""

    kind: DocumentKind
    number: str
    country: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class ContactDetails:
    """A way to reach somebody, and how it is safe to use."""

    kind: ContactKind
    value: str
    belongs_to: str = ""
    may_call: bool = True
    may_text: bool = True
    may_leave_message: bool = False
    not_before: time | None = None
    not_after: time | None = None
    safety_note: str = ""
    is_preferred: bool = False

    def columns(self) -> dict[str, Any]:
        """The details by the names of their columns."""
        return {**asdict(self), "value": self.value.strip()}


@dataclass(frozen=True)
class NewPerson:
    """Somebody on a list, with the papers and contacts told with them."""

    details: PersonDetails
    documents: tuple[NewDocument, ...] = ()
    contacts: tuple[ContactDetails, ...] = ()


class OpeningReason(StrEnum):
    """Why somebody opens a sealed document number."""

    TRAVEL = "travel"  # booking or a travel document
    AUTHORITY = "authority"  # an authority asks for it
    CHECK = "check"  # comparing with the paper itself
    OTHER = "other"


GROWN_UP = 18


def may_be_minor(birth: PartialDate | None, today: date) -> bool:
    """True when some day of birth that was told would make the person younger than eighteen."""
    if birth is None:
        return False
    return PartialDate.of_day(birth.latest).age_on(today) < GROWN_UP


def is_surely_minor(birth: PartialDate | None, today: date) -> bool:
    """True when every day of birth that was told makes the person younger than eighteen."""
    return birth is not None and PartialDate.of_day(birth.earliest).age_on(today) < GROWN_UP


# Whom a minor belongs with: what the minor is to the other person.
IN_CARE_OF = (RelationKind.WARD, RelationKind.CHILD)
