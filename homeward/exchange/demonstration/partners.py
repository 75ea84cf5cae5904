"""The organisations of a demonstration: the fixed cast, and more invented partners the larger it is."""

from dataclasses import dataclass
from uuid import UUID

from homeward.access.actor import Actor, system_actor
from homeward.organisations import demo
from homeward.organisations.rules import OrganisationClass

CASES_A_PARTNER = 20_000
MOST_PARTNERS = 28


@dataclass(frozen=True)
class Worker:
    """Who works a case at an organisation, from which office."""

    organisation_id: UUID
    user_id: UUID
    name: str
    office_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        return system_actor(self.organisation_id)


@dataclass(frozen=True)
class Partners:
    """Counsellors and case managers in order of how busy they are, the cast first."""

    counsellors: tuple[Worker, ...]
    managers: tuple[tuple[Worker, ...], ...]
    made: tuple[demo.DemoOrganisation, ...]

    @property
    def national_desk(self) -> UUID:
        return demo.RETURN_OFFICE.id

    @property
    def origin_office(self) -> UUID:
        return demo.REINTEGRATION_OFFICE.id


def partners_for(cases: int) -> Partners:
    """The cast alone for a small country; up to 56 more organisations for a large one."""
    more = min(MOST_PARTNERS, cases // CASES_A_PARTNER)
    kinds = (OrganisationClass.COUNSELLING_NGO, OrganisationClass.IMPLEMENTING_PARTNER)
    made = {kind: [_invented(number, kind) for number in range(1, more + 1)] for kind in kinds}
    advice = (Worker(demo.HARBOUR_ADVICE.id, demo.JONAS.id, demo.JONAS.name),)
    partners = (
        (
            Worker(demo.RETURN_PARTNERS.id, demo.NORA.id, demo.NORA.name, demo.SALTFIELD.id),
            Worker(demo.RETURN_PARTNERS.id, demo.TAREK.id, demo.TAREK.name, demo.OLD_HARBOUR.id),
        ),
    )
    # Invented partners have no staff of their own: their cases are led by whoever leads at the cast's.
    return Partners(
        advice + tuple(Worker(one.id, demo.JONAS.id, demo.JONAS.name) for one in made[kinds[0]]),
        partners + tuple((Worker(one.id, demo.NORA.id, demo.NORA.name),) for one in made[kinds[1]]),
        (*made[kinds[0]], *made[kinds[1]]),
    )


def _invented(number: int, kind: OrganisationClass) -> demo.DemoOrganisation:
    is_advice = kind is OrganisationClass.COUNSELLING_NGO
    name = f"{'Advice' if is_advice else 'Return'} Partner {number:02d} Demo"
    key = demo.fixed_id(5 if is_advice else 6, number)
    return demo.DemoOrganisation(key, name, kind, demo.NORDHOLM if is_advice else demo.MARENIA)
