"""Opening a case in an emergency, and its review; the list of expected arrivals."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.commands import open_in_emergency
from homeward.cases.models import EmergencyAccess, Listing
from homeward.cases.rules import Scope
from homeward.lib.identifiers import new_reference
from tests.agreed import shared
from tests.cast import MARENIA, ines, jonas, nora, salma, stranger, tarek, vera

EMERGENCY = reverse("emergency")
REASON = "His brother threatens him at the door now"


def case_url(case):
    return reverse("case", args=[case.id])


@pytest.mark.parametrize("actor", [vera, ines], ids=["coordinator", "data protection officer"])
def test_only_who_works_cases_opens_one_in_an_emergency(client_of, sami, actor):
    answer = client_of(actor).post(EMERGENCY, {"reference": sami.reference, "reason": REASON})
    assert answer.status_code == 403


def test_a_foreign_reference_and_an_invented_one_get_the_same_words(client_of, sami):
    client = client_of(stranger)
    answers = [
        client.post(EMERGENCY, {"reference": reference, "reason": REASON})
        for reference in (sami.reference, new_reference("HW"))
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("No case of your organisation has this reference" in a.content.decode() for a in answers)


def test_a_bare_reason_is_not_enough(client_of, sami):
    answer = client_of(tarek).post(EMERGENCY, {"reference": sami.reference, "reason": "Urgent"})
    assert answer.status_code == 422
    assert sami.reference in answer.content.decode()


def test_a_case_beyond_reach_opens_for_some_hours_and_says_so(client_of, sami):
    client = client_of(tarek)
    assert client.get(case_url(sami)).status_code == 404
    answer = client.post(EMERGENCY, {"reference": sami.reference.lower(), "reason": REASON})
    assert answer.url == case_url(sami)
    page = client.get(case_url(sami)).content.decode()
    assert "You opened this case in an emergency" in page
    with acting_as(tarek):
        EmergencyAccess.objects.update(until="2020-01-01T00:00Z")
    assert client.get(case_url(sami)).status_code == 404


def test_somebody_else_reviews_it_and_only_once(client_of, sami):
    opened = open_in_emergency(tarek, reference=sami.reference, reason=REASON)
    review = reverse("emergency_review", args=[opened.id])
    assert client_of(vera).get(review).status_code == 404  # of another organisation
    page = client_of(ines).get(review).content.decode()
    assert REASON in page
    assert "Tarek Placeholder" in page
    assert "Sami" not in page
    assert client_of(ines).post(review, {"was_justified": "no", "note": "Ask next time"}).status_code == 302
    assert client_of(ines).get(review).status_code == 404
    with acting_as(ines):
        assert EmergencyAccess.objects.get().was_justified is False


def test_an_expected_arrival_is_listed_without_identity(client_of, sami):
    shared(nora, sami.id, MARENIA, scope=Scope.ARRIVAL)
    with acting_as(salma):
        Listing.objects.update(expected_on="2026-12-24", stage="travelling")
    page = client_of(salma).get(reverse("arrivals")).content.decode()
    assert sami.reference in page
    assert "Identity not shared yet" in page
    assert "24 Dec 2026" in page
    assert "Sami" not in page
    assert "سامي" not in page


def test_an_empty_list_of_arrivals_says_when_it_fills(client_of, cast):
    assert "Nobody is expected" in client_of(salma).get(reverse("arrivals")).content.decode()


def test_a_counsellor_without_arrivals_is_refused(client_of, cast):
    assert client_of(jonas).get(reverse("arrivals")).status_code == 403
