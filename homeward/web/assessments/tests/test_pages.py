"""An assessment in the browser: step by step, nothing lost, and what it proposes answered by a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.assessments.forms import ALL
from homeward.assessments.queries import open_proposals, own_draft, profile_of
from homeward.assessments.rules import Kind, Missing, missing, value
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.tests.journeys import enquiry
from homeward.web.assessments.words import CHOICES, KINDS, OTHERWISE, QUESTIONS, STEPS
from tests.cast import jonas

DAY = {"held_on_day": "2", "held_on_month": "4", "held_on_year": "2026"}
pytestmark = pytest.mark.usefixtures("cast")


def begun(client, case, kind=Kind.VULNERABILITY):
    answer = client.post(reverse("begin_assessment", args=[case.id, kind]))
    assert answer.status_code == 302
    return answer.url


def test_every_question_and_answer_of_every_form_has_its_words():
    for kind, form in ((kind, form) for (kind, _version), form in ALL.items()):
        assert kind in KINDS
        for step in form.steps:
            assert step.slug in STEPS
            for question in step.questions:
                assert question.code in QUESTIONS
                assert {code for code in question.codes if (question.code, code) not in OTHERWISE} <= set(
                    CHOICES
                )


def test_from_the_first_step_to_a_confirmed_profile(client_of):
    client, case = client_of(jonas), enquiry()
    url = begun(client, case)
    page = client.get(url).content.decode()
    assert "Illness that needs treatment" in page
    given = {"expected_version": 1, "individual_risks": ["illness"], "individual_notes_why": "refused"}
    community = client.post(url, given).url.replace("household", "community")
    client.post(community, {"expected_version": 2, "community_risks": ["stigma"], "leave": "yes"})
    assert begun(client, case).endswith("household")  # goes on where it was left
    check = url.replace("individual", "check")
    assert "People speak ill of those who return" in client.get(check).content.decode()
    done = client.post(check, {"expected_version": 3, **DAY}, follow=True)
    assert "To be confirmed" in done.content.decode()
    with acting_as(jonas):
        (proposal,) = open_proposals(jonas, case.id)
    answered = client.post(reverse("answer_proposal", args=[proposal.id]), {"answer": "confirm"})
    assert answered.status_code == 302
    with acting_as(jonas):
        assert profile_of(jonas, case.id).flags == {ProfileFlag.HEALTH_NEED}


def test_four_ways_of_not_answering_are_kept_apart(client_of):
    client, case = client_of(jonas), enquiry()
    url = begun(client, case, Kind.FUNCTIONING)
    client.post(url, {"expected_version": 1, "seeing": "some", "hearing": "does_not_know"})
    with acting_as(jonas):
        draft = own_draft(jonas, url.split("/")[-3]).answers
    assert draft == {"seeing": value("some"), "hearing": missing(Missing.DOES_NOT_KNOW)}
    assert 'value="does_not_know"' in client.get(url).content.decode()


def test_what_somebody_else_saved_in_between_is_shown_beside(client_of):
    client, case = client_of(jonas), enquiry()
    url = begun(client, case, Kind.NEEDS)
    client.post(url, {"expected_version": 1, "economic_individual": "A stall"})
    late = client.post(url, {"expected_version": 1, "economic_individual": "Tools"})
    assert late.status_code == 409
    assert "A stall" in late.content.decode()
    assert "Tools" in late.content.decode()


def test_an_empty_assessment_is_not_finished_and_a_draft_can_be_given_up(client_of):
    client, case = client_of(jonas), enquiry()
    url = begun(client, case, Kind.RISK)
    check = url.replace("dangers", "check")
    refused = client.post(check, {"expected_version": 1, **DAY})
    assert refused.status_code == 422
    assert "Nothing is answered yet." in refused.content.decode()
    client.post(url.split("/steps/")[0] + "/drop")
    assert client.get(url).status_code == 404


def test_the_profile_asks_the_database_as_often_for_many_assessments(client_of):
    client, case = client_of(jonas), enquiry()
    page = reverse("case_profile", args=[case.id])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for kind in (Kind.NEEDS, Kind.RISK, Kind.FAMILY):
        begun(client, case, kind)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few) + 1
