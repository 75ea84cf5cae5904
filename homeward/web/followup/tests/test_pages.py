"""An officer's week by place, a visit from the first attempt to the last, the monitor of rounds."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.followup.queries import business_of, visits_of
from homeward.followup.rules import VisitOutcome, VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from tests.cast import hana, nora, rosa
from tests.sami import samis_case

TODAY = localdate()


def text_of(response):
    return " ".join(response.content.decode().split())


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_an_officers_week_has_their_own_visits_place_by_place_and_no_more_questions_for_more_of_them(
    sami, client_of
):
    a_visit(sami, to=nora, round="twelve_months")
    first = a_visit(sami, planned_on=TODAY)
    a_visit(sami, round="nine_months", due_on=TODAY - timedelta(1), place="Old Harbour")
    browser = client_of(hana)
    page = browser.get(reverse("visits"))
    assert [part.id for part in page.context["parts"]] == ["today", "late"]
    assert [place.name for part in page.context["parts"] for place in part.places] == [
        "Saltfield",
        "Old Harbour",
    ]
    assert reverse("visit", args=[first.id]) in text_of(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("visits"))
    for number in range(5):
        a_visit(sami, round=f"own_{number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("visits"))
    assert len(many) == len(few) <= 22
    # the coordinator sees everybody's, with who goes
    assert "Hana Sketch" in text_of(client_of(rosa).get(reverse("visits")))


def test_a_visit_is_tried_agreed_on_made_and_shown_on_the_case(sami, client_of):
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.PHONE, value="+999 555 0101", may_text=False)
    visit = a_visit(sami, instrument="")
    browser = client_of(hana)
    page = text_of(browser.get(reverse("visit", args=[visit.id])))
    assert "+999 555 0101" in page
    assert reverse("case", args=[sami.id]) not in page  # in the field one does not open cases
    given = {"way": "call", "outcome": "later", "note": "Come on Friday.", **day("on", TODAY)}
    friday = TODAY + timedelta(3)
    answer = browser.post(reverse("try_visit", args=[visit.id]), {**given, **day("planned_on", friday)})
    assert answer.status_code == 302
    assert (fresh(visit).planned_on, fresh(visit).outcome) == (friday, VisitOutcome.LATER)
    assert "Come on Friday." in text_of(browser.get(reverse("visit", args=[visit.id])))
    late = browser.post(
        reverse("agree_on_visit_day", args=[visit.id]), {"expected_version": 1, **day("planned_on", TODAY)}
    )
    assert late.status_code == 422  # somebody saved it in between
    browser.post(reverse("try_visit", args=[visit.id]), {**given, "outcome": "completed"})
    assert fresh(visit).state == VisitState.DONE
    assert reverse("visit", args=[visit.id]) in text_of(client_of(nora).get(reverse("case", args=[sami.id])))


def test_a_visit_is_called_off_taken_up_and_given_to_a_colleague(sami, client_of):
    visit, browser = a_visit(sami, to=nora), client_of(nora)
    off = {"because": "wants_none", "note": "", "expected_version": 1}
    assert browser.post(reverse("call_off_visit", args=[visit.id]), off).status_code == 302
    assert fresh(visit).state == VisitState.NOT_NEEDED
    browser.post(reverse("take_up_visit", args=[visit.id]))
    browser.post(reverse("give_visit", args=[visit.id]), {"membership_id": str(hana.membership_id)})
    assert (fresh(visit).state, fresh(visit).assigned_to_id) == (VisitState.DUE, hana.user_id)


def test_whose_silence_is_long_is_pointed_out_on_the_case(sami, client_of, settings):
    with acting_as(nora):
        type(sami).objects.filter(id=sami.id).update(arrived_on=TODAY - timedelta(90))
    visit = a_visit(sami)
    browser = client_of(hana)
    for ago in (40, 30, 20, 10, 0):
        tried = {"way": "call", "outcome": "no_answer", **day("on", TODAY - timedelta(ago))}
        browser.post(reverse("try_visit", args=[visit.id]), tried)
    page = text_of(client_of(nora).get(reverse("case", args=[sami.id])))
    assert "Nobody was reached in 5 attempts over 40 days." in page
    assert reverse("record_contact_lost", args=[sami.id]) in page


def test_visits_are_asked_for_and_businesses_looked_at_from_the_case(sami, client_of):
    with acting_as(nora):
        type(sami).objects.filter(id=sami.id).update(arrived_on=TODAY - timedelta(90))
    browser = client_of(nora)
    soon = TODAY + timedelta(9)
    asked = {"instrument": "", "member_id": "", "note": "Ask after the roof.", **day("due_on", soon)}
    assert (
        browser.post(
            reverse("ask_for_visit", args=[sami.id]), {**asked, **day("closes_on", soon)}
        ).status_code
        == 302
    )
    shop = {"what": "Barber shop", "state": "closed", "reason": "better_work", "words": "I drive a taxi now."}
    days = {**day("on", TODAY), **day("ended_on", TODAY)}
    assert browser.post(reverse("record_business", args=[sami.id]), {**shop, **days}).status_code == 302
    with acting_as(nora):
        assert visits_of(nora, sami.id).get().note == "Ask after the roof."
        assert business_of(nora, sami.id).get().reason == "better_work"
    with_questions = a_visit(sami, to=nora)
    page = text_of(browser.get(reverse("case", args=[sami.id])))
    assert "I drive a taxi now." in page
    assert page.count("/ask/") == 1
    assert reverse("ask_at_visit", args=[with_questions.id]) in page


def test_places_are_given_to_colleagues(sami, client_of):
    visit, browser = a_visit(sami, to=nora), client_of(rosa)
    given = {"place": "Saltfield", "membership_id": str(hana.membership_id)}
    browser.post(reverse("visit_areas"), given)
    assert fresh(visit).assigned_to_id == hana.user_id
    page = browser.get(reverse("visit_areas"))
    assert "Hana Sketch" in text_of(page)
    browser.post(reverse("clear_visit_area", args=[page.context["areas"][0].id]))
    assert not browser.get(reverse("visit_areas")).context["areas"]


def test_the_monitor_shows_what_may_be_shown(cast, client_of, settings):
    settings.FEWEST_IN_A_GROUP = 3
    for number in range(9):
        case = samis_case()
        if number < 4:
            a_visit(case, state=VisitState.DONE, done_on=TODAY)
        elif number < 7:
            a_visit(case, outcome=VisitOutcome.REFUSED)
        else:
            a_visit(case, outcome=VisitOutcome.NO_ANSWER)
    a_visit(samis_case(), state=VisitState.NOT_NEEDED, not_needed_because="died")
    a_visit(samis_case(), round="rare")
    browser = client_of(rosa)
    page = browser.get(reverse("rounds"))
    ((row, name),) = page.context["rows"]
    assert (name, row.due, row.reached, row.refused) == ("No programme", 9, 4, None)
    assert (row.unreachable, row.lost, row.open) == (None, 0, 0)  # two, and one more so that they stay hidden
    assert page.context["left_out"] == 1
    for by in ("place", "sex", "return_type", "nothing such"):
        assert browser.get(reverse("rounds"), {"by": by}).status_code == 200
