"""The organisations and people of the demonstration: invented, marked synthetic, with keys that never change.

Their countries, Nordholm and Marenia, use codes that ISO 3166 leaves to users and never gives to a country.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.organisations.models import Membership, Office, Organisation, User
from homeward.organisations.rules import OrganisationClass

NORDHOLM, MARENIA = "XN", "XM"
MAIL = "homeward.example"


def fixed_id(kind: int, number: int) -> UUID:
    """A key that is the same on every machine; `kind` keeps the tables apart."""
    return UUID(f"0000d{kind:03x}-0000-7000-8000-{number:012x}")


@dataclass(frozen=True)
class DemoOrganisation:
    id: UUID
    name: str
    organisation_class: OrganisationClass
    country: str


@dataclass(frozen=True)
class DemoOffice:
    id: UUID
    organisation_id: UUID
    name: str


@dataclass(frozen=True)
class DemoPerson:
    id: UUID
    name: str

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@{MAIL}"


@dataclass(frozen=True)
class DemoHat:
    id: UUID
    person: DemoPerson
    organisation: DemoOrganisation
    role: Role
    office: DemoOffice | None = None


RETURN_OFFICE = DemoOrganisation(
    fixed_id(1, 1), "Nordholm Return Office", OrganisationClass.DESTINATION_AUTHORITY, NORDHOLM
)
HARBOUR_ADVICE = DemoOrganisation(
    fixed_id(1, 2), "Harbour Advice Demo", OrganisationClass.COUNSELLING_NGO, NORDHOLM
)
RETURN_PARTNERS = DemoOrganisation(
    fixed_id(1, 3), "Return Partners Demo", OrganisationClass.IMPLEMENTING_PARTNER, MARENIA
)
REINTEGRATION_OFFICE = DemoOrganisation(
    fixed_id(1, 4), "Marenia Reintegration Office", OrganisationClass.ORIGIN_AUTHORITY, MARENIA
)
PORT_CLINIC = DemoOrganisation(
    fixed_id(1, 5), "Port Clinic Demo", OrganisationClass.SERVICE_PROVIDER, MARENIA
)
EVALUATORS = DemoOrganisation(
    fixed_id(1, 6), "Lighthouse Evaluation Demo", OrganisationClass.EVALUATOR, NORDHOLM
)
DONORS = DemoOrganisation(fixed_id(1, 7), "Return Fund Demo", OrganisationClass.DONOR, NORDHOLM)

ORGANISATIONS = (
    RETURN_OFFICE,
    HARBOUR_ADVICE,
    RETURN_PARTNERS,
    REINTEGRATION_OFFICE,
    PORT_CLINIC,
    EVALUATORS,
    DONORS,
)

SALTFIELD = DemoOffice(fixed_id(2, 1), RETURN_PARTNERS.id, "Saltfield")
OLD_HARBOUR = DemoOffice(fixed_id(2, 2), RETURN_PARTNERS.id, "Old Harbour")
OFFICES = (SALTFIELD, OLD_HARBOUR)

VERA = DemoPerson(fixed_id(3, 1), "Vera Demo")
JONAS = DemoPerson(fixed_id(3, 2), "Jonas Specimen")
NORA = DemoPerson(fixed_id(3, 3), "Nora Sample")
TAREK = DemoPerson(fixed_id(3, 4), "Tarek Placeholder")
SALMA = DemoPerson(fixed_id(3, 5), "Salma Example")
INES = DemoPerson(fixed_id(3, 6), "Ines Mustermann")
ADIL = DemoPerson(fixed_id(3, 7), "Adil Template")
KARIM = DemoPerson(fixed_id(3, 8), "Karim Draft")
MIRA = DemoPerson(fixed_id(3, 9), "Mira Fixture")
OTTO = DemoPerson(fixed_id(3, 10), "Otto Blank")
LINA = DemoPerson(fixed_id(3, 11), "Lina Variant")
ROSA = DemoPerson(fixed_id(3, 12), "Rosa Pattern")
FRIDA = DemoPerson(fixed_id(3, 13), "Frida Filler")
WANDA = DemoPerson(fixed_id(3, 14), "Wanda Proof")
HANA = DemoPerson(fixed_id(3, 15), "Hana Sketch")
MONA = DemoPerson(fixed_id(3, 16), "Mona Proxy")

HATS = (
    DemoHat(fixed_id(4, 1), JONAS, HARBOUR_ADVICE, Role.RETURN_COUNSELLOR),
    DemoHat(fixed_id(4, 2), NORA, RETURN_PARTNERS, Role.CASE_MANAGER),
    DemoHat(fixed_id(4, 3), TAREK, RETURN_PARTNERS, Role.CASE_MANAGER, OLD_HARBOUR),
    DemoHat(fixed_id(4, 4), VERA, RETURN_OFFICE, Role.COORDINATOR),
    DemoHat(fixed_id(4, 5), SALMA, REINTEGRATION_OFFICE, Role.ORIGIN_AUTHORITY),
    DemoHat(fixed_id(4, 6), INES, RETURN_PARTNERS, Role.DATA_PROTECTION_OFFICER),
    DemoHat(fixed_id(4, 7), ADIL, RETURN_PARTNERS, Role.ADMINISTRATOR),
    DemoHat(fixed_id(4, 8), KARIM, PORT_CLINIC, Role.SERVICE_PROVIDER),
    DemoHat(fixed_id(4, 9), MIRA, EVALUATORS, Role.EVALUATOR),
    DemoHat(fixed_id(4, 10), OTTO, DONORS, Role.DONOR),
    DemoHat(fixed_id(4, 11), LINA, HARBOUR_ADVICE, Role.RETURN_COUNSELLOR),
    DemoHat(fixed_id(4, 12), LINA, RETURN_PARTNERS, Role.CASE_MANAGER),
    DemoHat(fixed_id(4, 13), ROSA, RETURN_PARTNERS, Role.COORDINATOR),
    DemoHat(fixed_id(4, 14), FRIDA, RETURN_PARTNERS, Role.FINANCE_OFFICER),
    DemoHat(fixed_id(4, 15), WANDA, RETURN_OFFICE, Role.ADMINISTRATOR),
    DemoHat(fixed_id(4, 16), HANA, RETURN_PARTNERS, Role.FIELD_OFFICER),
    DemoHat(fixed_id(4, 17), MONA, RETURN_PARTNERS, Role.EVALUATOR),
)


def make_demo_organisations() -> None:
    """Add whatever is missing of the demonstration's organisations and people; change nothing that is there.

    Nobody can sign in to them with a password: they have none.
    """
    for person in {hat.person for hat in HATS}:
        User.objects.get_or_create(
            id=person.id, defaults={"email": person.email, "name": person.name, "password": "!"}
        )
    make_organisations(ORGANISATIONS)


def make_organisations(organisations: Iterable[DemoOrganisation]) -> None:
    """Add whichever of these synthetic organisations are missing, with their offices and members."""
    for organisation in organisations:
        with acting_as(system_actor(organisation.id)):
            _make_organisation(organisation)


def _make_organisation(given: DemoOrganisation) -> None:
    Organisation.objects.get_or_create(
        id=given.id,
        defaults={
            "name": given.name,
            "organisation_class": given.organisation_class,
            "country": given.country,
            "is_synthetic": True,
        },
    )
    for office in OFFICES:
        if office.organisation_id == given.id:
            Office.objects.get_or_create(
                id=office.id, defaults={"organisation_id": given.id, "name": office.name}
            )
    for hat in HATS:
        if hat.organisation == given:
            Membership.objects.get_or_create(id=hat.id, defaults=_columns_of(hat))


def _columns_of(hat: DemoHat) -> dict[str, object]:
    return {
        "user_id": hat.person.id,
        "organisation_id": hat.organisation.id,
        "role": hat.role,
        "office_id": hat.office.id if hat.office else None,
    }
