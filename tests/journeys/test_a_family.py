"""A family of five with a cousin who travels without parents: from the application to what is paid."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.programmes.commands import load_programme
from homeward.programmes.shipped import shipped
from tests.cast import frida, jonas, nora, rosa, vera
from tests.journeys.family_before_they_apply import (
    a_counselled_family,
    let_them_depart,
    offer_their_lead,
    plan_their_journey,
    receive_them,
)
from tests.journeys.gates_at_work import (
    clear_gate,
    confirm_travel,
    note_what_to_mind,
    why_travel_is_not_confirmed,
)
from tests.journeys.money_at_work import (
    add_proof,
    commit_from_the_plan,
    open_money,
    pay_what_is_due,
    reach_milestone,
    record_delivery,
    set_a_budget,
    what_overspending_answers,
)
from tests.journeys.people_at_work import fill_day, follow, open_case, press, stage_of
from tests.journeys.plans_at_work import (
    add_a_goal,
    add_an_activity,
    add_the_first_goal,
    begin_the_plan,
    let_the_person_sign,
    propose_the_plan,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PROGRAMME = "EU Reintegration Programme (EURP)"
PACKAGE = "Reintegration, principal applicant or adult"
MACHINES = "Two sewing machines and cloth"
CHILD_ALONE = (
    ("Best interests of the child", "Amina Demo", "Child-protection officer", "Child Protection Demo"),
    ("Family found", "Tracing Service", "Tracer", "Red Cross Demo"),
    ("Family assessed", "Sara Demo", "Social worker", "Saltfield Social Office"),
    ("Guardian’s consent", "Hassan Specimen", "Father", "Family Specimen"),
)


def test_a_family_and_a_cousin_alone_go_from_the_application_to_paid_instalments(visit, cast):
    load_programme(vera, given=shipped("eurp"), opens_on=localdate().replace(month=1, day=1))
    family = a_counselled_family()
    by_jonas, by_nora, by_vera, by_rosa, by_frida = map(visit, (jonas, nora, vera, rosa, frida))

    apply_together(by_jonas, family)
    for case_id in family.all:
        decide_eligibility(by_jonas, case_id)
    what_the_rules_give(by_jonas, family)
    accept_them(by_vera)
    assert stage_of(open_case(by_jonas, family.idris)) == "Accepted", "one decision is about all five"

    plan_their_journey(family.all)
    the_cousins_gates_are_closed_and_cleared(by_jonas, family.idris)
    for case_id in family.children:
        mother_consents(by_jonas, case_id)
    for case_id in family.all:
        confirm_travel(by_jonas, case_id)
    let_them_depart(family.with_parents)
    depart(by_jonas, family.idris)
    offer_their_lead(family.all)

    receive_them(family.with_parents[1:])
    for case_id in (family.idris, family.mariam):
        receive(by_nora, case_id)

    draw_up_the_plan(by_nora, family.mariam)
    approve_the_plan(by_rosa)
    approve_the_plan(by_vera)
    let_her_agree(by_nora, family.mariam)

    set_a_budget(by_rosa, PROGRAMME, "5,000")
    promise_and_pay(by_nora, by_frida, family.mariam)
    the_sums_are_exact(by_nora, by_rosa, family.mariam)


def apply_together(visitor, family):
    page = visitor.open(reverse("submit_application", args=[family.mariam]))
    page.get_by_label("Programme").select_option(PROGRAMME)
    for name in ("Omar", "Rim", "Sami", "Idris"):
        page.get_by_label(f"{name} Specimen").check()
    page.get_by_label("What help is asked for").fill("A tailor’s shop, and school for all three.")
    press(page, "Submit the application")


def decide_eligibility(visitor, case_id):
    """The page shows what each rule says and on which facts, before and after it is decided."""
    page = visitor.open(reverse("decide_eligibility", args=[case_id]))
    page.get_by_role("row", name="The return is voluntary or forced").get_by_text("Met").wait_for()
    press(page, "Decide eligibility")
    decided = page.get_by_role("region", name="Eligibility", exact=True)
    decided.get_by_text("Eligible", exact=True).wait_for()
    decided.get_by_text("Why", exact=True).click()
    decided.get_by_role("row", name="Decided to return after counselling").wait_for()


def what_the_rules_give(visitor, family):
    """An adult and a minor of the same family are entitled to different sums, and the page says why."""
    for case_id, package, amount in (
        (family.mariam, PACKAGE, "EUR 2,000"),
        (family.idris, "Reintegration, minor of the family", "EUR 1,000"),
    ):
        page = visitor.open(reverse("eligibility_what_if", args=[case_id]))
        page.get_by_label("Programme").select_option(PROGRAMME)
        press(page, "Show")
        row = page.get_by_role("row", name=package)
        assert amount in words_of(row)
        assert "Met" in words_of(row)


def accept_them(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, "Decide about an application")
    page.get_by_label("Accept").check()
    press(page, "Record the decision")


def the_cousins_gates_are_closed_and_cleared(visitor, case_id):
    note_what_to_mind(visitor, case_id, "Child without parents or guardian")
    told = why_travel_is_not_confirmed(visitor, case_id)
    for gate, name, function, organisation in CHILD_ALONE:
        assert gate in told
        clear_gate(visitor, case_id, gate, by=name, function=function, of=organisation)
    page = visitor.open(reverse("case_gates", args=[case_id]))
    assert "Hassan Specimen, Father, Family Specimen" in words_of(page.get_by_role("main"))


def mother_consents(visitor, case_id):
    gate = "Guardian’s consent"
    clear_gate(
        visitor, case_id, gate, by="Mariam Specimen", function="Mother", of="Family Specimen", session=True
    )


def depart(visitor, case_id):
    page = open_case(visitor, case_id)
    follow(page, "Record the departure")
    press(page, "Record the departure")
    assert stage_of(page) == "Travelling"


def receive(visitor, case_id):
    page = open_case(visitor, case_id)
    follow(page, "Confirm the arrival")
    fill_day(page, "arrived_on", localdate())
    press(page, "Confirm the arrival")
    assert stage_of(page) == "Arrived"
    follow(open_case(visitor, case_id), "Answer the handover")
    press(page, "Take it on")


def draw_up_the_plan(visitor, case_id):
    page = open_case(visitor, case_id)
    begin_the_plan(page)
    add_the_first_goal(page, "I want a shop where I sew.", "Earning a living")
    add_an_activity(page, MACHINES, goal=1, package=PACKAGE, cost="1,450.50", day=localdate())
    add_a_goal(page, "I want the children in school.", "Living with others")
    add_an_activity(page, "School things and fees", goal=2, package=PACKAGE, cost="200")
    assert "EUR 964.50 of EUR 2,615 still free to plan" in words_of(page.get_by_role("main"))
    propose_the_plan(page)


def approve_the_plan(visitor):
    """First Nora’s own coordinator; from EUR 1,500 on also who runs the programme."""
    page = visitor.open(reverse("inbox"))
    follow(page, "Approve a plan, or send it back")
    page.get_by_label("Approve", exact=True).check()
    press(page, "Give this answer")


def let_her_agree(visitor, case_id):
    page = visitor.open(reverse("plan", args=[case_id]))
    let_the_person_sign(page, language="Arabic")
    assert stage_of(open_case(visitor, case_id)) == "Reintegrating"


def promise_and_pay(by_nora, by_frida, case_id):
    page = open_money(by_nora, case_id)
    instalments = (("600", "The plan is agreed"), ("850.50", "The goods were delivered"))
    commit_from_the_plan(page, PACKAGE, MACHINES, instalments)
    assert "This is more than what is left of the entitlement" in what_overspending_answers(
        page, PACKAGE, "549.51"
    )
    reach_milestone(open_money(by_nora, case_id), 1)
    pay_what_is_due(by_frida, MACHINES, "1. EUR 600: The plan is agreed")
    page = open_money(by_nora, case_id)
    record_delivery(page, MACHINES)
    add_proof(page, "Photo")
    reach_milestone(page, 2)
    pay_what_is_due(by_frida, MACHINES, "2. EUR 850.50: The goods were delivered")


def the_sums_are_exact(by_nora, by_rosa, case_id):
    page = open_money(by_nora, case_id)
    bar = "Committed: EUR 1,450.50, Paid: EUR 1,450.50, Left: EUR 549.50"
    page.get_by_role("img", name=bar).wait_for()
    assert "lacks its proof" not in words_of(page.get_by_role("main"))
    statement = words_of(by_rosa.open(reverse("budgets")).get_by_role("row", name="This year"))
    for sum_ in ("EUR 5,000", "EUR 1,450.50", "EUR 3,549.50"):
        assert sum_ in statement, sum_


def words_of(place):
    """What is read there, with ordinary spaces."""
    return " ".join(place.inner_text().replace("\u00a0", " ").split())
