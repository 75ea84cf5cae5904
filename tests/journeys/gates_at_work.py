"""Gates at the browser: noting what is known of a person, clearing with evidence, confirming travel."""

from django.urls import reverse
from django.utils.timezone import localdate

from homeward.files.tests.samples import picture
from tests.journeys.people_at_work import button, fill_day, press

PAPER = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": picture()}


def note_what_to_mind(visitor, case_id, flag):
    page = visitor.open(reverse("set_profile", args=[case_id]))
    page.get_by_label(flag).check()
    press(page, "Save it")


def clear_gate(visitor, case_id, gate, *, by, function, of, session=False):
    """Open one gate from the list of gates: somebody named decided, on a paper or in a session."""
    page = visitor.open(reverse("case_gates", args=[case_id]))
    with page.expect_navigation():
        page.get_by_role("row", name=gate).get_by_role("link", name="Record a clearance").first.click()
    page.get_by_label("Who decided").fill(by)
    page.get_by_label("In what function").fill(function)
    page.get_by_label("Of which organisation or family").fill(of)
    fill_day(page, "decided_on", localdate())
    if session:
        page.get_by_role("group", name="The session in which it was said").get_by_role("radio").last.check()
    else:
        page.get_by_label("Or hand in the document now").set_input_files(PAPER)
    press(page, "Record the clearance")


def confirm_travel(visitor, case_id):
    page = visitor.open(reverse("confirm_travel", args=[case_id]))
    press(page, "Confirm travel")


def why_travel_is_not_confirmed(visitor, case_id):
    """Try it all the same, and read what the page answers."""
    page = visitor.open(reverse("confirm_travel", args=[case_id]))
    with page.expect_navigation():
        button(page, "Confirm travel").click()
    return page.locator(".errors").inner_text()
