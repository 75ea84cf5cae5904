from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.problems import NotFound, Refused
from homeward.services.models import Service
from homeward.services.queries import (
    ServiceFilters,
    found_services,
    get_service,
    matching_services,
    stale_services,
)
from homeward.services.rules import Doubt, FitReason, ForWhom, Needs, PlaceDetails
from homeward.services.tests.directory import a_provider, a_service, beds
from tests.cast import frida, karim, nora, otto, salma

pytestmark = pytest.mark.django_db


def names(actor, **filters):
    with acting_as(actor):
        return [one.name for one in found_services(actor, ServiceFilters(**filters))]


def test_finance_and_donors_have_no_directory(cast):
    service = a_service()
    for actor in (frida, otto):
        with acting_as(actor), pytest.raises(Refused):
            get_service(actor, service.id)


def test_a_restricted_service_is_found_by_those_who_send_people(cast):
    service = a_service(is_restricted=True)
    assert names(nora) == names(salma) == ["Beds for a night"]
    assert names(karim) == []
    with acting_as(karim), pytest.raises(NotFound):
        get_service(karim, service.id)


def test_services_are_found_by_what_one_looks_for(cast):
    a_service(name="Women's beds", rooms=beds(2), is_free=True)
    step_free = PlaceDetails("Clinic", city="Old Harbour", country="XM", is_step_free=True)
    a_service(name="Clinic", needs=("health",), languages=("fr",), places=(step_free,), is_free=False)
    assert names(nora, need="health") == ["Clinic"]
    assert names(nora, place="saltf") == ["Women's beds"]
    assert names(nora, language="fr") == ["Clinic"]
    assert names(nora, has_room=True) == names(nora, is_free=True) == ["Women's beds"]
    assert names(nora, is_step_free=True) == ["Clinic"]
    assert names(nora, text="beds") == ["Women's beds"]
    assert names(nora, country="XN") == []
    assert names(nora, country="XM", text="shelter demo") == ["Clinic", "Women's beds"]


def test_what_answers_a_need_comes_with_reasons_the_surest_first(cast):
    a_service(name="Far", places=(PlaceDetails("There", city="Old Harbour", country="XM"),))
    a_service(name="Full", rooms=beds(0))
    a_service(name="Near", rooms=beds(2), is_free=True)
    a_service(name="For women", for_whom=ForWhom.WOMEN)
    needs = Needs("shelter", country="XM", place="Saltfield", languages=("ar",), sex="male", age=30)
    with acting_as(nora):
        found = matching_services(nora, needs)
    assert [one.service.name for one in found] == ["Near", "Full", "Far"]
    assert {FitReason.SAME_PLACE, FitReason.ROOM, FitReason.FREE, FitReason.LANGUAGE} <= set(found[0].reasons)
    assert Doubt.FULL in found[1].doubts
    assert Doubt.OTHER_PLACE in found[2].doubts


def test_matching_asks_the_database_the_same_number_of_times_for_many_as_for_few(cast):
    def asked():
        with (
            acting_as(nora),
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            matching_services(nora, Needs("shelter"))
        return len(captured)

    provider = a_provider()
    a_service(provider=provider, rooms=beds(1))
    few = asked()
    for number in range(5):
        a_service(provider=provider, name=f"Service {number}", rooms=beds(1))
    assert asked() == few


def test_a_restricted_service_matches_by_the_area_it_serves(cast):
    a_service(is_restricted=True, areas=("North",))
    with acting_as(nora):
        (found,) = matching_services(nora, Needs("shelter", country="XM", place="North"))
    assert FitReason.SAME_PLACE in found.reasons
    assert Doubt.PLACE_RESTRICTED in found.doubts


def test_services_nobody_made_sure_of_are_listed_the_oldest_first(cast):
    fresh, old, never = (a_service(name=name) for name in ("Fresh", "Old", "Never"))
    with acting_as(salma):
        Service.objects.filter(id=old.id).update(last_verified_on=localdate() - timedelta(days=200))
        Service.objects.filter(id=never.id).update(last_verified_on=None)
        assert [one.name for one in stale_services(salma, localdate())] == ["Old", "Never"]
        assert fresh.last_verified_on > date(2020, 1, 1)
