"""Cases at a given point of their path, by the commands themselves."""

from datetime import date
from functools import partial

from homeward.access.acting import acting_as
from homeward.cases.commands import open_case, start_file
from homeward.cases.commands.applying import decide_application, submit_application
from homeward.cases.commands.arriving import confirm_arrival
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.commands.travelling import TravelDetails, confirm_travel, plan_travel, record_departure
from homeward.cases.journey_rules import Decision, Readiness, Topic
from homeward.cases.queries import get_case
from homeward.cases.rules import RoleInFile
from homeward.cases.tests.handing import handed_over
from homeward.lib.dates import PartialDate
from homeward.lib.identifiers import new_reference
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails, is_surely_minor
from homeward.programmes.commands import add_programme
from tests.agreed import shared
from tests.cast import NORDHOLM, RETURN_PARTNERS, jonas, nora, vera

OPENED, COUNSELLED, APPLIED, DECIDED = (
    date(2026, 3, 2),
    date(2026, 3, 9),
    date(2026, 3, 16),
    date(2026, 3, 30),
)

counsel = partial(record_counselling, jonas, held_on=COUNSELLED, topics=[Topic.OPTIONS], language="ar")


def programme():
    """A programme that takes applications all year."""
    return add_programme(
        vera, name="Demonstration programme", code=new_reference("P"), opens_on=date(2026, 1, 1)
    )


def enquiry(name="Omar", birth_year=1990, **given):
    """A case that Jonas opened and shared with the office that decides and the partner who receives."""
    details = PersonDetails(
        given_names=name, family_name="Specimen", birth=PartialDate.of_year(birth_year), languages=("ar",)
    )
    person = register_person(jonas, details=details)
    route = CaseDetails(host_country="XN", return_country="XM", return_place="Saltfield")
    case = open_case(jonas, person_id=person.id, opened_on=OPENED, details=route, **given)
    for organisation_id in (NORDHOLM, RETURN_PARTNERS):
        shared(jonas, case.id, organisation_id)
    return case


def family():
    """Omar, his wife and their child in one file."""
    file = start_file(jonas, opened_on=OPENED)
    return (
        enquiry("Omar", file_id=file.id),
        enquiry("Dalia", 1992, file_id=file.id, role_in_file=RoleInFile.SPOUSE),
        enquiry("Rim", 2018, file_id=file.id, role_in_file=RoleInFile.CHILD),
    )


def counselled(case=None, decision=Decision.RETURN):
    """The person knows the facts and decided."""
    case = case or enquiry()
    is_child = is_surely_minor(case.person.birth, COUNSELLED)
    heard = {"child_heard_by": jonas.name, "is_suited_to_age": True} if is_child else {}
    counsel(case_id=case.id, decision=decision, is_informed=decision != Decision.UNDECIDED, **heard)
    return fresh(case)


def applied(case=None):
    """The application waits for its decision."""
    case = counselled(case)
    return submit_application(jonas, case_id=case.id, programme_id=programme().id, submitted_on=APPLIED)


def accepted(case=None):
    """Vera accepted the application."""
    application = applied(case)
    decide_application(vera, application_id=application.id, accept=True, decided_on=DECIDED)
    return fresh(application.case)


def fresh(case):
    """The case as it is now, to the one who opened it."""
    with acting_as(jonas):
        return get_case(jonas, case.id)


JOURNEY = TravelDetails(
    departs_on=date(2026, 4, 20),
    arrives_on=date(2026, 4, 21),
    arrival_place="Saltfield airport",
    route="ND 404, by Midport",
    tickets=Readiness.READY,
    medical_items="Insulin",
)


def travel_planned(case=None):
    """Jonas planned the journey."""
    case = accepted(case)
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    return fresh(case)


def travel_confirmed(case=None):
    """No gate was closed, and Jonas confirmed the journey."""
    case = travel_planned(case)
    confirm_travel(jonas, case_id=case.id)
    return fresh(case)


def arrived(case=None):
    """Jonas recorded the departure, Nora confirmed the arrival."""
    case = travel_confirmed(case)
    record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    return fresh(case)


def led_by_nora(case=None):
    """Jonas offered the lead to the partner who received the person, and Nora took it."""
    case = arrived(case)
    handed_over(jonas, nora, case.id)
    return fresh(case)
