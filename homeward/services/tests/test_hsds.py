import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.lib.problems import Refused
from homeward.services.commands import bring_in_services, take_out_services
from homeward.services.hsds.coming_in import read, service_columns
from homeward.services.hsds.files import read_content
from homeward.services.hsds.shapes import ServiceShape
from homeward.services.hsds.tabular import PACKAGE, flat, nested, packed
from homeward.services.models import Change, Place, Provider, Room, Service
from homeward.services.rules import ForWhom, Opening, PlaceDetails
from homeward.services.tests.directory import a_provider, a_service, beds
from tests.cast import adil, karim, nora, salma

pytestmark = pytest.mark.django_db

THERE = PlaceDetails(
    "Harbour House",
    address="1 Quay",
    city="Saltfield",
    country="XM",
    latitude=0.5,
    longitude=-9.2,
    is_step_free=True,
)


def a_full_service(**more):
    return a_service(
        **{
            "name": "Beds",
            "description": "A bed and a meal.",
            "translations": {"ar": {"name": "أسرّة"}},
            "needs": ("shelter", "food"),
            "areas": ("Saltfield",),
            "languages": ("ar", "fr"),
            "for_whom": ForWhom.WOMEN,
            "minimum_age": 16,
            "is_free": True,
            "opening": (Opening(("MO", "TU"), "08:00", "16:00"),),
            "phone": "+999 55 1",
            "email": "beds@homeward.example",
            "url": "https://homeward.example/beds",
            "places": (THERE,),
            "rooms": beds(2),
            **more,
        }
    )


def taken_out():
    return list(take_out_services(salma).services)


def test_a_case_manager_takes_nothing_out_and_brings_nothing_in(cast):
    with pytest.raises(Refused):
        take_out_services(nora)
    with pytest.raises(Refused):
        bring_in_services(nora, services=[])


def test_what_goes_out_is_what_hsds_says(cast):
    a_full_service()
    (told,) = taken_out()
    shape = ServiceShape.model_validate(told)
    assert shape.capacities[0].unit.name == "Bed"
    assert {one.code for one in shape.languages} == {"ara", "fra"}
    assert shape.service_at_locations[0].location.addresses[0].city == "Saltfield"
    assert {one.taxonomy_term.code for one in shape.attributes if one.taxonomy_term} == {"shelter", "food"}
    assert None not in told.values()


def test_what_is_restricted_does_not_go_out(cast):
    a_full_service(name="Safe house", is_restricted=True)
    assert taken_out() == []


def test_nobody_who_verified_an_entry_is_named_in_it(cast):
    a_full_service()
    assert salma.name not in json.dumps(taken_out())


@pytest.mark.parametrize("form", ["json", "tables"])
def test_what_goes_out_comes_in_the_same(cast, form, as_owner):
    a_full_service()
    before = taken_out()
    content = packed(before) if form == "tables" else json.dumps(before).encode()
    forget(as_owner)
    assert taken_out() == []
    found = read_content(content)
    assert found.faults == ()
    made = bring_in_services(adil, services=found.services)
    assert (made.added, made.changed) == (1, 0)
    after = list(take_out_services(adil).services)
    assert [without_moments(one) for one in after] == [without_moments(one) for one in before]
    again = bring_in_services(adil, services=found.services)
    assert (again.added, again.changed, again.same) == (0, 0, 1)


test_what_goes_out_comes_in_the_same.pytestmark = [
    *test_what_goes_out_comes_in_the_same.pytestmark,
    pytest.mark.django_db(transaction=True),
]


def forget(cursor):
    cursor.execute("ALTER TABLE services_provider NO FORCE ROW LEVEL SECURITY")
    cursor.execute("TRUNCATE services_provider, services_service, services_place CASCADE")
    cursor.execute("ALTER TABLE services_provider FORCE ROW LEVEL SECURITY")


def without_moments(told):
    return {name: value for name, value in told.items() if name != "last_modified"}


def test_tables_and_nested_objects_say_the_same(cast):
    a_full_service()
    told = taken_out()
    (again,) = nested(flat(told))
    one, other = (service_columns(ServiceShape.model_validate(each)) for each in (again, told[0]))
    assert one == other


def test_an_entry_kept_by_others_is_left_alone(cast):
    one = a_full_service()
    told = taken_out()
    told[0]["name"] = "Taken over"
    made = bring_in_services(adil, services=read(told).services)
    assert made.kept_elsewhere == 1
    with acting_as(salma):
        assert Service.objects.get().name == one.name


def test_a_file_changes_what_it_tells_and_history_says_so(cast):
    a_full_service()
    told = taken_out()
    told[0]["fees_description"] = "10 a night"
    assert bring_in_services(salma, services=read(told).services).changed == 1
    with acting_as(salma):
        assert Change.objects.get(kind="imported").changed == {"fees": ["", "10 a night"]}


def test_room_counted_here_later_is_not_overwritten(cast):
    a_full_service()
    told = taken_out()
    capacity = told[0]["capacities"][0]
    capacity |= {"available": 4, "updated": (now() - timedelta(days=3)).isoformat()}
    bring_in_services(salma, services=read(told).services)
    with acting_as(salma):
        assert Room.objects.get().available == 2


def test_a_service_that_became_restricted_stays_so_whatever_a_file_says(cast):
    a_full_service()
    told = taken_out()
    with acting_as(salma):
        Service.objects.update(is_restricted=True)
    bring_in_services(salma, services=read(told).services)
    with acting_as(salma):
        assert Service.objects.get().is_restricted
        assert Place.objects.get().is_restricted
    with acting_as(karim):
        assert not Place.objects.exists()


def test_contact_persons_are_never_kept(cast):
    provider = a_provider()
    person = {"id": str(provider.id), "name": "Jane Roe", "email": "jane@homeward.example"}
    told = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Advice",
        "status": "active",
        "organization_id": str(provider.id),
        "contacts": [person],
        "funding": [{"id": str(provider.id), "source": "A fund"}],
        "service_at_locations": [{"id": str(provider.id), "contacts": [person]}],
    }
    assert bring_in_services(salma, services=read(told).services).added == 1
    with acting_as(salma):
        one = Service.objects.get()
        assert one.beyond == {"funding": [{"id": str(provider.id), "source": "A fund"}]}
        assert "Jane" not in json.dumps([one.beyond, Provider.objects.get().beyond])


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"status": "open"}, "status"),
        ({"id": "1"}, "id"),
        ({"url": "not a uri"}, "url"),
        ({"invented": 1}, "invented"),
        ({"assured_date": "last week"}, "assured_date"),
        ({"capacities": [{"id": "ac148810-d857-441c-9679-408f346de14b"}]}, "capacities.0.unit"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(wrong, path):
    good = {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Advice", "status": "active"}
    found = read([good, {**good, **wrong}])
    assert (2, path) in [(fault.number, fault.path) for fault in found.faults]


@pytest.mark.parametrize("content", [b"", b"PK nothing", b"\xff\xfe", b"[[", b"{}", b"[1]"])
def test_a_file_that_is_none_is_told_in_words(content):
    assert read_content(content).faults


def test_a_package_describes_its_tables(cast):
    a_full_service()
    with zipfile.ZipFile(io.BytesIO(packed(taken_out()))) as archive:
        described = json.loads(archive.read(PACKAGE))
        paths = {one["path"] for one in described["resources"]}
        assert paths == set(archive.namelist()) - {PACKAGE}
        header = archive.read("services.csv").decode().splitlines()[0]
    (services,) = [one for one in described["resources"] if one["name"] == "service"]
    assert header.split(",") == [one["name"] for one in services["schema"]["fields"]]
