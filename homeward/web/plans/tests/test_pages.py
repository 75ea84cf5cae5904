"""A plan through the pages: drawn up, proposed, approved, agreed by the person, amended, printed."""

import base64
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.approvals.queries import approval_of
from homeward.approvals.rules import SubjectKind
from homeward.cases.tests.journeys import arrived, enquiry
from homeward.casework.tests.test_planning import drafted as drafted_under_programme
from homeward.plans.commands import amend_plan
from homeward.plans.queries import agreed_lines, agreement_of, content_of, open_version, versions_of
from homeward.plans.rules import PayForm, PlanState
from homeward.plans.tests.drafts import (
    WORDS,
    agreed,
    approved,
    begun,
    drafted,
    fresh,
    signature,
    with_activity,
    with_goal,
)
from tests.cast import jonas, nora, rosa, vera

pytestmark = pytest.mark.usefixtures("cast")
TO_GOAL = {"own_words": WORDS, "language": "ar", "dimension": "economic"}
TO_ACTIVITY = {
    "what": "Tools and stock",
    "plain_words": "أدوات لمحلك",
    "picture": "tools",
    "dimension": "economic",
    "level": "individual",
    "provider_kind": "programme",
    "provider_name": "Return Partners Demo",
    "form": "kind",
    "cost": "1.450,50",
    "currency": "EUR",
    "planned_on_day": "15",
    "planned_on_month": "6",
    "planned_on_year": "2026",
    "feasibility": "Two shops in the district",
}


def at(name, case_id, **more):
    return reverse(name, kwargs={"case_id": case_id, **more})


def opened(case_id, actor=nora):
    with acting_as(actor):
        return open_version(actor, case_id)


def send(client, name, case_id, answers, **more):
    version = opened(case_id)
    revision = {"expected_version": version.revision} if version else {}
    return client.post(at(name, case_id, **more), {**revision, **answers})


def test_a_plan_is_drawn_up_goal_by_goal_and_activity_by_activity(client_of):
    case, by_nora = arrived(), client_of(nora)
    assert "No plan yet" in by_nora.get(at("plan", case.id)).content.decode()
    send(by_nora, "begin_plan", case.id, {"on_day": "2", "on_month": "5", "on_year": "2026"})
    assert "What does the person want?" in by_nora.get(at("plan", case.id)).content.decode()
    assert send(by_nora, "add_plan_goal", case.id, TO_GOAL).status_code == 302
    with acting_as(nora):
        goal = opened(case.id).goals.get()
    answer = send(by_nora, "add_plan_activity", case.id, TO_ACTIVITY, goal_id=goal.id)
    assert answer.status_code == 302
    with acting_as(nora):
        (line,) = content_of(opened(case.id)).lines()
    assert (line.details.cost_minor, line.details.currency) == (145_050, "EUR")
    assert (line.details.planned_on, line.details.form) == (date(2026, 6, 15), PayForm.KIND)
    page = by_nora.get(at("plan", case.id)).content.decode()
    assert "EUR\u00a01,450.50" in page
    assert WORDS in page


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_what_was_typed(client_of):
    version = drafted()
    late = {**TO_GOAL, "expected_version": "1"}
    answer = client_of(jonas).post(at("add_plan_goal", version.case_id), late)
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()


def test_a_wrong_amount_is_told_at_its_question(client_of):
    version = begun()
    goal = with_goal(version)
    told = {**TO_ACTIVITY, "cost": "about a thousand"}
    answer = send(client_of(nora), "add_plan_activity", version.case_id, told, goal_id=goal.id)
    assert answer.status_code == 422
    assert "Write the amount in digits" in answer.content.decode()


def test_a_plan_is_proposed_approved_by_who_runs_the_programme_and_signed(client_of):
    version = drafted_under_programme()
    case_id, by_jonas, by_vera = version.case_id, client_of(jonas), client_of(vera)
    page = by_jonas.get(at("propose_plan", case_id)).content.decode()
    assert "Coordinator, within 5 days" in " ".join(page.split())
    assert send(by_jonas, "propose_plan", case_id, {"note": "Ready"}).status_code == 302
    with acting_as(vera):
        approval = approval_of(vera, SubjectKind.PLAN, version.id)
    assert "Approve a plan" in by_vera.get(reverse("inbox")).content.decode()
    about = reverse("approval", args=[approval.id])
    assert "EUR\u00a0900" in by_vera.get(about).content.decode()
    answer = by_vera.post(about, {"verdict": "approve", "reasons": "", "expected_version": 1})
    assert answer["Location"] == reverse("approvals")
    assert "Go through the approved plan" in by_jonas.get(reverse("inbox")).content.decode()
    drawn = "data:image/png;base64," + base64.b64encode(signature()).decode()
    assert (
        by_jonas.post(at("agree_to_plan", case_id), yes(fresh(version, jonas), drawn=drawn)).status_code
        == 302
    )
    with acting_as(jonas):
        assert agreement_of(jonas, version).signature_file_id
        assert len(agreed_lines(jonas, case_id)) == 1
    assert "Agreed, in force" in by_jonas.get(at("plan", case_id)).content.decode()


def yes(version, **more):
    return {
        "content_hash": version.content_hash,
        "agreed_on_day": str(version.proposed_on.day),
        "agreed_on_month": str(version.proposed_on.month),
        "agreed_on_year": str(version.proposed_on.year),
        "language": "ar",
        "signer": "person",
        "way": "signed",
        "was_read_aloud": "on",
        **more,
    }


def test_a_picture_of_the_signature_can_be_added_instead(client_of):
    version = approved()
    added = SimpleUploadedFile("signed.png", signature(), "image/png")
    answer = client_of(nora).post(at("agree_to_plan", version.case_id), yes(version, signature=added))
    assert answer.status_code == 302


@pytest.mark.parametrize("drawn", ["", "data:image/png;base64,%%%", "data:text/html;base64,PGI+"])
def test_without_a_signature_nothing_is_agreed(client_of, drawn):
    version = approved()
    answer = client_of(nora).post(at("agree_to_plan", version.case_id), yes(version, drawn=drawn))
    assert answer.status_code == 422
    assert fresh(version).state == PlanState.APPROVED


def test_what_stops_a_plan_is_said_before_it_is_proposed(client_of):
    version = begun()
    with_goal(version)
    page = client_of(nora).get(at("plan", version.case_id)).content.decode()
    assert "Nothing is done yet for the goal" in page
    assert send(client_of(nora), "propose_plan", version.case_id, {"note": ""}).status_code == 422


def test_a_later_version_says_what_differs_from_the_one_before(client_of):
    first = agreed()
    second = amend_plan(nora, case_id=first.case_id, reason="The rains come early")
    with acting_as(nora):
        goal = second.goals.get()
        activity = second.activities.get()
    with_activity(second, goal)
    by_nora = client_of(nora)
    send(
        by_nora,
        "change_plan_activity",
        first.case_id,
        {**TO_ACTIVITY, "what": "Tools only"},
        activity_id=activity.id,
    )
    page = by_nora.get(at("plan", first.case_id)).content.decode()
    assert "What differs from version 1" in page
    assert "The rains come early" in page
    assert "<del><bdi>15 Jun" not in page
    assert "EUR\u00a01,450.50</bdi></ins>" in page
    assert "Version 1" in page
    earlier = by_nora.get(at("plan_version", first.case_id, version_id=first.id)).content.decode()
    assert "Tools only" not in earlier


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [("en", "My plan", "ltr"), ("fr", "Mon plan", "ltr"), ("ar", "خطتي", "rtl")],
)
def test_the_persons_page_is_in_their_language(client_of, language, words, direction):
    version = agreed()
    path = at("print_plan", version.case_id, version_id=version.id)
    page = client_of(nora).get(path, {"language": language}).content.decode()
    assert words in page
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "Tools for your shop" in page


def test_the_persons_page_begins_in_a_language_they_speak(client_of):
    version = agreed()
    page = client_of(nora).get(at("print_plan", version.case_id, version_id=version.id)).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_the_case_file_shows_the_plan(client_of):
    version = agreed()
    page = client_of(rosa).get(reverse("case", args=[version.case_id])).content.decode()
    assert "Tools and stock for the repair shop" in page
    assert at("plan", version.case_id) in page


def test_plans_of_other_cases_are_not_reached_through_this_one(client_of):
    version, other = agreed(), agreed(arrived(enquiry("Mina")))
    path = at("plan_version", other.case_id, version_id=version.id)
    assert client_of(nora).get(path).status_code == 404


def test_the_questions_to_the_database_do_not_grow_with_the_plan(client_of, django_assert_max_num_queries):
    version = drafted()
    goal = with_goal(version, "Another goal")
    for _ in range(6):
        with_activity(version, goal)
    client = client_of(nora)
    with django_assert_max_num_queries(66):  # the menu asks once a minute what waits, of every kind
        client.get(at("plan", version.case_id))
    with acting_as(nora):
        assert len(versions_of(nora, version.case_id)) == 1
