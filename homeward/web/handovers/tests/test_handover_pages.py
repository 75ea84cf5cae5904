import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.commands import ask_before_answering, ask_former_lead
from homeward.cases.handover_rules import HandoverState
from homeward.cases.models import Handover
from homeward.cases.tests.handing import handed_over, offered
from tests.cast import HARBOUR, RETURN_PARTNERS, jonas, nora, stranger

pytestmark = pytest.mark.django_db


def page_of(client, name, id_):
    return client.get(reverse(name, args=[id_])).content.decode()


def post(client, name, id_, **form):
    return client.post(reverse(name, args=[id_]), form)


def newest(actor, case):
    with acting_as(actor):
        return Handover.objects.filter(case_id=case.id).order_by("-begun_at").first()


def test_a_stranger_finds_no_handover(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    assert client_of(stranger).get(reverse("handover", args=[handover.id])).status_code == 404


def test_what_is_read_before_the_answer_names_nobody(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    page = page_of(client_of(jonas), "handover", handover.id)
    assert "Return Partners Demo offers a case" in page
    assert "Saltfield" in page
    assert "Sami" not in page
    assert reverse("case", args=[sami.id]) not in page


def test_a_decline_needs_its_reason(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    client = client_of(jonas)
    assert post(client, "decline_handover", handover.id).status_code == 422
    assert post(client, "decline_handover", handover.id, reason="no_room").status_code == 302
    assert newest(nora, sami).state == HandoverState.DECLINED
    assert "No room" in page_of(client_of(nora), "handover", handover.id)


def test_taking_on_leads_to_the_case(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    answer = post(client_of(jonas), "accept_handover", handover.id, lead=str(jonas.membership_id))
    assert answer["Location"] == reverse("case", args=[sami.id])
    assert newest(jonas, sami).state == HandoverState.ACCEPTED


def test_a_question_goes_to_and_fro(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    assert post(client_of(jonas), "ask_about_handover", handover.id, text="Since when?").status_code == 302
    assert "Since when?" in page_of(client_of(nora), "handover", handover.id)
    assert post(client_of(nora), "answer_about_handover", handover.id, text="Since May.").status_code == 302
    assert "Since May." in page_of(client_of(jonas), "handover", handover.id)


def test_an_answer_that_came_too_late_says_so(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    assert post(client_of(nora), "recall_handover", handover.id).status_code == 302
    late = post(client_of(jonas), "accept_handover", handover.id, lead=str(jonas.membership_id))
    assert late.status_code == 422


def test_every_list_and_the_case_page_tell_of_it(client_of, sami):
    handover = offered(nora, jonas, sami.id)
    ask_before_answering(jonas, handover_id=handover.id, text="Since when?")
    for actor in (nora, jonas):
        assert (
            reverse("handover", args=[handover.id])
            in client_of(actor).get(reverse("handovers")).content.decode()
        )
    assert "Offered to Harbour Advice Demo" in page_of(client_of(nora), "case", sami.id)


def test_later_questions_stand_on_the_case_page_of_both(client_of, sami):
    handed_over(nora, jonas, sami.id)
    client = client_of(jonas)
    asked = post(client, "ask_former_lead", sami.id, organisation=str(RETURN_PARTNERS), text="Which school?")
    assert asked.status_code == 302
    for actor in (nora, jonas):
        assert "Which school?" in page_of(client_of(actor), "case", sami.id)


def test_a_question_is_answered_once_on_its_own_page(client_of, sami):
    handed_over(nora, jonas, sami.id)
    question = ask_former_lead(jonas, case_id=sami.id, organisation_id=RETURN_PARTNERS, text="Which school?")
    assert "Which school?" in page_of(client_of(nora), "answer_as_former_lead", question.id)
    assert post(client_of(nora), "answer_as_former_lead", question.id, text="By the port").status_code == 302
    assert "By the port" in page_of(client_of(jonas), "answer_as_former_lead", question.id)
    assert client_of(stranger).get(reverse("answer_as_former_lead", args=[question.id])).status_code == 404


def test_offering_shows_first_what_they_will_read(client_of, sami):
    form = {
        "organisation": str(HARBOUR),
        "basis": "public_interest",
        "condition": "health_or_social_care",
        "necessity": "They lead from where he lives now",
        "message": "Moves north",
        "stays_until_day": "1",
        "stays_until_month": "6",
        "stays_until_year": "2027",
    }
    client = client_of(nora)
    shown = post(client, "offer_case", sami.id, **form).content.decode()
    assert "This they read before they decide" in shown
    assert newest(nora, sami) is None
    assert post(client, "offer_case", sami.id, **form, confirmed="yes").status_code == 302
    assert newest(nora, sami).state == HandoverState.OFFERED
