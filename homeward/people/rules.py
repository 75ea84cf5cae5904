"""What is recorded of a person, in which words."""

from dataclasses import dataclass
from enum import StrEnum

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
