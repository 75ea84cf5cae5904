"""Money at the browser: a budget, a commitment in instalments, milestones, payments and their proofs."""

from django.urls import reverse
from django.utils.timezone import localdate

from tests.journeys.gates_at_work import PAPER
from tests.journeys.people_at_work import button, fill_day, follow, press


def set_a_budget(visitor, programme, amount):
    page = visitor.open(reverse("budgets"))
    follow(page, "Set a budget")
    page.get_by_label("Programme").select_option(programme)
    page.get_by_label("Name").fill("This year")
    page.get_by_label("Amount").fill(amount)
    fill_day(page, "starts_on", localdate().replace(month=1, day=1))
    fill_day(page, "ends_on", localdate().replace(month=12, day=31))
    press(page, "Save")
    return page


def open_money(visitor, case_id):
    return visitor.open(reverse("case_money", args=[case_id]))


def begin_to_commit(page, package):
    with page.expect_navigation():
        page.get_by_role("link", name=f"Commit an amount {package}").click()


def say_what_is_committed(page, what, amount, payee):
    page.get_by_label("What it is for").fill(what)
    page.get_by_label("Amount", exact=True).fill(amount)
    page.get_by_label("Budget").select_option(index=0)
    page.get_by_label("Who is paid", exact=True).select_option("A shop or supplier")
    page.get_by_label("Name of who is paid").fill(payee)


def commit_from_the_plan(page, package, line, instalments):
    """Promise what a line of the agreed plan says, to be paid as its milestones are reached."""
    begin_to_commit(page, package)
    say_what_is_committed(page, line, "1,450.50", "Harbour Tools")
    page.get_by_label("Line of the agreed plan").select_option(line)
    for number, (amount, milestone) in enumerate(instalments, 1):
        page.get_by_label(f"Instalment {number}: amount").fill(amount)
        page.get_by_label(f"Instalment {number} is paid when").select_option(milestone)
    press(page, "Commit")


def what_overspending_answers(page, package, amount):
    begin_to_commit(page, package)
    say_what_is_committed(page, "One thing more", amount, "Harbour Tools")
    with page.expect_navigation():
        button(page, "Commit").click()
    return page.locator(".errors").inner_text()


def reach_milestone(page, number):
    with page.expect_navigation():
        page.get_by_role("link", name=f"The milestone is reached {number}").click()
    press(page, "Record it")


def record_delivery(page, what):
    with page.expect_navigation():
        page.get_by_role("link", name=f"Record a delivery {what}").click()
    for question in ("Was there business counselling", "Was the local market", "Did it come on time"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    press(page, "Record it")


def add_proof(page, kind):
    """Prove the entry that lacks its proof."""
    with page.expect_navigation():
        page.get_by_role("link", name="Add a proof").first.click()
    page.get_by_label("File").set_input_files(PAPER)
    page.get_by_label(kind).check()
    press(page, "Add it")


def pay_what_is_due(visitor, what, instalment):
    """Pay the next thing on the desk, and prove it from the reconciliation."""
    page = visitor.open(reverse("desk"))
    with page.expect_navigation():
        page.get_by_role("link", name=f"Record a payment {what}").click()
    page.get_by_label("Bank transfer").check()
    page.get_by_label("Instalment").select_option(instalment)
    press(page, "Record the payment")
    page = visitor.open(reverse("reconciliation"))
    add_proof(page, "Bank slip")
