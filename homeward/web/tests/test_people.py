"""Pages about people: refusals first, names in no address, everything told honestly."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.lib.dates import PartialDate
from homeward.people import commands
from homeward.people.models import Match
from homeward.people.queries import get_person, same_person_ids
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails, RelationKind
from tests.cast import adil, nora, stranger, vera

pytestmark = pytest.mark.django_db

RIM = PersonDetails(
    given_names="Rim", family_name="Example", native_name="ريم مثال", birth=PartialDate.of_year(2018)
)


@pytest.fixture
def rim(cast):
    return commands.register_person(nora, details=RIM)


@pytest.fixture
def passport(rim):
    return commands.add_document(nora, person_id=rim.id, kind=DocumentKind.PASSPORT, number="Z998877")


@pytest.fixture
def phone(rim):
    return commands.add_contact(
        nora,
        person_id=rim.id,
        kind=ContactKind.PHONE,
        value="+216 20 334 455",
        not_after=time(18),
        may_text=False,
        safety_note="Say you call from the shop",
    )


def page(client, name, *args, **data):
    url = reverse(name, args=args)
    answer = client.post(url, data) if data else client.get(url)
    return answer, answer.content.decode()


def form_of(person, **changed):
    told = {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "native_name": person.native_name,
        "sex": "unknown",
        "expected_version": person.version,
    }
    return {**told, **changed}


def test_a_stranger_gets_the_same_answer_as_for_somebody_who_does_not_exist(client_of, rim, passport, phone):
    client = client_of(stranger)
    addresses = [
        reverse("person", args=[rim.id]),
        reverse("person_edit", args=[rim.id]),
        reverse("person_merge", args=[rim.id]),
        reverse("person_relate", args=[rim.id]),
        reverse("person_number_open", args=[rim.id, passport.id]),
        reverse("person_contact_edit", args=[rim.id, phone.id]),
    ]
    for address in addresses:
        real, missing = client.get(address), client.get(address.replace(str(rim.id), str(stranger.user_id)))
        assert real.status_code == missing.status_code == 404
        assert "Rim" not in real.content.decode()


def test_whose_role_has_no_part_in_cases_sees_no_people(client_of, rim):
    assert page(client_of(adil), "people")[0].status_code == 403
    assert page(client_of(adil), "person", rim.id)[0].status_code == 403


def test_who_only_reads_is_offered_nothing_to_change(client_of, cast):
    person = commands.register_person(replace(vera, role=Role.CASE_MANAGER), details=RIM)
    client = client_of(vera)
    answer, text = page(client, "person", person.id)
    assert answer.status_code == 200
    assert reverse("person_edit", args=[person.id]) not in text
    assert page(client, "person_edit", person.id)[0].status_code == 403


def test_a_search_finds_by_name_in_either_script_and_by_document_and_leaves_no_name_in_the_address(
    client_of, rim, passport
):
    client = client_of(nora)
    for text in ("ريم", "rim exa", "z 998-877", "Rym Exampel"):
        answer = client.post(reverse("people_find"), {"text": text})
        assert answer.status_code == 302
        assert max(text.split(), key=len) not in answer["Location"]
        assert "ريم مثال" in client.get(answer["Location"]).content.decode()


def test_a_search_of_a_stranger_finds_nobody(client_of, rim, passport):
    client = client_of(stranger)
    for text in ("Rim", "Z998877"):
        found = client.get(client.post(reverse("people_find"), {"text": text})["Location"])
        assert "Nobody found" in found.content.decode()


def test_the_page_tells_precision_rules_and_missing_guardian_and_no_number(client_of, rim, passport, phone):
    answer, text = page(client_of(nora), "person", rim.id)
    assert answer.status_code == 200
    assert "2018, day and month not known" in text
    assert "Do not call after 18:00." in text
    assert "No text messages." in text
    assert "No guardian on record" in text
    assert "Z998877" not in text
    assert "998877" not in text


def test_a_guardian_on_record_silences_the_hint(client_of, rim):
    sami = commands.register_person(nora, details=PersonDetails(given_names="Sami"))
    commands.relate_people(nora, person_id=sami.id, related_id=rim.id, kind=RelationKind.GUARDIAN)
    _, text = page(client_of(nora), "person", rim.id)
    assert "No guardian on record" not in text
    assert reverse("person", args=[sami.id]) in text


def test_an_age_that_was_told_is_shown_as_such(client_of, cast):
    about = PartialDate.about_age(34, date(2024, 5, 1))
    person = commands.register_person(nora, details=PersonDetails(given_names="Old", birth=about))
    assert "about 1990, from an age that was told" in page(client_of(nora), "person", person.id)[1]


def test_a_number_opens_only_with_a_reason_and_is_not_in_the_page_before(
    client_of, rim, passport, past_policies
):
    client = client_of(nora)
    answer, text = page(client, "person_number_open", rim.id, passport.id, reason="")
    assert (answer.status_code, "Z998877" in text) == (422, False)
    assert past_policies("SELECT id FROM audit_entry WHERE action = 'document_number.open'") == []
    answer, text = page(client, "person_number_open", rim.id, passport.id, reason="travel")
    assert (answer.status_code, "Z998877" in text) == (200, True)
    assert len(past_policies("SELECT id FROM audit_entry WHERE action = 'document_number.open'")) == 1


def test_a_birth_date_may_be_typed_in_arabic_digits_and_solar_hijri(client_of, rim):
    client = client_of(nora)
    birth = {"birth_day": "١٦", "birth_month": "۱۲", "birth_year": "۱۳۶۹", "birth_calendar": "solar_hijri"}
    answer, _text = page(client, "person_edit", rim.id, **form_of(rim, **birth))
    assert answer.status_code == 302
    with acting_as(nora):
        assert get_person(nora, rim.id).birth == PartialDate.of_day(date(1991, 3, 7))


def test_what_was_typed_is_still_there_when_it_will_not_do(client_of, rim):
    answer, text = page(
        client_of(nora),
        "person_edit",
        rim.id,
        **form_of(rim, family_name="Typed", birth_month="13", birth_year="1990"),
    )
    assert answer.status_code == 422
    assert 'value="Typed"' in text


def test_somebody_who_saved_first_is_not_overwritten(client_of, rim):
    client = client_of(nora)
    commands.change_person(
        nora, person_id=rim.id, expected_version=1, details=PersonDetails(given_names="Reem")
    )
    answer, text = page(client, "person_edit", rim.id, **form_of(rim, family_name="Mine"))
    assert answer.status_code == 409
    assert "Mine" in text
    assert "Reem" in text
    with acting_as(nora):
        assert get_person(nora, rim.id).given_names == "Reem"


def test_an_ended_contact_and_relation_are_gone_from_the_page(client_of, rim, phone):
    sami = commands.register_person(nora, details=PersonDetails(given_names="Sami"))
    relation = commands.relate_people(nora, person_id=rim.id, related_id=sami.id, kind=RelationKind.CHILD)
    client = client_of(nora)
    day = {"on_day": "1", "on_month": "3", "on_year": "2026"}
    assert (
        page(client, "person_contact_end", rim.id, phone.id, expected_version=1, **day)[0].status_code == 302
    )
    assert page(client, "person_relation_end", rim.id, relation.id, **day)[0].status_code == 302
    _, text = page(client, "person", rim.id)
    assert "334 455" not in text
    assert reverse("person", args=[sami.id]) not in text


def test_papers_contacts_and_relatives_are_added_by_forms(client_of, rim):
    client = client_of(nora)
    assert page(client, "person_document_add", rim.id, kind="passport", number="A1")[0].status_code == 302
    assert page(client, "person_document_add", rim.id, kind="passport", number="-")[0].status_code == 422
    told = {
        "kind": "phone",
        "value": "20 111 222",
        "may_call": "on",
        "not_before": "18:00",
        "not_after": "09:00",
    }
    assert page(client, "person_contact_add", rim.id, **told)[0].status_code == 422
    assert page(client, "person_contact_add", rim.id, **{**told, "not_before": ""})[0].status_code == 302
    sami = commands.register_person(nora, details=PersonDetails(given_names="Sami"))
    _, text = page(client, "person_relate", rim.id, find="1", text="sami")
    assert str(sami.id) in text
    answer, _ = page(client, "person_relate", rim.id, text="sami", related_id=str(sami.id), kind="parent")
    assert answer.status_code == 302
    _, text = page(client, "person", rim.id)
    assert "Parent" in text
    assert "Do not call after 09:00." in text


def test_somebody_alike_is_shown_before_a_second_record_is_made(client_of, rim, past_policies):
    client = client_of(nora)
    told = {
        "given_names": "Reem",
        "family_name": "Exampel",
        "native_name": "ريم مثال",
        "sex": "female",
        "birth_year": "2018",
    }
    answer, text = page(client, "person_register", **told)
    assert answer.status_code == 409
    assert reverse("person", args=[rim.id]) in text
    assert len(past_policies("SELECT id FROM people_person")) == 1
    assert page(client, "person_register", **told, not_alike="1")[0].status_code == 302


def test_two_records_are_compared_joined_and_parted_in_the_browser(client_of, rim):
    other = commands.register_person(nora, details=PersonDetails(given_names="Reem", native_name="ريم مثال"))
    client = client_of(nora)
    assert str(other.id) in page(client, "person_merge", rim.id, text="Reem")[1]
    assert "Names sound" in page(client, "person_merge_with", rim.id, other.id)[1].replace(
        "Given names", "Names"
    )
    assert client.post(reverse("person_merge_with", args=[rim.id, other.id])).status_code == 302
    _, text = page(client, "person", other.id)
    assert "The same person as" in text
    with acting_as(nora):
        assert len(same_person_ids(nora, rim.id)) == 2
    undo = text.split("/people/joined/")[1].split("/")[0]
    assert page(client_of(stranger), "merge_undo", undo)[0].status_code == 404
    assert page(client, "merge_undo", undo)[0].status_code == 200
    assert client.post(reverse("merge_undo", args=[undo])).status_code == 302
    with acting_as(nora):
        assert len(same_person_ids(nora, rim.id)) == 1


@pytest.fixture
def questions(rim):
    pairs = []
    for number in range(3):
        other = commands.register_person(nora, details=PersonDetails(given_names=f"Rim {number}"))
        first, second = sorted((rim.id, other.id))
        reasons = [{"field": "given_names", "level": "sounds_alike", "weight": 4.2}]
        with acting_as(nora):
            pairs.append(
                Match.objects.create(
                    organisation_id=nora.organisation_id,
                    person_id=first,
                    other_id=second,
                    score=0.9 - number / 10,
                    reasons=reasons,
                )
            )
    return pairs


def states(past_policies):
    return [row["state"] for row in past_policies("SELECT state FROM people_match ORDER BY score DESC")]


def test_pairs_are_answered_one_beside_each(client_of, questions, past_policies):
    client = client_of(nora)
    _, text = page(client, "matches")
    assert "Given names sound alike" in text
    answers = {f"answer-{questions[0].id}": "same", f"answer-{questions[1].id}": "different"}
    page(client, "matches_answer", **answers, **{f"answer-{questions[2].id}": "later"})
    assert states(past_policies) == ["same", "different", "open"]


def test_many_pairs_are_answered_at_once(client_of, questions, past_policies):
    chosen = [str(question.id) for question in questions[:2]]
    client_of(nora).post(reverse("matches_answer"), {"chosen": chosen, "all": "different"})
    assert states(past_policies) == ["different", "different", "open"]


def test_answers_of_a_stranger_change_nothing(client_of, questions, past_policies):
    client_of(stranger).post(reverse("matches_answer"), {f"answer-{questions[0].id}": "same"})
    assert states(past_policies) == ["open", "open", "open"]


def test_lists_and_pages_cost_the_same_however_many_are_shown(client_of, questions, rim, phone, passport):
    client = client_of(nora)
    sami = commands.register_person(nora, details=PersonDetails(given_names="Sami"))
    commands.relate_people(nora, person_id=rim.id, related_id=sami.id, kind=RelationKind.CHILD)
    page(client, "people")  # the first request of a session does more
    costs = {}
    for _ in range(2):
        page(client, "inbox")  # the menu's count is fresh for a minute from here
        for name, args in (("people", []), ("matches", []), ("person", [rim.id])):
            with CaptureQueriesContext(connection) as asked:
                assert page(client, name, *args)[0].status_code == 200
            costs.setdefault(name, []).append(len(asked))
        for number in range(5):
            one = commands.register_person(nora, details=PersonDetails(given_names=f"More {number}"))
            commands.relate_people(nora, person_id=rim.id, related_id=one.id, kind=RelationKind.RELATIVE)
            commands.add_document(nora, person_id=rim.id, kind=DocumentKind.OTHER, number=f"N{number}5544")
    assert all(first == second for first, second in costs.values()), costs
    assert costs["people"][0] <= 30
    assert costs["person"][0] <= 40
