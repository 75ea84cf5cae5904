"""A telephone knows the officer's visits: by reference, and by name only where it may."""

import csv

import pytest

from homeward.access.acting import acting_as
from homeward.followup.models import Visit
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.surveys.tests.test_forms import published
from homeward.sync.tests.phones import phone_of
from tests.cast import hana, stranger, tarek

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(sami):
    form = published()
    made = a_visit(sami)
    made.path = f"forms/{form.id}/files/visits.csv"
    return made


def visits_on(phone, visit):
    return list(csv.DictReader(phone.get(visit.path).content.decode().splitlines()))


def test_nobody_elses_visits_are_told(visit):
    for actor in (stranger, tarek):
        assert visits_on(phone_of(actor, shows_names=True), visit) == []


def test_a_visit_is_told_by_its_reference_and_by_name_only_where_the_phone_may(visit, sami):
    (row,) = visits_on(phone_of(hana), visit)
    assert row["name"] == str(visit.key)
    assert row["instrument"] == "household"
    assert row["label"] == sami.reference
    (named,) = visits_on(phone_of(hana, shows_names=True), visit)
    assert "Sami" in named["label"]


def test_a_form_sent_with_the_key_makes_the_visit_done(visit):
    phone = phone_of(hana)
    assert phone.send(filled(ANSWERS, respondent=visit.key)).status_code == 201
    with acting_as(hana):
        assert Visit.objects.get(id=visit.id).state == VisitState.DONE
    assert visits_on(phone, visit) == []
