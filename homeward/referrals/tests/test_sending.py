import pytest
from django.core import mail

from homeward.access.acting import acting_as
from homeward.cases.models import Event
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.referrals import commands, queries
from homeward.referrals.models import Referral
from homeward.referrals.problems import AlreadyReferred, NotTheirs, ReferralMoved
from homeward.referrals.rules import Reason, ReferralState, Urgency
from homeward.referrals.tests.referred import asked, brought_to, drafted, sent
from tests.cast import CLINIC, RETURN_PARTNERS, frida, jonas, karim, nora, salma, stranger

S = ReferralState


@pytest.mark.parametrize("actor", [karim, frida, salma])
def test_other_roles_refer_nobody(sami, actor):
    with pytest.raises(Refused):
        commands.draft_referral(actor, case_id=sami.id, service=asked(), need="counselling")


@pytest.mark.parametrize("actor", [stranger, jonas])
def test_a_case_of_another_organisation_is_not_there(sami, actor):
    with pytest.raises(NotFound):
        commands.draft_referral(actor, case_id=sami.id, service=asked(), need="counselling")


def test_a_referral_is_for_a_need(sami):
    with pytest.raises(Invalid):
        drafted(sami, need="")


def test_nobody_is_referred_to_one_service_twice_at_once(sami):
    service = asked()
    sent(sami, service=service)
    with pytest.raises(AlreadyReferred):
        drafted(sami, service=service)


def test_after_an_end_the_same_service_may_be_asked_again(sami):
    service = asked()
    first = sent(sami, service=service)
    commands.decline_referral(karim, referral_id=first.id, reason=Reason.NO_CAPACITY)
    assert drafted(sami, service=service).state == S.DRAFT


def test_a_draft_is_seen_by_nobody_but_its_writers_side(sami):
    draft = drafted(sami)
    for actor in (karim, jonas, stranger):
        with acting_as(actor):
            assert not queries.visible_referrals(actor).exists()
            assert not Referral.objects.exists()  # nor past the code: the database shows none
    with acting_as(nora):
        assert queries.get_referral(nora, draft.id) == draft


def test_nothing_is_sent_without_a_disclosure(sami):
    draft = drafted(sami)
    with pytest.raises(Exception, match="nothing_sent_without_a_disclosure"):
        commands.send_referral(nora, referral_id=draft.id)


def test_a_provider_without_account_is_sent_no_disclosure(sami):
    assert sent(sami, None).state == S.SENT


def test_sending_starts_the_clock_tells_the_case_and_mails_the_receiver(
    sami, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        referral = sent(sami, urgency=Urgency.SOON)
    assert (referral.reply_due_at - referral.sent_at).days == 3
    with acting_as(nora):
        assert Event.objects.filter(case=sami, kind="referral_sent", subject_id=referral.id).count() == 1
    assert [one.to for one in mail.outbox] == [["karim@homeward.example"]]
    assert "Sami" not in mail.outbox[0].body


def test_it_cannot_be_sent_twice(sami):
    referral = sent(sami)
    with pytest.raises(ReferralMoved):
        commands.send_referral(nora, referral_id=referral.id, disclosure_id=new_id())


def test_the_receiver_sees_the_referral_and_never_the_case(sami):
    referral = sent(sami)
    with acting_as(karim):
        found = queries.get_referral(karim, referral.id)
        assert (found.need, found.place, found.to_organisation_id) == ("counselling", "Saltfield", CLINIC)
        assert not type(sami).objects.filter(id=sami.id).exists()
        assert not Event.objects.exists()


def test_the_receiver_takes_nothing_back(sami):
    referral = sent(sami)
    with pytest.raises(Refused):
        commands.recall_referral(karim, referral_id=referral.id, reason=Reason.NO_LONGER_NEEDED)


@pytest.mark.parametrize("state", [S.SENT, S.ACKNOWLEDGED, S.WAITLISTED, S.ACCEPTED, S.STARTED])
def test_what_is_taken_back_is_gone_for_the_receiver(sami, state):
    referral = brought_to(state, sami)
    commands.recall_referral(nora, referral_id=referral.id, reason=Reason.CLIENT_REFUSED)
    with acting_as(karim):
        assert not queries.visible_referrals(karim).exists()
        assert not Referral.objects.exists()


@pytest.mark.parametrize("state", [S.COMPLETED, S.DECLINED, S.RECALLED])
def test_what_has_ended_is_not_taken_back(sami, state):
    referral = brought_to(state, sami)
    with pytest.raises(ReferralMoved):
        commands.recall_referral(nora, referral_id=referral.id, reason=Reason.CLIENT_REFUSED)


def test_taking_back_for_another_reason_needs_words(sami):
    with pytest.raises(Invalid):
        commands.recall_referral(nora, referral_id=sent(sami).id, reason=Reason.OTHER, words=" ")


def test_all_that_is_open_is_withdrawn_with_the_case(sami):
    kept = brought_to(S.COMPLETED, sami)
    for state in (S.DRAFT, S.SENT, S.ACCEPTED):
        brought_to(state, sami)
    assert len(commands.withdraw_open_referrals(nora, case_id=sami.id, reason=Reason.CASE_CLOSED)) == 3
    with acting_as(nora):
        assert not queries.open_referrals_of(nora, sami.id).exists()
        assert queries.get_referral(nora, kept.id).state == S.COMPLETED


def test_somebody_elses_referral_is_not_there(sami):
    referral = sent(sami)
    for act in (
        lambda: commands.recall_referral(stranger, referral_id=referral.id, reason=Reason.CLIENT_REFUSED),
        lambda: commands.accept_referral(stranger, referral_id=referral.id),
        lambda: commands.open_referral(stranger, referral_id=referral.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_sender_does_not_answer_for_a_service_with_an_account(sami):
    referral = sent(sami)
    with pytest.raises(NotTheirs):
        commands.accept_referral(nora, referral_id=referral.id)
    with pytest.raises(NotTheirs):
        commands.open_referral(nora, referral_id=referral.id)


def test_an_own_service_is_asked_without_a_disclosure(sami):
    draft = drafted(sami, RETURN_PARTNERS)
    referral = commands.send_referral(nora, referral_id=draft.id)
    assert commands.accept_referral(nora, referral_id=referral.id).state == S.ACCEPTED
