"""A new application from nothing: saved as it goes, kept when wrong, checked before it is sent."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.commands import save_wish
from homeward.cases.models import Application, ApplicationDraft, Case
from homeward.cases.queries.journey import drafts_of
from homeward.cases.rules import RoleInFile, Stage
from homeward.cases.tests.journeys import enquiry, family, fresh, programme
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.people.models import Person
from homeward.people.queries import contacts_of, documents_of, relatives_of
from tests.cast import jonas, lina, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
OMAR = {
    "given_names": "Omar",
    "family_name": "Specimen",
    "native_name": "عمر سبيسيمن",
    "birth_year": "١٩٨٨",
    "sex": "male",
    "nationality_1": "XM",
    "language_1": "ar",
}
SESSION = {
    "held_on_day": "9",
    "held_on_month": "3",
    "held_on_year": "2026",
    "topics": ["options"],
    "interpreting": "not_needed",
    "decision": "return",
    "is_informed": "on",
}


def at(case, slug):
    return reverse("application_step", args=[case.id, slug])


def begun(client, **answers):
    response = client.post(reverse("new_application"), {**OMAR, **answers})
    assert response.status_code == 302, response.content.decode()[:3000]
    with acting_as(jonas):
        return Case.objects.order_by("-id").select_related("person").first()


def test_who_does_no_casework_begins_nothing_and_a_stranger_sees_no_step(client_of):
    assert client_of(vera).get(reverse("new_application")).status_code == 403
    assert client_of(stranger).get(at(enquiry(), "who")).status_code == 404
    assert client_of(jonas).get(at(enquiry("Mina"), "nowhere")).status_code == 404


CHILD = {"given_names": "Rim", "birth_year": "2018", "sex": "female", "role_in_file": "child"}
PAPER = {"paper_kind": "passport", "number": "X 123", "country": "XM"}
WAY = {"way_kind": "phone", "value": "+000 555", "may_text": "on", "not_after": "18:00"}
ROUTE = {
    "host_country": "XN",
    "return_country": "XM",
    "return_place": "Saltfield",
    "return_type": "voluntary",
}
DAY = {"submitted_on_day": "16", "submitted_on_month": "3", "submitted_on_year": "2026"}


def test_a_whole_application_from_nothing_to_its_submission(client_of):
    client, programme_id = client_of(jonas), str(programme().id)
    case = begun(client)
    assert (case.stage, case.person.birth.earliest.year) == (Stage.ENQUIRY, 1988)

    def after(slug, **answers):
        response = client.post(at(case, slug), answers)
        assert response.status_code == 302, response.content.decode()[:4000]
        return response["Location"].rsplit("/", 1)[-1]

    assert after("family", **CHILD, more="yes") == "family"
    assert after("family") == "reach"
    assert after("reach", **PAPER, **WAY) == "route"
    assert after("route", **ROUTE, expected_version=fresh(case).version) == "counselling"
    assert after("counselling", **SESSION) == "wish"
    child = recorded_beside(case)
    assert after("wish", programme_id=programme_id, with_case_ids=child, requested="A stall") == "check"
    check = client.get(at(case, "check")).content.decode()
    assert "A stall" in check
    assert "Before this can be submitted" not in check
    after("check", **DAY)
    with acting_as(jonas):
        assert Application.objects.count() == 2
        assert not drafts_of(jonas).exists()
    assert fresh(case).stage == Stage.APPLICATION


def recorded_beside(case):
    """The child's case, after looking at what the steps before recorded."""
    with acting_as(jonas):
        child = Case.objects.get(role_in_file=RoleInFile.CHILD)
        assert child.file_id == fresh(case).file_id
        assert len(relatives_of(jonas, child.person_id)) == 1
        assert documents_of(jonas, case.person_id).count() == 1
        assert not contacts_of(jonas, case.person_id).get().may_call
    return str(child.id)


def test_what_was_typed_stays_and_nobody_is_recorded_without_a_name(client_of):
    answers = {"sex": "male", "birth_day": "31", "birth_month": "2", "birth_year": "1988"}
    response = client_of(jonas).post(reverse("new_application"), answers)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="1988"' in page
    with acting_as(jonas):
        assert not Person.objects.exists()


def test_somebody_known_already_is_shown_before_a_second_record_is_made(client_of):
    client = client_of(jonas)
    known = begun(client)
    response = client.post(reverse("new_application"), OMAR)
    page = response.content.decode()
    assert response.status_code == 422
    assert known.reference in page
    again = client.post(reverse("new_application"), {**OMAR, "same_as": str(known.person_id)})
    assert again.status_code == 302
    with acting_as(jonas):
        assert Person.objects.count() == 1
        assert Case.objects.count() == 2
    client.post(reverse("new_application"), {**OMAR, "same_as": "new"})
    with acting_as(jonas):
        assert Person.objects.count() == 2


def test_who_is_known_elsewhere_is_not_shown(client_of):
    begun(client_of(jonas))
    response = client_of(stranger).post(reverse("new_application"), OMAR)
    assert response.status_code == 302


def test_one_can_stop_and_come_back_to_the_first_open_step(client_of):
    client = client_of(jonas)
    case = begun(client, leave="yes")
    assert client.get(reverse("resume_application", args=[case.id]))["Location"] == at(case, "family")
    with acting_as(jonas):
        assert [one.case_id for one in drafts_of(jonas)] == [case.id]
    with acting_as(lina):
        assert not drafts_of(lina).exists()
    assert reverse("resume_application", args=[case.id]) in client.get(reverse("inbox")).content.decode()


def test_the_check_says_what_is_missing_and_sends_nothing(client_of):
    client = client_of(jonas)
    case = begun(client)
    page = client.get(at(case, "check")).content.decode()
    assert "No counselling is recorded yet" in page
    assert at(case, "wish") in page
    assert client.post(at(case, "check"), DAY).status_code == 422
    with acting_as(jonas):
        assert not Application.objects.exists()


def test_a_session_already_recorded_need_not_be_told_twice(client_of):
    client = client_of(jonas)
    case = begun(client)
    client.post(at(case, "counselling"), SESSION)
    again = {name: text for name, text in SESSION.items() if name != "topics"}
    assert client.post(at(case, "counselling"), again).status_code == 302
    with acting_as(jonas):
        assert Case.objects.get(id=case.id).counselling.count() == 1


def test_a_header_saved_by_somebody_else_is_not_overwritten(client_of):
    client = client_of(jonas)
    case = begun(client)
    route = {"return_country": "XM", "return_type": "voluntary", "expected_version": "1"}
    client.post(at(case, "route"), {**route, "return_place": "Saltfield"})
    response = client.post(at(case, "route"), {**route, "return_place": "Midport"})
    assert response.status_code == 409
    assert fresh(case).return_place == "Saltfield"


def test_a_wish_is_for_people_of_the_same_file_only():
    omar, dalia, _rim = family()
    other = enquiry("Somebody")
    given = {"programme_id": programme().id}
    with pytest.raises(Refused):
        save_wish(vera, case_id=omar.id, **given)
    with pytest.raises(NotFound):
        save_wish(stranger, case_id=omar.id, **given)
    with pytest.raises(Invalid):
        save_wish(jonas, case_id=omar.id, with_case_ids=[other.id], **given)
    save_wish(jonas, case_id=omar.id, with_case_ids=[dalia.id], **given)
    with acting_as(jonas):
        assert ApplicationDraft.objects.get().with_case_ids == [dalia.id]
