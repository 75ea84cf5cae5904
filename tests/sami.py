"""Sami Example, whose case most tests are about."""

from datetime import date

from homeward.cases.commands import open_case
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.rules import ReturnType
from homeward.lib.dates import PartialDate
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails, Sex
from tests.cast import nora


def samis_case():
    """His case, opened by Nora at RETURN_PARTNERS; he wants to return to Marenia."""
    person = register_person(
        nora,
        details=PersonDetails(
            given_names="Sami",
            family_name="Example",
            native_name="سامي مثال",
            sex=Sex.MALE,
            birth=PartialDate.of_year(1991),
            nationalities=("XM",),
            languages=("ar", "fr"),
        ),
    )
    details = CaseDetails(
        host_country="XN",
        return_country="XM",
        return_place="Saltfield",
        return_type=ReturnType.VOLUNTARY,
    )
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2), details=details)
