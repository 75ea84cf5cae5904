"""One case on its whole way, as three different people do it at their browsers."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.programmes.commands import add_programme
from tests.cast import jonas, nora, vera
from tests.journeys.people_at_work import fill_day, follow, open_case, press, stage_of
from tests.journeys.plans_at_work import (
    add_an_activity,
    add_the_first_goal,
    begin_the_plan,
    let_the_person_sign,
    propose_the_plan,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PARTNER, DECIDER = "Return Partners Demo", "Nordholm Return Office"


def test_a_case_goes_from_the_first_talk_to_its_closing_through_three_pairs_of_hands(visit, cast):
    add_programme(vera, name="Demonstration programme", code="D1", opens_on=date(2026, 1, 1))
    jonas_at_work = visit(jonas)
    case_id = apply_with_the_step_form(jonas_at_work)
    assert stage_of(open_case(jonas_at_work, case_id)) == "Application"

    vera_accepts_from_her_inbox(visit(vera))
    assert stage_of(open_case(jonas_at_work, case_id)) == "Accepted"

    plan_the_journey(jonas_at_work.page)
    assert stage_of(jonas_at_work.page) == "Pre-departure"
    follow(jonas_at_work.page, "Confirm travel")
    press(jonas_at_work.page, "Confirm travel")
    follow(jonas_at_work.page, "Record the departure")
    press(jonas_at_work.page, "Record the departure")
    assert stage_of(jonas_at_work.page) == "Travelling"
    offer_the_lead(jonas_at_work.page)

    nora_at_work = visit(nora)
    confirm_the_arrival(nora_at_work)
    assert stage_of(nora_at_work.page) == "Arrived"
    take_the_lead_from_the_inbox(nora_at_work)
    plan_what_follows(nora_at_work, case_id)
    close_with_her_own_view(nora_at_work.page)
    assert stage_of(nora_at_work.page) == "Closed"

    page = open_case(jonas_at_work, case_id)
    assert stage_of(page) == "Closed", "who counselled sees how it went on"
    assert page.get_by_role("region", name="Lead").get_by_text(PARTNER).count()


def apply_with_the_step_form(visitor):
    """Jonas fills in seven steps, shares the case on the way, and submits."""
    page = visitor.open(reverse("new_application"))
    page.get_by_label("Given names").fill("Mariam")
    page.get_by_label("Family name").fill("Specimen")
    page.get_by_label("Full name in the person’s own script").fill("مريم عينة")
    page.locator("#id_birth_year").fill("1993")
    page.get_by_label("Female").check()
    press(page, "Save and go on")
    case_id = UUID(page.url.split("/cases/")[1].split("/")[0])
    page.get_by_role("link", name="Return and route").click()
    page.get_by_label("Country of return").select_option("XM")
    page.get_by_label("Place of return").fill("Saltfield")
    press(page, "Save and go on")
    record_counselling(page)
    share(visitor, case_id, DECIDER)
    share(visitor, case_id, PARTNER)
    follow(page, "Go on with the application")
    page.get_by_role("link", name="Application", exact=True).click()
    page.get_by_label("Programme").select_option("Demonstration programme")
    page.get_by_label("What help is asked for").fill("A sewing machine, and school for Rim.")
    press(page, "Save and go on")
    press(page, "Submit the application")
    return case_id


def record_counselling(page):
    page.get_by_label("All options, to stay among them").check()
    page.get_by_label("No interpreter needed").check()
    page.get_by_label("Wants to return").check()
    page.get_by_label("This is an informed decision").check()
    press(page, "Save and go on")


def share(visitor, case_id, organisation):
    """Jonas reads what they will see before he confirms."""
    page = visitor.open(reverse("case_share", args=[case_id]))
    page.get_by_label("Organisation").select_option(organisation)
    page.get_by_label("The case as it goes on:").check()
    page.get_by_label("What for").select_option("Return and reintegration assistance")
    for box in page.locator("[name=categories]").all():
        box.check()
    page.get_by_label("Task in the public interest").check()
    page.get_by_label("Second condition").select_option("Health or social care")
    page.get_by_label("Why they need it").fill("Return and reception in Saltfield")
    press(page, "Show me what they will see")
    page.get_by_text("They will not see notes kept inside your organisation").wait_for()
    press(page, "Share the case")


def vera_accepts_from_her_inbox(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, "Decide about an application")
    page.get_by_text("A sewing machine, and school for Rim.").wait_for()
    page.get_by_label("Accept").check()
    press(page, "Record the decision")
    assert stage_of(page) == "Accepted"


def plan_the_journey(page):
    follow(page, "Plan the journey")
    fill_day(page, "departs_on", localdate())
    fill_day(page, "arrives_on", localdate())
    page.get_by_label("Where they arrive").fill("Saltfield airport")
    press(page, "Save the plan")


def offer_the_lead(page):
    follow(page, "Hand over the case")
    page.get_by_label("To which organisation").select_option(PARTNER)
    page.get_by_label("Public interest").check()
    page.get_by_label("Second condition").select_option("health_or_social_care")
    page.get_by_label("Why they need it").fill("They lead from where she lives now.")
    page.get_by_label("What a colleague there must know to decide").fill("Needs a first talk in May.")
    press(page, "See what they will read")
    assert "Mariam" not in page.get_by_role("region", name="This they read before they decide").inner_text()
    press(page, "Offer the case")


def confirm_the_arrival(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, "Confirm an arrival")
    page.get_by_text("A sewing machine", exact=False).first.wait_for()
    follow(page, "Confirm the arrival")
    fill_day(page, "arrived_on", localdate())
    press(page, "Confirm the arrival")


def take_the_lead_from_the_inbox(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, "Harbour Advice Demo offers a case")
    press(page, "Take it on")


def plan_what_follows(visitor, case_id):
    """A programme without published rules asks for no approval: the plan goes straight to Mariam."""
    page = visitor.page
    begin_the_plan(page)
    add_the_first_goal(page, "I want to sew again.", "Earning a living")
    add_an_activity(page, "A sewing machine", goal=1)
    assert stage_of(open_case(visitor, case_id)) == "Planning"
    follow(page, "Go on with the plan")
    propose_the_plan(page)
    let_the_person_sign(page, language="Arabic")
    assert stage_of(open_case(visitor, case_id)) == "Reintegrating"


def close_with_her_own_view(page):
    follow(page, "Close the case")
    page.get_by_label("What was agreed is done").check()
    page.get_by_label("Yes, and told us").check()
    page.get_by_label("What they said, in their words").fill("I have my own work again.")
    press(page, "Close the case")
