"""What comes along when a case passes to another organisation: everything somebody waits for."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.cases.commands import make_appointment, set_next_step
from homeward.cases.models import Appointment
from homeward.cases.queries import get_case
from homeward.cases.tests.handing import offered
from homeward.casework.commands import accept_handover, refer, send_referral
from homeward.casework.tests.test_referring import AGREED, TOLD
from homeward.lib.problems import NotFound
from homeward.referrals import commands, queries
from homeward.referrals.rules import Reason, ReferralOutcome, ReferralState
from homeward.services.tests.directory import a_clinic_service, a_service
from homeward.sharing.commands import end_disclosure
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare
from homeward.sharing.queries import content_of, get_disclosure
from homeward.sharing.rules import Refusal
from tests.agreed import shared
from tests.cast import HARBOUR, jonas, karim, nora, rosa, stranger

S = ReferralState


def sent(case, service, told=TOLD):
    draft = refer(nora, case_id=case.id, service_id=service.id, need="health")
    return send_referral(nora, referral_id=draft.id, told=told)


def taken_on(case, actor=jonas):
    return accept_handover(
        actor, handover_id=offered(nora, actor, case.id).id, lead_membership_id=jonas.membership_id
    )


def seen(actor, referral):
    with acting_as(actor):
        return queries.get_referral(actor, referral.id)


def test_before_it_is_taken_on_nothing_of_it_is_the_receivers(sami):
    referral = sent(sami, a_clinic_service())
    offered(nora, jonas, sami.id)
    with pytest.raises(NotFound):
        seen(jonas, referral)
    with acting_as(jonas), pytest.raises(NotFound):
        get_disclosure(jonas, referral.disclosure_id)
    with pytest.raises(NotFound):
        end_disclosure(jonas, disclosure_id=referral.disclosure_id)


def test_open_referrals_are_answered_to_the_new_lead_and_what_was_sent_stands(sami):
    referral = sent(sami, a_clinic_service())
    commands.accept_referral(karim, referral_id=referral.id)
    taken_on(sami)
    assert seen(jonas, referral).from_organisation_id == HARBOUR
    told = content_of(karim, referral.disclosure_id).content
    assert content_of(jonas, referral.disclosure_id).content == told
    with pytest.raises(NotFound):
        commands.recall_referral(nora, referral_id=referral.id, reason=Reason.NO_LONGER_NEEDED)
    commands.complete_referral(karim, referral_id=referral.id, outcome=ReferralOutcome.RECEIVED)
    assert seen(jonas, referral).state == S.COMPLETED


def test_who_only_takes_part_in_a_case_refers_nobody_not_even_by_letter(sami):
    shared(nora, sami.id, HARBOUR)
    for service, told in ((a_clinic_service(), TOLD), (a_service(needs=("health",)), AGREED)):
        draft = refer(jonas, case_id=sami.id, service_id=service.id, need="health")
        with pytest.raises(NotAllowedToShare) as refused:
            send_referral(jonas, referral_id=draft.id, told=told)
        assert refused.value.refusals == (Refusal.ONWARD_NOT_AGREED,)


def test_the_new_lead_takes_back_what_the_former_one_sent(sami):
    referral = sent(sami, a_clinic_service())
    taken_on(sami)
    commands.recall_referral(jonas, referral_id=referral.id, reason=Reason.NO_LONGER_NEEDED)
    with pytest.raises(DisclosureEnded):
        content_of(karim, referral.disclosure_id)
    with acting_as(jonas):
        ended = get_disclosure(jonas, referral.disclosure_id)
    assert (ended.ended_why, ended.ended_by_id) == ("recalled", jonas.user_id)


def test_drafts_and_letters_come_along_and_what_has_ended_stays_with_who_sent_it(sami):
    ended = sent(sami, a_clinic_service(name="First"))
    commands.decline_referral(karim, referral_id=ended.id, reason=Reason.NO_CAPACITY)
    letter = sent(sami, a_service(needs=("health",)), AGREED)
    draft = refer(nora, case_id=sami.id, service_id=a_clinic_service(name="Third").id, need="work")
    taken_on(sami)
    assert {seen(jonas, one).from_organisation_id for one in (letter, draft)} == {HARBOUR}
    assert seen(jonas, ended).from_organisation_id != HARBOUR
    with acting_as(jonas):
        assert queries.letter_of(jonas, letter.id).content


def test_whoever_answers_for_the_organisation_can_take_a_case_on_with_all_of_it(sami):
    starts_at = now() + timedelta(days=3)
    appointment = make_appointment(nora, case_id=sami.id, starts_at=starts_at, subject="First talk")
    set_next_step(nora, case_id=sami.id, expected_version=1, next_step="Call him", next_step_on=localdate())
    referral = sent(sami, a_clinic_service())
    taken_on(sami)
    with acting_as(jonas):
        case = get_case(jonas, sami.id)
        assert (case.next_step, case.lead_user_id) == ("Call him", jonas.user_id)
        assert Appointment.objects.get(id=appointment.id).worker_id == jonas.user_id
    assert seen(jonas, referral).from_organisation_id == HARBOUR
    with acting_as(stranger), pytest.raises(NotFound):
        get_disclosure(stranger, referral.disclosure_id)
    handover = offered(jonas, nora, sami.id)
    accept_handover(rosa, handover_id=handover.id, lead_membership_id=nora.membership_id)
    assert seen(nora, referral).from_organisation_id != HARBOUR
