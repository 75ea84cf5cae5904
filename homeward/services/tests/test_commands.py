from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from homeward.access.acting import acting_as
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from homeward.privacy.opening import TooManyOpenings
from homeward.services.commands import (
    add_service,
    answer_proposal,
    count_room,
    edit_provider,
    edit_service,
    free_room,
    open_restricted_place,
    propose_change,
    read_feedback,
    reserve_room,
    say_feedback,
    verify_service,
)
from homeward.services.models import Change, Place, Room, Service
from homeward.services.problems import NoRoom, NotYours
from homeward.services.public import reading_publicly
from homeward.services.queries import feedback_on, places_of, waiting_feedback, waiting_proposals
from homeward.services.rules import PlaceReason, ProviderDetails, ServiceDetails
from homeward.services.tests.directory import a_clinic_service, a_provider, a_service, beds
from tests.cast import karim, mira, nora, salma, stranger

pytestmark = pytest.mark.django_db

DETAILS = ServiceDetails("Beds", needs=("shelter",), countries=("XM",))


def test_a_case_manager_proposes_but_does_not_write(cast):
    service = a_service()
    with pytest.raises(Refused):
        edit_service(nora, service_id=service.id, expected_version=1, details=DETAILS)
    propose_change(nora, service_id=service.id, words="The number changed.")
    with acting_as(salma):
        (proposal,) = waiting_proposals(salma)
    answer_proposal(salma, proposal_id=proposal.id, is_taken=True)
    with pytest.raises(WrongState):
        answer_proposal(salma, proposal_id=proposal.id, is_taken=True)


def test_an_entry_kept_elsewhere_is_not_changed(cast):
    service = a_service()
    with pytest.raises(NotYours):
        edit_service(karim, service_id=service.id, expected_version=1, details=DETAILS)
    with acting_as(karim):
        assert Service.objects.filter(id=service.id).update(name="Taken over") == 0


def test_what_is_said_of_an_organisation_is_changed_by_its_keeper_as_they_last_saw_it(cast):
    provider = a_provider()
    told = {"provider_id": provider.id, "expected_version": 1}
    with pytest.raises(NotYours):
        edit_provider(karim, **told, details=ProviderDetails("Taken over"))
    with pytest.raises(Invalid):
        edit_provider(salma, **told, details=ProviderDetails(" "))
    edit_provider(salma, **told, details=ProviderDetails("Night shelter"))
    with pytest.raises(EditConflict):
        edit_provider(salma, **told, details=ProviderDetails("Another"))


def test_a_provider_edits_its_own_service_whoever_keeps_the_entry(cast):
    service = a_clinic_service()
    edit_service(karim, service_id=service.id, expected_version=1, details=DETAILS, rooms=beds(1))
    verify_service(karim, service_id=service.id)
    with acting_as(nora):
        kinds = list(Change.objects.filter(service=service).order_by("at").values_list("kind", flat=True))
    assert kinds == ["added", "edited", "verified"]


def test_two_who_edit_at_once_do_not_overwrite_each_other(cast):
    service = a_service()
    edit_service(salma, service_id=service.id, expected_version=1, details=DETAILS)
    with pytest.raises(EditConflict):
        edit_service(salma, service_id=service.id, expected_version=1, details=DETAILS)


def test_history_says_what_was_before_and_after(cast):
    service = a_service(fees="")
    details = ServiceDetails(
        "Beds", needs=("shelter",), countries=("XM",), languages=("ar",), fees="10 a night"
    )
    edit_service(salma, service_id=service.id, expected_version=1, details=details)
    with acting_as(salma):
        changed = Change.objects.get(service=service, kind="edited").changed
    assert changed == {"name": ["Beds for a night", "Beds"], "fees": ["", "10 a night"]}


def test_history_cannot_be_rewritten(cast):
    a_service()
    with acting_as(salma), pytest.raises(Exception, match="permission denied"):
        Change.objects.update(by_name="Somebody else")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (ServiceDetails("", needs=("shelter",)), "name"),
        (ServiceDetails("Beds"), "needs"),
        (ServiceDetails("Beds", needs=("invented",)), "needs"),
        (ServiceDetails("Beds", needs=("shelter",), countries=("ZZ",)), "countries"),
        (ServiceDetails("Beds", needs=("shelter",), minimum_age=30, maximum_age=18), "maximum_age"),
    ],
)
def test_answers_that_cannot_be_are_named(cast, details, field):
    with pytest.raises(Invalid) as told:
        add_service(salma, provider_id=a_provider().id, details=details)
    assert field in told.value.fields


def test_room_is_taken_until_none_is_left_and_given_back(cast):
    service = a_service(rooms=beds(1, total=2))
    assert reserve_room(nora, service_id=service.id).available == 0
    with pytest.raises(NoRoom):
        reserve_room(nora, service_id=service.id)
    assert free_room(nora, service_id=service.id).available == 1
    assert free_room(nora, service_id=service.id).available == 2
    assert free_room(nora, service_id=service.id).available == 2


def test_a_service_that_keeps_no_count_reserves_nothing(cast):
    assert reserve_room(nora, service_id=a_service().id) is None


def test_a_service_that_works_here_counts_its_room_itself(cast):
    service = a_clinic_service(rooms=beds(1))
    with pytest.raises(Refused):
        reserve_room(nora, service_id=service.id)
    assert reserve_room(karim, service_id=service.id).available == 0


def test_there_is_never_more_free_than_there_is(cast):
    service = a_service(rooms=beds(1))
    with pytest.raises(Invalid):
        count_room(salma, service_id=service.id, unit="Bed", total=1, available=2)
    with acting_as(salma):
        with pytest.raises(IntegrityError), transaction.atomic():
            Room.objects.update(available=-1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Room.objects.update(available=5)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_want_three_beds_at_once_three_get_one(cast):
    service = a_service(rooms=beds(3, total=3))

    def wants(_number):
        try:
            reserve_room(salma, service_id=service.id)
        except NoRoom:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(wants, range(8)))
    with acting_as(salma):
        assert (got.count(True), Room.objects.get().available) == (3, 0)


def test_where_a_restricted_service_is_stays_hidden_until_it_is_opened_with_a_reason(cast, past_policies):
    service = a_service(is_restricted=True)
    with acting_as(nora):
        assert list(places_of(nora, service.id)) == []
        assert list(Place.objects.all()) == []
    shown = open_restricted_place(nora, service_id=service.id, reason=PlaceReason.TAKING_SOMEBODY)
    assert [here.place.city for here in shown.places] == ["Saltfield"]
    with acting_as(nora):
        assert list(Place.objects.all()) == []
    asked = "SELECT note FROM audit_entry WHERE action = 'service.open_restricted' AND note <> ''"
    notes = past_policies(asked)
    assert [row["note"] for row in notes] == ["taking_somebody"]


def test_so_many_places_an_hour_are_opened_as_of_everything_sealed(cast, settings):
    settings.OPENINGS_AN_HOUR = 1
    service = a_service(is_restricted=True)
    open_restricted_place(nora, service_id=service.id, reason=PlaceReason.CHECKING)
    with pytest.raises(TooManyOpenings):
        open_restricted_place(nora, service_id=service.id, reason=PlaceReason.CHECKING)


def test_a_role_that_sends_nobody_does_not_learn_of_a_restricted_service(cast):
    service = a_service(is_restricted=True)
    with pytest.raises(Refused):
        open_restricted_place(mira, service_id=service.id, reason=PlaceReason.CHECKING)
    with pytest.raises(NotFound):
        say_feedback(karim, service_id=service.id, rating=5)


def test_a_place_becomes_restricted_with_its_service_and_stays_so(cast):
    service = a_service()
    details = ServiceDetails("Beds", needs=("shelter",), is_restricted=True)
    edit_service(salma, service_id=service.id, expected_version=1, details=details)
    with acting_as(salma):
        assert Place.objects.get().is_restricted
        with pytest.raises(IntegrityError, match="restricted"), transaction.atomic():
            Place.objects.update(is_restricted=False)
    with acting_as(stranger):
        assert not Place.objects.exists()


def test_the_public_sees_open_services_and_nothing_else(cast):
    a_service(name="Open to all")
    a_service(provider=a_provider(name="Safe House"), name="Safe house", is_restricted=True, rooms=beds(1))
    assert not Service.objects.exists()
    with reading_publicly():
        assert [one.name for one in Service.objects.all()] == ["Open to all"]
        assert [one.provider.name for one in Service.objects.select_related("provider")] == ["Shelter Demo"]
        assert Place.objects.count() == 1
        assert not Room.objects.exists()
        assert not Change.objects.exists()
    assert not Service.objects.exists()


def test_feedback_is_shown_once_its_keeper_has_read_it(cast):
    service = a_service()
    with pytest.raises(Invalid):
        say_feedback(nora, service_id=service.id, rating=6)
    said = say_feedback(nora, service_id=service.id, rating=4, words="They answer on the same day.")
    with acting_as(stranger):
        assert not feedback_on(stranger, service.id).exists()
    with pytest.raises(NotFound):
        read_feedback(karim, feedback_id=said.id, is_shown=True)
    with acting_as(salma):
        assert list(waiting_feedback(salma)) == [said]
    read_feedback(salma, feedback_id=said.id, is_shown=True)
    with acting_as(stranger):
        assert [one.words for one in feedback_on(stranger, service.id)] == ["They answer on the same day."]
