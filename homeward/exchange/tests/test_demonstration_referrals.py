"""The demonstration has a referral in every state that people bring it to."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands import open_case
from homeward.exchange.demonstration.directory import tell_directory
from homeward.exchange.demonstration.referrals import tell_referrals
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.referrals.queries import sent_referrals
from homeward.referrals.rules import ReferralState
from tests.agreed import agreed
from tests.cast import CLINIC, RETURN_PARTNERS, nora

TODAY = date(2026, 3, 2)


@pytest.mark.django_db
def test_there_is_one_in_every_state_and_only_once(cast):
    agreed(RETURN_PARTNERS, CLINIC)
    tell_directory(TODAY)
    for number in range(12):
        person = register_person(nora, details=PersonDetails(given_names="Person", family_name=str(number)))
        open_case(nora, person_id=person.id, opened_on=TODAY)
    tell_referrals(TODAY)
    tell_referrals(TODAY)
    with acting_as(nora):
        states = list(sent_referrals(nora).values_list("state", flat=True))
    assert set(states) == set(ReferralState) - {ReferralState.EXPIRED}
    assert len(states) == 10
