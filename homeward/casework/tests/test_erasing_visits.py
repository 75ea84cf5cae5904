"""With a person go their visits and what was answered at them; an answer sent again does not come back."""

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.casework.rights.commands import erase_person
from homeward.followup.commands import hand_in
from homeward.followup.models import Visit
from homeward.followup.tests.visits import a_visit
from homeward.surveys.models import Submission
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.surveys.tests.test_forms import published
from tests.cast import RETURN_PARTNERS, hana, ines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def test_visits_go_with_the_person_and_answers_are_emptied(sami):
    published()
    visit = a_visit(sami)
    body = filled(ANSWERS, respondent=visit.key)
    receipt = hand_in(hana, body=body)
    erase_person(ines, person_id=sami.person_id)
    with acting_as(system_actor(RETURN_PARTNERS)):
        assert not Visit.objects.exists()
        kept = Submission.objects.get(id=receipt.id)
    assert (bytes(kept.body), kept.answers) == (b"", {})
    assert kept.erased_at
    again = hand_in(hana, body=body)
    assert not again.is_new
    with acting_as(system_actor(RETURN_PARTNERS)):
        assert Submission.objects.get().answers == {}
