"""Sending somebody to a service of the directory: what is told, on what ground, and what is held."""

import json
from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.journey_rules import ClosingReason
from homeward.casework import referring
from homeward.casework.commands import close_case, refer, send_referral
from homeward.casework.referring import Telling
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from homeward.referrals import commands, queries
from homeward.referrals.problems import NoRoomLeft
from homeward.referrals.rules import Channel, Reason, ReferralOutcome, ReferralState
from homeward.services.queries import rooms_of
from homeward.services.tests.directory import a_clinic_service, a_service, beds
from homeward.sharing.commands import end_agreement
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare
from homeward.sharing.queries import content_of, get_disclosure
from homeward.sharing.rules import Basis
from tests.agreed import agreed
from tests.cast import CLINIC, RETURN_PARTNERS, frida, karim, nora, stranger, tarek

S = ReferralState
TOLD = Telling(("name", "languages"), "They have to know whom to expect.", basis=Basis.PUBLIC_INTEREST)
AGREED = Telling(("name",), "They have to know whom to expect.", agreed_on=date(2026, 3, 3))


@pytest.fixture
def cast(cast_without_agreements):
    """Here nothing is agreed beforehand."""


@pytest.fixture
def agreement(cast):
    return agreed(RETURN_PARTNERS, CLINIC)


def drafted(case, service, need="health"):
    return refer(nora, case_id=case.id, service_id=service.id, need=need)


def sent(case, service, told=TOLD):
    return send_referral(nora, referral_id=drafted(case, service).id, told=told)


def free_places(service):
    with acting_as(nora):
        return sum(one.available for one in rooms_of(nora, service.id))


@pytest.mark.parametrize("actor", [karim, frida])
def test_other_roles_send_nobody(sami, actor):
    with pytest.raises(Refused):
        refer(actor, case_id=sami.id, service_id=a_clinic_service().id, need="health")


@pytest.mark.parametrize("actor", [stranger, tarek])
def test_a_case_that_is_not_theirs_is_not_there(sami, actor):
    with pytest.raises(NotFound):
        refer(actor, case_id=sami.id, service_id=a_clinic_service().id, need="health")


def test_without_an_agreement_nothing_leaves(sami):
    with pytest.raises(NotAllowedToShare):
        sent(sami, a_clinic_service())


def test_without_a_reason_or_a_ground_nothing_leaves(sami, agreement):
    draft = drafted(sami, a_clinic_service())
    for told in (
        Telling(("name",), " ", basis=Basis.PUBLIC_INTEREST),
        Telling(("name",), "Why", basis=Basis.CONSENT),
    ):
        with pytest.raises(NotAllowedToShare):
            send_referral(nora, referral_id=draft.id, told=told)
    with acting_as(nora):
        assert queries.get_referral(nora, draft.id).state == S.DRAFT


def test_the_service_opens_exactly_what_was_composed(sami, agreement):
    referral = sent(sami, a_clinic_service())
    with acting_as(nora):
        composed = referring.compose(nora, sami.id, TOLD.field_codes).content
    assert content_of(karim, referral.disclosure_id).content == composed
    assert json.loads(composed) == {"name": ["Sami Example", "سامي مثال"], "languages": ["ar", "fr"]}


def test_a_way_to_reach_somebody_is_never_told_without_when_it_is_safe(sami):
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.PHONE, value="+999 555", may_call=False)
    with acting_as(nora):
        told = referring.told_in(referring.compose(nora, sami.id, ["contacts"]).content)
    assert told["contacts"][0]["value"].replace(" ", "") == "+999555"
    assert told["contacts"][0]["may_call"] is False


@pytest.mark.parametrize("need", ["health", "shelter", "nothing we know"])
def test_no_need_asks_for_more_than_is_in_the_catalogue(need):
    assert set(referring.fields_for(need)) <= set(referring.FIELDS)


def test_where_a_shelter_is_does_not_stand_in_a_referral(sami):
    shelter = a_service(needs=("shelter",), is_restricted=True)
    assert drafted(sami, shelter, need="shelter").place == ""


def test_what_was_shared_ends_with_a_referral_that_is_declined_or_taken_back(sami, agreement):
    for end in (
        lambda id_: commands.decline_referral(karim, referral_id=id_, reason=Reason.NO_CAPACITY),
        lambda id_: commands.recall_referral(nora, referral_id=id_, reason=Reason.CLIENT_REFUSED),
    ):
        referral = sent(sami, a_clinic_service())
        end(referral.id)
        with pytest.raises(DisclosureEnded):
            content_of(karim, referral.disclosure_id)


def test_with_the_agreement_ends_what_the_service_reads(sami, agreement):
    referral = sent(sami, a_clinic_service())
    end_agreement(system_actor(CLINIC), agreement_id=agreement.id, why="Moved away")
    with pytest.raises(DisclosureEnded):
        content_of(karim, referral.disclosure_id)


def test_accepting_keeps_a_place_and_the_end_frees_it(sami, agreement):
    service = a_clinic_service(rooms=beds(1))
    referral = sent(sami, service)
    accepted = commands.accept_referral(karim, referral_id=referral.id)
    assert (accepted.holds_room, accepted.room_unit, free_places(service)) == (True, "Bed", 0)
    commands.complete_referral(karim, referral_id=referral.id, outcome=ReferralOutcome.RECEIVED)
    assert free_places(service) == 1


def test_a_place_is_freed_when_the_sender_takes_the_referral_back(sami, agreement):
    service = a_clinic_service(rooms=beds(1))
    referral = sent(sami, service)
    commands.accept_referral(karim, referral_id=referral.id)
    commands.recall_referral(nora, referral_id=referral.id, reason=Reason.NO_LONGER_NEEDED)
    assert free_places(service) == 1


def test_a_full_service_accepts_nobody_and_keeps_a_waiting_list(sami, agreement):
    service = a_clinic_service(rooms=beds(0))
    referral = sent(sami, service)
    with pytest.raises(NoRoomLeft):
        commands.accept_referral(karim, referral_id=referral.id)
    assert commands.waitlist_referral(karim, referral_id=referral.id).state == S.WAITLISTED


def test_who_has_no_account_is_told_only_what_the_person_agreed_to(sami):
    draft = drafted(sami, a_service(needs=("health",)))
    with pytest.raises(Invalid):
        send_referral(nora, referral_id=draft.id, told=TOLD)
    send_referral(nora, referral_id=draft.id, told=AGREED)
    opened = queries.letter_of(nora, draft.id)
    assert referring.told_in(opened.content) == {"name": ["Sami Example", "سامي مثال"]}
    for actor in (karim, stranger):
        with pytest.raises((NotFound, Refused)):
            queries.letter_of(actor, draft.id)


def test_a_service_without_account_that_said_yes_is_believed_though_the_count_says_full(sami):
    service = a_service(needs=("health",), rooms=beds(0))
    referral = sent(sami, service, AGREED)
    accepted = commands.accept_referral(nora, referral_id=referral.id, channel=Channel.PHONE)
    assert (accepted.state, accepted.holds_room) == (S.ACCEPTED, False)


def test_after_a_no_the_next_service_is_one_that_was_not_tried(sami, agreement):
    first, other = a_clinic_service(), a_service(needs=("health",), name="Second")
    referral = sent(sami, first)
    with acting_as(nora):
        assert referring.next_service(nora, queries.get_referral(nora, referral.id)) is None
    commands.decline_referral(karim, referral_id=referral.id, reason=Reason.NO_CAPACITY)
    with acting_as(nora):
        declined = queries.get_referral(nora, referral.id)
        assert referring.next_service(nora, declined).service == other
        found = referring.services_for(nora, sami.id, "health")
        assert {match.service.id: was_tried for match, was_tried in found} == {
            first.id: True,
            other.id: False,
        }


def test_with_the_case_its_open_referrals_are_taken_back(sami, agreement):
    service = a_clinic_service(rooms=beds(1))
    referral = sent(sami, service)
    commands.accept_referral(karim, referral_id=referral.id)
    close_case(nora, case_id=sami.id, closed_on=date(2026, 5, 1), reason=ClosingReason.COMPLETED)
    with acting_as(nora):
        ended = queries.get_referral(nora, referral.id)
    assert (ended.state, ended.reason, free_places(service)) == (S.RECALLED, Reason.CASE_CLOSED, 1)
    with acting_as(nora):
        assert get_disclosure(nora, referral.disclosure_id).ended_why == "recalled"


def test_the_new_lead_takes_the_open_referrals_over(sami):
    referral = sent(sami, a_service(needs=("health",)), AGREED)
    assert commands.take_over_referrals(nora, case_id=sami.id) == []
    with acting_as(nora):
        assert queries.get_referral(nora, referral.id).from_organisation_id == RETURN_PARTNERS
