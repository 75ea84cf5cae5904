"""Sharing a case, ending that, and passing the lead on, page by page."""

from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.models import Share
from homeward.lib.identifiers import new_id
from tests import agreed
from tests.cast import HARBOUR, MARENIA, jonas, nora, stranger

CHOSEN = {
    "organisation": HARBOUR,
    "scope": "participant",
    "categories": ["contact", "notes"],
    "basis": "public_interest",
    "condition": "",
    "purpose": "reintegration_assistance",
    "necessity": "Questions about his time in Nordholm",
}


def url(case, page="case_share"):
    return reverse(page, args=[case.id])


def shares():
    with acting_as(nora):
        return list(Share.objects.select_related("disclosure").order_by("shared_at"))


def shared(case, organisation_id=HARBOUR):
    return agreed.shared(nora, case.id, organisation_id)


def test_who_does_not_lead_cannot_share_on(client_of, sami):
    shared(sami)
    answer = client_of(jonas).post(url(sami), {**CHOSEN, "organisation": MARENIA, "confirmed": "yes"})
    assert answer.status_code == 422
    assert "does not lead this case" in answer.content.decode()
    assert len(shares()) == 1


def test_nothing_is_shared_before_what_they_will_see_was_read(client_of, sami):
    answer = client_of(nora).post(url(sami), CHOSEN)
    page = answer.content.decode()
    assert "Share with Harbour Advice Demo?" in page
    assert "Harbour Advice Demo will see who Sami Example is" in page
    assert shares() == []
    answer = client_of(nora).post(url(sami), {**CHOSEN, "confirmed": "yes"})
    assert answer.status_code == 302
    assert shares()[0].purpose == CHOSEN["purpose"]
    assert shares()[0].disclosure.necessity == CHOSEN["necessity"]


def test_the_preview_of_an_expected_arrival_names_nobody(client_of, sami):
    page = client_of(nora).post(url(sami), {**CHOSEN, "scope": "arrival"}).content.decode()
    assert "They will not see who it is." in page


def test_sharing_twice_is_said_and_nothing_typed_is_lost(client_of, sami):
    shared(sami)
    answer = client_of(nora).post(url(sami), {**CHOSEN, "confirmed": "yes"})
    assert answer.status_code == 422
    assert "sees the case already" in answer.content.decode()
    assert CHOSEN["necessity"] in answer.content.decode()


def test_sharing_ends_with_one_question_and_at_once(client_of, sami):
    share = shared(sami)
    end = reverse("case_end_share", args=[sami.id, share.id])
    assert "stops seeing this case at once" in client_of(nora).get(end).content.decode()
    assert client_of(nora).post(end).url == url(sami, "case")
    assert client_of(jonas).get(url(sami, "case")).status_code == 404
    assert client_of(nora).get(end).status_code == 404


def test_a_stranger_can_end_nothing_and_tell_nothing(client_of, sami):
    share = shared(sami)
    for ids in ([sami.id, share.id], [sami.id, new_id()], [new_id(), share.id]):
        assert client_of(stranger).post(reverse("case_end_share", args=ids)).status_code == 404
