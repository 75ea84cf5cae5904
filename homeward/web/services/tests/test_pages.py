import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.access.acting import acting_as
from homeward.services.models import Change, Proposal, Service
from homeward.services.rules import Opening
from homeward.services.tests.directory import a_clinic_service, a_provider, a_service, beds
from tests.cast import karim, mira, nora, salma

pytestmark = pytest.mark.django_db

FORMSETS = {f"{prefix}-{name}_FORMS": "0" for prefix in ("place", "room") for name in ("TOTAL", "INITIAL")}


def test_words_looked_for_do_not_stand_in_the_address(client_of):
    a_service(name="Beds by the sea")
    browser = client_of(nora)
    answer = browser.post("/services/find", {"text": "by the sea", "need": "shelter", "place": "Nora Street"})
    assert "sea" not in answer["Location"]
    assert "Nora" not in answer["Location"]
    assert "need=shelter" in answer["Location"]
    assert b"Beds by the sea" in browser.get(answer["Location"]).content


def test_nothing_found_says_what_to_do(client_of):
    a_service()
    assert b"No service found" in client_of(nora).get("/services/?need=credit").content
    assert b"Tell of a missing service" in client_of(nora).get("/services/?need=credit").content


def test_a_restricted_service_is_listed_for_those_who_send_people(client_of):
    one = a_service(name="Safe house", is_restricted=True)
    assert b"Safe house" in client_of(nora).get("/services/").content
    assert b"Safe house" not in client_of(mira).get("/services/").content
    assert client_of(mira).get(f"/services/{one.id}/").status_code == 404
    page = client_of(nora).get(f"/services/{one.id}/").content
    assert b"1 Quay" not in page
    assert b"Open, with a reason" in page


def test_the_place_of_a_restricted_service_is_shown_once_a_reason_is_given(client_of):
    one = a_service(is_restricted=True)
    address = f"/services/{one.id}/place"
    assert b"1 Quay" not in client_of(nora).get(address).content
    answer = client_of(nora).post(address, {"reason": "emergency"})
    assert b"1 Quay" in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_a_service_is_added_with_place_hours_and_room(client_of):
    told = {
        "provider_name": "Bakers' Guild",
        "name": "Learn to bake",
        "needs": ["training"],
        "languages": ["ar"],
        "countries": ["XM"],
        "MO_opens": "09:00",
        "MO_closes": "12:00",
        "TU_opens": "09:00",
        "TU_closes": "12:00",
        "name_ar": "تعلّم الخَبز",
        **FORMSETS,
        "place-TOTAL_FORMS": "1",
        "place-0-name": "Guild hall",
        "place-0-city": "Saltfield",
        "room-TOTAL_FORMS": "1",
        "room-0-unit": "Seat",
        "room-0-total": "12",
        "room-0-available": "3",
    }
    answer = client_of(salma).post("/services/add", told)
    assert answer.status_code == 302, answer.content.decode()
    page = client_of(nora).get(answer["Location"]).content.decode()
    for words in (
        "Learn to bake",
        "Guild hall",
        "Saltfield",
        "Monday, Tuesday",
        "09:00–12:00",
        "3 of 12 free",
    ):
        assert words in page
    assert (
        "تعلّم الخَبز"
        in client_of(nora, headers={"accept-language": "ar"}).get(answer["Location"]).content.decode()
    )


def test_editing_shows_what_is_there_and_keeps_what_is_left_alone(client_of):
    one = a_service(opening=(Opening(("MO",), "09:00", "12:00"),), rooms=beds(1), phone="+999 1")
    page = client_of(salma).get(f"/services/{one.id}/edit")
    forms = page.context
    told = {name: value for name, value in forms["form"].initial.items() if value not in (None, "", [])}
    told = {name: value for name, value in told.items() if not isinstance(value, dict | tuple)}
    told |= {**FORMSETS, "place-TOTAL_FORMS": "1", "place-INITIAL_FORMS": "1"}
    place = forms["places"].forms[0].initial
    told |= {f"place-0-{name}": value for name, value in place.items() if value not in (None, "")}
    told |= {"room-TOTAL_FORMS": "1", "room-INITIAL_FORMS": "1"}
    told |= {f"room-0-{name}": value for name, value in forms["rooms"].forms[0].initial.items()}
    told["is_restricted"] = ""
    answer = client_of(salma).post(f"/services/{one.id}/edit", told)
    assert answer.status_code == 302
    with acting_as(salma):
        assert Change.objects.get(kind="edited").changed == {}
        after = Service.objects.get(id=one.id)
    assert (after.schedules, after.phones) == (one.schedules, one.phones)


def test_a_wrong_pair_of_hours_is_told_at_its_day(client_of):
    told = {"provider_name": "X", "name": "Y", "needs": ["food"], "MO_opens": "09:00", **FORMSETS}
    answer = client_of(salma).post("/services/add", told)
    assert answer.status_code == 422
    assert b"Give both hours, the earlier first." in answer.content


def test_two_who_change_an_entry_at_once_are_told(client_of):
    one = a_service()
    told = {"name": "Y", "needs": ["food"], "expected_version": "7", **FORMSETS}
    answer = client_of(salma).post(f"/services/{one.id}/edit", told)
    assert answer.status_code == 409


def test_one_click_verifies(client_of):
    one = a_service()
    with acting_as(salma):
        Service.objects.update(last_verified_on=None)
    assert b"Never" in client_of(salma).get("/services/keeping").content
    client_of(salma).post(f"/services/{one.id}/verify", {"back": "keeping"})
    assert b"Every entry was verified" in client_of(salma).get("/services/keeping").content
    assert b"Verified" in client_of(nora).get(f"/services/{one.id}/history").content


def test_what_a_case_manager_noticed_reaches_the_keeper(client_of):
    one = a_service()
    client_of(nora).post(f"/services/{one.id}/propose", {"words": "They moved to the market."})
    page = client_of(salma).get("/services/keeping").content
    assert b"They moved to the market." in page
    with acting_as(salma):
        proposal = Proposal.objects.get()
    answer = client_of(salma).post(f"/services/proposals/{proposal.id}", {"answer": "taken"})
    assert answer["Location"] == f"/services/{one.id}/edit"


def test_feedback_is_read_before_it_is_shown(client_of):
    one = a_service()
    client_of(nora).post(f"/services/{one.id}/feedback", {"rating": "4", "words": "Kind people."})
    assert b"Kind people." not in client_of(nora).get(f"/services/{one.id}/").content
    page = client_of(salma).get("/services/keeping")
    said = page.context["feedback"][0]
    client_of(salma).post(f"/services/feedback/{said.id}", {"answer": "show"})
    assert b"Kind people." in client_of(nora).get(f"/services/{one.id}/").content


def test_the_clinic_counts_its_own_room(client_of):
    one = a_clinic_service(rooms=beds(1))
    client_of(karim).post(f"/services/{one.id}/room", {"unit": "Bed", "total": "4", "available": "3"})
    assert b"3 of 4 free" in client_of(nora).get(f"/services/{one.id}/").content
    assert b"Count anew" not in client_of(nora).get(f"/services/{one.id}/").content


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client_of):
    def asked(browser):
        with CaptureQueriesContext(connection) as captured:
            browser.get("/services/")
        return len(captured)

    browser, provider = client_of(nora), a_provider()
    a_service(provider=provider, rooms=beds(1))
    asked(browser)
    few = asked(browser)
    for number in range(6):
        a_service(provider=provider, name=f"Service {number}", rooms=beds(1))
    assert asked(browser) == few
    assert few < 30


def test_a_file_is_tried_brought_in_and_taken_out(client_of):
    a_service()
    browser = client_of(salma)
    taken = browser.post("/services/files/export", {"form": "csv"})
    assert taken["Content-Type"] == "application/zip"
    told = browser.post("/services/files/export", {"form": "json"}).content

    def brought(content, **more):
        given = SimpleUploadedFile("services.json", content)
        return browser.post("/services/files", {"file": given, **more})

    assert b"Nothing was changed." in brought(told, only_check="on").content
    assert b"As they were: 1." in brought(told).content
    assert b"As they were: 1." in brought(taken.content).content
    wrong = brought(told.replace(b'"active"', b'"open"'))
    assert wrong.status_code == 422
    assert b"status" in wrong.content
