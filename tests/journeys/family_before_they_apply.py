"""A family of five who were counselled and decided to return, and the steps that other journeys cover."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.commands import accept_handover, open_case, start_file
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.commands.travelling import TravelDetails, plan_travel, record_departure
from homeward.cases.journey_rules import Decision, Topic
from homeward.cases.queries.handovers import open_handover_of
from homeward.cases.rules import ReturnType, RoleInFile
from homeward.cases.tests.handing import offered
from homeward.casework.commands import confirm_arrival
from homeward.lib.dates import PartialDate
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.agreed import shared
from tests.cast import NORDHOLM, RETURN_PARTNERS, jonas, nora

ROUTE = CaseDetails(
    host_country="XN", return_country="XM", return_place="Saltfield", return_type=ReturnType.VOLUNTARY
)
HEARD = {"child_heard_by": jonas.name, "is_suited_to_age": True}


@dataclass(frozen=True)
class Family:
    """The cases of the five, by what they are to each other."""

    mariam: UUID
    omar: UUID
    rim: UUID
    sami: UUID
    idris: UUID  # the cousin of sixteen, whose parents are not here

    @property
    def with_parents(self):
        return (self.mariam, self.omar, self.rim, self.sami)

    @property
    def children(self):
        return (self.rim, self.sami)

    @property
    def all(self):
        return (*self.with_parents, self.idris)


def a_counselled_family():
    """Everybody was talked with, and Jonas shared their cases with who decides and who receives."""
    file, year = start_file(jonas, opened_on=localdate()), localdate().year
    members = (
        ("Mariam", 33, RoleInFile.PRINCIPAL),
        ("Omar", 36, RoleInFile.SPOUSE),
        ("Rim", 9, RoleInFile.CHILD),
        ("Sami", 5, RoleInFile.CHILD),
        ("Idris", 16, RoleInFile.DEPENDANT),
    )
    return Family(*(_counselled(name, year - age, role, file.id) for name, age, role in members))


def _counselled(name, birth_year, role, file_id):
    details = PersonDetails(
        given_names=name,
        family_name="Specimen",
        birth=PartialDate.of_year(birth_year),
        languages=("ar",),
    )
    person = register_person(jonas, details=details)
    case = open_case(
        jonas,
        person_id=person.id,
        opened_on=localdate(),
        details=ROUTE,
        file_id=file_id,
        role_in_file=role,
    )
    for organisation_id in (NORDHOLM, RETURN_PARTNERS):
        shared(jonas, case.id, organisation_id)
    record_counselling(
        jonas,
        case_id=case.id,
        held_on=localdate(),
        topics=[Topic.OPTIONS],
        language="ar",
        decision=Decision.RETURN,
        is_informed=True,
        **HEARD if role in (RoleInFile.CHILD, RoleInFile.DEPENDANT) else {},
    )
    return case.id


def plan_their_journey(case_ids):
    today = localdate()
    journey = TravelDetails(departs_on=today, arrives_on=today, arrival_place="Saltfield airport")
    for case_id in case_ids:
        plan_travel(jonas, case_id=case_id, details=journey)


def let_them_depart(case_ids):
    for case_id in case_ids:
        record_departure(jonas, case_id=case_id, departed_on=localdate())


def offer_their_lead(case_ids):
    for case_id in case_ids:
        offered(jonas, nora, case_id)


def waiting_handover(case_id):
    with acting_as(nora):
        return open_handover_of(nora, case_id).id


def receive_them(case_ids):
    """Nora's partner confirms that they came, and takes their lead."""
    for case_id in case_ids:
        confirm_arrival(nora, case_id=case_id, arrived_on=localdate(), place="Saltfield")
        accept_handover(nora, handover_id=waiting_handover(case_id))
