"""One case through the pages, by three people; what was typed stays; what is missing is said."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.commands import make_appointment, record_plan_agreed
from homeward.cases.models import Appointment, Case, Closure, Counselling, Note, Travel
from homeward.cases.rules import Stage
from homeward.cases.tests.handing import handed_over
from homeward.cases.tests.journeys import (
    counsel,
    counselled,
    enquiry,
    fresh,
    programme,
    travel_planned,
)
from homeward.files.tests.samples import PDF
from tests.cast import jonas, nora, vera

pytestmark = pytest.mark.usefixtures("cast")


def day(name, on):
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def post(client, name, case, answers, **more):
    return client.post(reverse(name, kwargs={"case_id": case.id, **more}), answers)


SESSION = {
    **day("held_on", date(2026, 3, 9)),
    "topics": ["options", "travel"],
    "interpreting": "not_needed",
    "language": "ar",
    "decision": "return",
    "is_informed": "on",
    "summary": "Knows both ways",
}
JOURNEY = {
    **day("departs_on", date(2026, 4, 20)),
    **day("arrives_on", date(2026, 4, 21)),
    "arrival_place": "Saltfield airport",
    "tickets": "ready",
    "papers": "asked_for",
    "medical_items": "Insulin",
}


def test_one_case_from_the_first_talk_to_closing_in_the_browser_of_three_people(client_of):
    case, programme_id = enquiry(), programme().id
    by_jonas, by_vera, by_nora = client_of(jonas), client_of(vera), client_of(nora)
    back = reverse("case", args=[case.id])

    def done(response):
        assert (response.status_code, response["Location"] if response.status_code == 302 else "") == (
            302,
            back,
        )

    done(post(by_jonas, "record_counselling", case, SESSION))
    wish = {
        "programme_id": str(programme_id),
        "requested": "A stall",
        **day("submitted_on", date(2026, 3, 16)),
    }
    done(post(by_jonas, "submit_application", case, wish))
    with acting_as(vera):
        application_id = Case.objects.get(id=case.id).applications.get().id
    decision = {"accept": "yes", "reasons": "", **day("decided_on", date(2026, 3, 30))}
    done(post(by_vera, "decide_application", case, decision, application_id=application_id))
    done(post(by_jonas, "plan_travel", case, JOURNEY))
    done(post(by_jonas, "confirm_travel", case, day("confirmed_on", date(2026, 4, 17))))
    done(post(by_jonas, "record_departure", case, day("departed_on", date(2026, 4, 20))))
    done(
        post(by_nora, "confirm_arrival", case, {**day("arrived_on", date(2026, 4, 21)), "place": "Saltfield"})
    )
    handed_over(jonas, nora, case.id)
    begun = post(by_nora, "begin_plan", case, day("on", date(2026, 4, 28)))
    assert begun["Location"] == reverse("plan", args=[case.id])
    record_plan_agreed(nora, case_id=case.id, on=date(2026, 5, 12))
    closing = {
        **day("closed_on", date(2026, 7, 1)),
        "reason": "completed",
        "own_view_asked": "told",
        "own_view": "I stand on my own feet",
    }
    done(post(by_nora, "close_case", case, closing))
    assert fresh(case).stage == Stage.CLOSED


def test_what_was_typed_stays_when_an_answer_is_wrong(client_of):
    case = enquiry()
    response = post(client_of(jonas), "record_counselling", case, {**SESSION, "interpreting": "missing"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Knows both ways" in page
    assert 'href="#id_is_informed"' in page
    with acting_as(jonas):
        assert not Counselling.objects.exists()


def test_a_page_that_comes_too_early_says_what_is_missing_and_where_to_give_it(client_of):
    response = client_of(jonas).get(reverse("submit_application", args=[enquiry().id]))
    page = response.content.decode()
    assert response.status_code == 409
    assert "No counselling is recorded yet" in page
    assert "/counselling" in page


def test_a_change_made_in_between_is_shown_beside_ones_own(client_of):
    case = travel_planned()
    mine = {**JOURNEY, "arrival_place": "Midport", "expected_version": "1"}
    theirs = {**JOURNEY, "arrival_place": "Old Harbour", "expected_version": "1"}
    post(client_of(nora), "change_travel", case, theirs)
    response = post(client_of(jonas), "change_travel", case, mine)
    assert response.status_code == 409
    assert "Midport" in response.content.decode()
    assert "Old Harbour" in response.content.decode()
    with acting_as(jonas):
        assert Travel.objects.get(case_id=case.id).arrival_place == "Old Harbour"


def test_a_note_is_written_and_corrected(client_of):
    case, client = enquiry(), client_of(jonas)
    note = {"kind": "call", "text": "Called", "visibility": "case", **day("on", date(2026, 3, 9))}
    post(client, "write_note", case, note)
    with acting_as(jonas):
        written = Note.objects.get()
    post(client, "correct_note", case, {"text": "Wrote", "reason": "Wrong word"}, note_id=written.id)
    with acting_as(jonas):
        assert Note.objects.get(corrects=written).text == "Wrote"


def test_a_note_of_another_case_is_not_corrected_under_this_one(client_of):
    case, other = enquiry(), enquiry("Mina")
    client = client_of(jonas)
    note = {"kind": "call", "text": "Called", "visibility": "case", **day("on", date(2026, 3, 9))}
    post(client, "write_note", other, note)
    with acting_as(jonas):
        written = Note.objects.get()
    assert client.get(reverse("correct_note", args=[case.id, written.id])).status_code == 404


def test_an_appointment_is_made_and_called_off(client_of):
    case, client = enquiry(), client_of(jonas)
    ahead = (now() + timedelta(days=3)).date()
    made = {
        **day("day", ahead),
        "hour": "14:30",
        "subject": "First talk",
        "membership_id": str(jonas.membership_id),
        "interpreting": "not_needed",
    }
    post(client, "make_appointment", case, made)
    with acting_as(jonas):
        appointment = Appointment.objects.get()
    assert (appointment.starts_at.date(), appointment.starts_at.hour) == (ahead, 14)
    off = {"state": "cancelled", "note": "The person asked"}
    post(client, "end_appointment", case, off, appointment_id=appointment.id)
    with acting_as(jonas):
        assert Appointment.objects.get().ended_note == "The person asked"


def test_closing_says_before_that_an_appointment_is_open(client_of):
    case = enquiry()
    make_appointment(jonas, case_id=case.id, starts_at=now() + timedelta(days=3), subject="Talk")
    page = client_of(jonas).get(reverse("close_case", args=[case.id])).content.decode()
    assert "An appointment is still open" in page
    with acting_as(jonas):
        assert not Closure.objects.exists()


def test_a_document_is_added_and_a_program_is_refused(client_of):
    case, client = enquiry(), client_of(jonas)
    given = {"kind": "identity", "visibility": "case"}
    bad = {**given, "file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}
    assert post(client, "add_case_document", case, bad).status_code == 422
    good = {**given, "file": SimpleUploadedFile("a.pdf", PDF)}
    assert post(client, "add_case_document", case, good).status_code == 302


def test_a_sealed_text_opens_for_a_reason_that_is_on_the_record(client_of):
    session = counsel(case_id=enquiry().id, summary="She fears her uncle")
    where = reverse("open_sealed", args=[session.case_id, "summary", session.id])
    client = client_of(jonas)
    assert b"uncle" not in client.get(where).content
    assert client.post(where, {"reason": "curious"}).status_code == 422
    assert b"uncle" in client.post(where, {"reason": "safety"}).content
    with acting_as(jonas):
        assert Entry.objects.get(action="counselling.open").note == "safety"


def test_a_sealed_text_does_not_open_under_another_case(client_of):
    session = counsel(case_id=enquiry().id, summary="She fears her uncle")
    other = counselled(enquiry("Mina"))
    where = reverse("open_sealed", args=[other.id, "summary", session.id])
    response = client_of(jonas).post(where, {"reason": "safety"})
    assert response.status_code == 404
    assert b"uncle" not in response.content
