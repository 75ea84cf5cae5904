from datetime import date, timedelta
from itertools import product

import pytest
from django.core import mail
from django.db import Error, transaction
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.models import Event
from homeward.lib.problems import Invalid, Problem, Refused
from homeward.referrals import commands, queries
from homeward.referrals.jobs import mind
from homeward.referrals.models import Referral, ReferralConfirmation, ReferralEvent
from homeward.referrals.problems import ReferralMoved
from homeward.referrals.rules import MOVES, OPEN, Channel, Confirmed, Reason, ReferralOutcome, ReferralState
from homeward.referrals.tests.referred import brought_to, sent
from tests.cast import CLINIC, RETURN_PARTNERS, karim, mira, nora, vera

S = ReferralState
REACHED = [state for state in S if state != S.EXPIRED]
WITHOUT_ACCOUNT = [one for one in S if one not in (S.EXPIRED, S.ACKNOWLEDGED)]
ANSWERS = [S.ACCEPTED, S.DECLINED, S.WAITLISTED, S.STARTED, S.COMPLETED]
ACTS = {
    S.SENT: lambda actor, id_, how: commands.send_referral(actor, referral_id=id_),
    S.ACKNOWLEDGED: lambda actor, id_, how: commands.open_referral(actor, referral_id=id_),
    S.ACCEPTED: lambda actor, id_, how: commands.accept_referral(actor, referral_id=id_, channel=how),
    S.DECLINED: lambda actor, id_, how: commands.decline_referral(
        actor, referral_id=id_, reason=Reason.NO_CAPACITY, channel=how
    ),
    S.WAITLISTED: lambda actor, id_, how: commands.waitlist_referral(actor, referral_id=id_, channel=how),
    S.STARTED: lambda actor, id_, how: commands.start_referral(actor, referral_id=id_, channel=how),
    S.COMPLETED: lambda actor, id_, how: commands.complete_referral(
        actor, referral_id=id_, outcome=ReferralOutcome.RECEIVED, channel=how
    ),
}


def as_seen(actor, referral):
    with acting_as(actor):
        return queries.get_referral(actor, referral.id)


@pytest.mark.parametrize("actor", [mira, vera])
def test_other_roles_answer_nothing(sami, actor):
    with pytest.raises(Refused):
        commands.accept_referral(actor, referral_id=sent(sami).id)


@pytest.mark.parametrize(("before", "after"), list(product(REACHED, ANSWERS)))
def test_a_service_answers_along_the_moves_and_no_other_way(sami, before, after):
    referral = brought_to(before, sami)
    if after in MOVES[before]:
        assert ACTS[after](karim, referral.id, Channel.HOMEWARD).state == after
        assert as_seen(nora, referral).state == after
    else:
        with pytest.raises(Problem):
            ACTS[after](karim, referral.id, Channel.HOMEWARD)
        assert as_seen(nora, referral).state == before


@pytest.mark.parametrize(("before", "after"), list(product(WITHOUT_ACCOUNT, S)))
def test_the_database_lets_no_other_move_pass(sami, before, after):
    referral = brought_to(before, sami, None)
    ended = None if after in OPEN else now()
    said = {"reason": Reason.OTHER, "outcome": ReferralOutcome.RECEIVED if after == S.COMPLETED else ""}
    change = {"state": after, "ended_at": ended, "sent_at": now(), "reply_due_at": now(), **said}
    with acting_as(nora):
        try:
            with transaction.atomic():
                Referral.objects.filter(id=referral.id).update(**change)
            moved = True
        except Error:
            moved = False
    is_no_move = before == after and before in OPEN
    assert moved == (after in MOVES[before] or is_no_move)


def test_a_receiver_cannot_take_back_or_expire_past_the_code(sami):
    referral = sent(sami)
    for state in (S.RECALLED, S.EXPIRED):
        with acting_as(karim), pytest.raises(Error), transaction.atomic():
            Referral.objects.filter(id=referral.id).update(state=state, ended_at=now(), reason="other")


def test_a_sender_cannot_answer_past_the_code(sami):
    referral = sent(sami)
    with acting_as(nora), pytest.raises(Error), transaction.atomic():
        Referral.objects.filter(id=referral.id).update(state=S.ACCEPTED)


def test_what_was_asked_is_not_changed_and_steps_are_only_added(sami):
    referral = sent(sami)
    with acting_as(nora):
        for change in ({"need": "housing"}, {"to_organisation_id": RETURN_PARTNERS}, {"disclosure_id": None}):
            with pytest.raises(Error), transaction.atomic():
                Referral.objects.filter(id=referral.id).update(**change)
        for act in (
            lambda: ReferralEvent.objects.update(words="x"),
            lambda: ReferralEvent.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()


def test_opening_is_told_once_and_does_not_move_the_clock(sami):
    referral = sent(sami)
    commands.open_referral(karim, referral_id=referral.id)
    again = commands.open_referral(karim, referral_id=referral.id)
    assert (again.state, again.reply_due_at) == (S.ACKNOWLEDGED, referral.reply_due_at)
    with acting_as(nora):
        assert ReferralEvent.objects.filter(referral=referral, state=S.ACKNOWLEDGED).count() == 1


def test_the_case_learns_of_an_answer_and_the_sender_is_told(sami, django_capture_on_commit_callbacks):
    referral = sent(sami)
    with django_capture_on_commit_callbacks(execute=True):
        commands.accept_referral(karim, referral_id=referral.id)
    with acting_as(nora):
        line = Event.objects.get(case=sami, kind="referral_accepted")
        assert (line.organisation_id, line.actor_name) == (RETURN_PARTNERS, karim.name)
        step = ReferralEvent.objects.get(referral=referral, state=S.ACCEPTED)
        assert (step.organisation_id, step.by_id, step.from_state) == (CLINIC, karim.user_id, S.SENT)
    assert [one.to for one in mail.outbox] == [["nora@homeward.example"]]


def test_a_no_says_why(sami):
    referral = sent(sami)
    with pytest.raises(Invalid):
        commands.decline_referral(karim, referral_id=referral.id, reason=Reason.OTHER)
    with pytest.raises(Invalid):
        commands.decline_referral(karim, referral_id=referral.id, reason=Reason.ORGANISATION_UNREACHABLE)


def test_an_answer_of_a_service_without_account_is_written_down_by_the_sender(sami):
    referral = sent(sami, None)
    with pytest.raises(Invalid):
        commands.accept_referral(nora, referral_id=referral.id)
    commands.accept_referral(nora, referral_id=referral.id, channel=Channel.PHONE, words="Monday at nine")
    with acting_as(nora):
        step = ReferralEvent.objects.get(referral=referral, state=S.ACCEPTED)
        assert (step.channel, step.words) == (Channel.PHONE, "Monday at nine")


def test_what_the_person_says_stands_beside_what_the_service_says(sami):
    referral = brought_to(S.COMPLETED, sami)
    given = {"referral_id": referral.id, "confirmed": Confirmed.NOT_AT_ALL, "on": date(2026, 3, 4)}
    with pytest.raises(Refused):
        commands.confirm_outcome(karim, **given)
    commands.confirm_outcome(nora, **given, words="Nobody was there")
    with acting_as(karim):
        assert not ReferralConfirmation.objects.exists()
    with acting_as(nora):
        found = queries.confirmations_of(nora, queries.get_referral(nora, referral.id)).get()
        assert found.confirmed == Confirmed.NOT_AT_ALL


def test_nothing_is_confirmed_before_anything_came_of_it(sami):
    with pytest.raises(Invalid):
        commands.confirm_outcome(
            nora, referral_id=sent(sami).id, confirmed=Confirmed.AS_SAID, on=date(2026, 3, 4)
        )


def counted_from(referral, **given):
    """A time counted from the promised day, which depends on the weekday and holidays of the sending."""
    return referral.reply_due_at + timedelta(**given)


def test_the_receiver_is_reminded_once_before_the_promised_day(sami, django_capture_on_commit_callbacks):
    referral, clinic = sent(sami), system_actor(CLINIC)
    assert commands.remind_receivers(clinic, at=counted_from(referral, days=-1, hours=-1)) == []
    with django_capture_on_commit_callbacks(execute=True):
        assert len(commands.remind_receivers(clinic, at=counted_from(referral, days=-1, hours=1))) == 1
    assert commands.remind_receivers(clinic, at=counted_from(referral, days=-1, hours=2)) == []
    assert [one.to for one in mail.outbox] == [["karim@homeward.example"]]


def test_a_passed_day_goes_to_the_coordinator_of_who_leads_once(sami, django_capture_on_commit_callbacks):
    referral, lead = sent(sami), system_actor(RETURN_PARTNERS)
    assert commands.escalate_late_referrals(lead, at=counted_from(referral, hours=-1)) == []
    with django_capture_on_commit_callbacks(execute=True):
        assert len(commands.escalate_late_referrals(lead, at=counted_from(referral, hours=1))) == 1
    assert commands.escalate_late_referrals(lead, at=counted_from(referral, days=1)) == []
    assert [one.to for one in mail.outbox] == [["rosa@homeward.example"]]


def test_silence_ends_a_referral_after_the_days_of_grace_and_the_person_can_be_sent_elsewhere(sami):
    referral = sent(sami)
    here = system_actor(RETURN_PARTNERS)
    assert commands.expire_silent_referrals(here, at=counted_from(referral, days=4, hours=23)) == []
    assert len(commands.expire_silent_referrals(here, at=counted_from(referral, days=5, hours=1))) == 1
    assert as_seen(nora, referral).state == S.EXPIRED
    with pytest.raises(ReferralMoved):
        commands.accept_referral(karim, referral_id=referral.id)
    with acting_as(nora):
        assert [one.id for one in queries.given_up(nora)] == [referral.id]
    sent(sami)
    with acting_as(nora):
        assert not queries.given_up(nora).exists()


@pytest.mark.parametrize("state", [S.ACCEPTED, S.STARTED])
def test_who_was_accepted_never_expires(sami, state):
    brought_to(state, sami)
    assert (
        commands.expire_silent_referrals(system_actor(RETURN_PARTNERS), at=now() + timedelta(days=900)) == []
    )


def test_the_hourly_job_goes_through_every_organisation(sami):
    sent(sami)
    mind(0)
    with acting_as(nora):
        assert not Referral.objects.exclude(state=S.SENT).exists()
