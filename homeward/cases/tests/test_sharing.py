import pytest
from django.db import ProgrammingError

from homeward.access.acting import acting_as
from homeward.cases.commands import end_share
from homeward.cases.commands.sharing import NotTheLead, SharedAlready
from homeward.cases.models import Case, Listing
from homeward.cases.queries import get_case, get_listing
from homeward.cases.rules import Scope
from homeward.lib.problems import Invalid, NotFound
from homeward.people.queries import get_person
from tests import agreed
from tests.cast import HARBOUR, MARENIA, jonas, nora, salma, stranger


def shared(case, organisation_id, scope=Scope.PARTICIPANT):
    return agreed.shared(nora, case.id, organisation_id, scope=scope)


def test_a_stranger_cannot_share_what_is_not_theirs(sami):
    with pytest.raises(NotFound):
        agreed.shared(stranger, sami.id, HARBOUR)


def test_sharing_needs_a_reason_why_they_need_it(sami):
    with pytest.raises(Invalid):
        agreed.shared(nora, sami.id, HARBOUR, necessity=" ")


def test_a_shared_case_opens_and_closes_again_at_once(sami):
    share = shared(sami, HARBOUR)
    with acting_as(jonas):
        assert get_case(jonas, sami.id).person.given_names == "Sami"
        assert get_person(jonas, sami.person_id).native_name == "سامي مثال"
        assert get_listing(jonas, sami.id).latin_name == "Sami Example"
    end_share(nora, case_id=sami.id, share_id=share.id)
    with acting_as(jonas):
        with pytest.raises(NotFound):
            get_case(jonas, sami.id)
        with pytest.raises(NotFound):
            get_person(jonas, sami.person_id)


def test_an_expected_arrival_shows_no_identity(sami):
    shared(sami, MARENIA, Scope.ARRIVAL)
    with acting_as(salma):
        listing = get_listing(salma, sami.id)
        assert listing.person_id is None
        assert (listing.latin_name, listing.native_name, listing.search_name) == ("", "", "")
        assert listing.return_country == "XM"
        assert not Case.objects.exists()
        with pytest.raises(NotFound):
            get_person(salma, sami.person_id)


def test_it_is_not_shared_twice(sami):
    shared(sami, HARBOUR)
    with pytest.raises(SharedAlready):
        shared(sami, HARBOUR)


def test_a_receiver_cannot_share_onwards(sami):
    shared(sami, HARBOUR)
    with pytest.raises(NotTheLead):
        agreed.shared(jonas, sami.id, MARENIA)


def test_a_receiver_cannot_widen_its_own_listing(sami):
    shared(sami, HARBOUR)
    with pytest.raises(ProgrammingError), acting_as(jonas):
        Listing.objects.filter(case_id=sami.id).update(scope=Scope.LEAD)
