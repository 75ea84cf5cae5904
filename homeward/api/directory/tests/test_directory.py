import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.services.commands import add_service
from homeward.services.hsds import shapes
from homeward.services.hsds.going_out import TAXONOMY, made_id
from homeward.services.models import Place
from homeward.services.rules import PlaceDetails, ServiceDetails
from homeward.services.tests.directory import a_provider, a_service, beds
from tests.cast import nora, salma

pytestmark = pytest.mark.django_db
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


def asked(client, path, **filters):
    answer = client.get(f"/hsds/{path}", filters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def names(client, **filters):
    return sorted(one["name"] for one in asked(client, "services", **filters)["contents"])


def test_it_says_which_version_it_is(client, db):
    told = asked(client, "")
    assert told["version"] == "3.1.3"
    assert told["openapi_url"].endswith("/hsds/openapi.json")
    assert asked(client, "openapi.json")["openapi"].startswith("3.1")


def test_anybody_may_read_from_any_page_and_no_cookie_is_set(client, cast):
    a_service()
    answer = client.get("/hsds/services")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.options("/hsds/services").status_code == 204


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nobody_may_write(client, db, method):
    answer = getattr(client, method)("/hsds/services")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


def test_a_session_opens_nothing_more(client_of, cast):
    a_service(is_restricted=True)
    assert names(client_of(nora)) == []


def test_shelters_are_in_no_answer(client, cast):
    hidden = a_service(provider=a_provider(name="Safe House"), name="Hidden", is_restricted=True)
    for path in ("services", "organizations", "service_at_locations"):
        for more in ({}, {"full": "true", "full_service": "true"}, {"format": "ndjson"}):
            content = client.get(f"/hsds/{path}", more).content
            assert b"Hidden" not in content
            assert b"Safe House" not in content
            assert b"1 Quay" not in content
    for path in (f"services/{hidden.id}", f"organizations/{hidden.provider_id}"):
        missing = client.get(f"/hsds/{path}")
        assert missing.status_code == 404
        assert missing.content == client.get(f"/hsds/services/{made_id('none')}").content


def test_a_place_shared_with_a_shelter_is_left_out_of_the_open_service(client, cast):
    open_one = a_service()
    with acting_as(salma):
        place = Place.objects.get()
    again = PlaceDetails(place.name, city=place.city, id=place.id)
    details = ServiceDetails("Shelter", needs=("shelter",), is_restricted=True)
    add_service(salma, provider_id=open_one.provider_id, details=details, places=[again])
    told = asked(client, f"services/{open_one.id}")
    assert "service_at_locations" not in told


def test_lists_come_in_the_envelope(client, cast):
    empty = asked(client, "services")
    assert set(empty) == PAGE
    assert (empty["empty"], empty["total_pages"], empty["first_page"], empty["last_page"]) == (
        True,
        1,
        True,
        True,
    )
    provider = a_provider()
    for number in range(3):
        a_service(provider=provider, name=f"Service {number}")
    first, last = (asked(client, "services", per_page=2, page=number) for number in (1, 2))
    shapes.PageShape.model_validate(first)
    assert (first["total_items"], first["total_pages"], first["size"], first["last_page"]) == (3, 2, 2, False)
    assert (last["size"], last["first_page"], last["last_page"], last["empty"]) == (1, False, True, False)
    assert not {one["id"] for one in first["contents"]} & {one["id"] for one in last["contents"]}


def test_every_answer_has_the_shape_it_should_have(client, cast):
    one = a_service(rooms=beds(2), description="Beds", url="https://homeward.example/")
    shapes.ServiceShape.model_validate(asked(client, f"services/{one.id}"))
    for full in ("true", "false"):
        for told in asked(client, "services", full=full)["contents"]:
            shapes.ServiceShape.model_validate(told)
    (at,) = asked(client, "service_at_locations")["contents"]
    shapes.ServiceAtLocationShape.model_validate(asked(client, f"service_at_locations/{at['id']}"))
    (provider,) = asked(client, "organizations")["contents"]
    shapes.OrganizationShape.model_validate(asked(client, f"organizations/{provider['id']}"))
    for told in asked(client, "taxonomy_terms")["contents"]:
        shapes.TermShape.model_validate(asked(client, f"taxonomy_terms/{told['id']}"))
    shapes.TaxonomyShape.model_validate(asked(client, f"taxonomies/{TAXONOMY}"))


def test_filters_all_have_to_hold(client, cast):
    beds_here = a_service(name="Beds")
    clinic = a_service(name="Clinic", needs=("health",))
    health = made_id("need", "health")
    assert names(client, taxonomy_term_id=health) == ["Clinic"]
    assert names(client, taxonomy_term_id=health, search="beds") == []
    assert names(client, search="bed") == ["Beds"]
    assert names(client, organization_id=str(clinic.provider_id)) == ["Clinic"]
    assert names(client, taxonomy_id=str(TAXONOMY)) == ["Beds", "Clinic"]
    assert names(client, taxonomy_id=str(beds_here.id)) == []
    assert names(client, modified_after=(now() + timedelta(days=1)).isoformat()) == []
    assert len(names(client, modified_after=(now() - timedelta(days=1)).isoformat())) == 2


def test_minimal_says_ids_and_moments_only(client, cast):
    a_service()
    (told,) = asked(client, "services", minimal="true")["contents"]
    assert set(told) == {"id", "modified_date", "last_modified"}


def test_lines_of_json_give_everything(client, cast):
    for name in ("One", "Two"):
        a_service(name=name)
    answer = client.get("/hsds/services", {"format": "ndjson", "per_page": 1})
    assert [json.loads(line)["name"] for line in answer.content.splitlines()] == ["One", "Two"]


def test_places_are_found_near_a_postcode(client, cast):
    provider = a_provider()
    for name, postcode, latitude in (("Here", "100", 0.0), ("Near", "200", 0.001), ("Far", "300", 1.0)):
        place = PlaceDetails(name, postcode=postcode, latitude=latitude, longitude=0.0, city="Saltfield")
        a_service(provider=provider, name=name, places=(place,))

    def found(**filters):
        return {
            one["location"]["name"] for one in asked(client, "service_at_locations", **filters)["contents"]
        }

    assert found(postcode="100") == {"Here"}
    assert found(postcode="100", proximity=500) == {"Here", "Near"}
    assert found() == {"Here", "Near", "Far"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": "0"},
        {"page": "x"},
        {"per_page": "-1"},
        {"full": "maybe"},
        {"format": "xml"},
        {"organization_id": "1"},
        {"modified_after": "soon"},
    ],
)
def test_what_makes_no_sense_is_told_by_name(client, db, wrong):
    answer = client.get("/hsds/services", wrong)
    assert answer.status_code == 422
    assert list(json.loads(answer.content)["fields"]) == list(wrong)


def test_who_asks_too_often_waits(client, db, settings):
    settings.PUBLIC_CALLS_A_MINUTE = 2
    answers = [client.get("/hsds/services") for _number in range(3)]
    assert [one.status_code for one in answers][:2] == [200, 200]
    assert answers[2].status_code == 429
    assert int(answers[2]["Retry-After"]) <= 60


def test_a_page_asks_the_database_as_often_for_many_as_for_few(client, cast):
    def questions(path, **more):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/hsds/{path}", more)
        return len(captured)

    provider = a_provider()
    a_service(provider=provider, rooms=beds(1))
    few = [questions("services", full="true"), questions("organizations", full_service="true")]
    for number in range(5):
        a_service(provider=a_provider(name=f"P{number}"), name=f"S{number}", rooms=beds(1))
    many = [questions("services", full="true"), questions("organizations", full_service="true")]
    assert many == few
    assert max(many) < 25
