"""A lost second factor: asked for by the person, decided by somebody else."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.problems import NotFound, Refused
from homeward.organisations.commands import (
    ask_for_factor_reset,
    confirm_factor_reset,
    decline_factor_reset,
)
from homeward.organisations.models import FactorReset, User
from homeward.organisations.problems import NobodyToConfirm
from homeward.organisations.queries import (
    actor_who_may_ask_for_reset,
    has_second_factor,
    waiting_resets,
)
from homeward.organisations.rules import IdentityCheck
from tests.cast import adil, ines, jonas, lina, nora, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def nora_asked():
    Authenticator.objects.create(user_id=nora.user_id, type="totp", data={"secret": "x"})
    return ask_for_factor_reset(nora)


def confirm(reset, actor=adil):
    return confirm_factor_reset(
        actor, reset_id=reset.id, identity_check=IdentityCheck.VIDEO_CALL, note="Showed the staff card"
    )


@pytest.mark.parametrize("actor", [nora, ines])
def test_only_an_administrator_decides(nora_asked, actor):
    with pytest.raises(Refused):
        confirm(nora_asked, actor)


def test_an_administrator_of_another_organisation_finds_nothing(nora_asked):
    with pytest.raises(NotFound):
        confirm(nora_asked, system_actor(stranger.organisation_id))


def test_an_administrator_without_another_one_cannot_ask():
    with pytest.raises(NobodyToConfirm):
        ask_for_factor_reset(adil)
    assert actor_who_may_ask_for_reset(adil.user_id) is None
    assert actor_who_may_ask_for_reset(jonas.user_id) is None


def test_a_person_with_two_hats_asks_where_somebody_can_confirm():
    assert actor_who_may_ask_for_reset(lina.user_id).organisation_id == nora.organisation_id


def test_asking_changes_nothing_yet(nora_asked):
    assert has_second_factor(nora.user_id)


def test_asking_twice_is_one_request_and_the_administrators_are_told(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask_for_factor_reset(nora), ask_for_factor_reset(nora)
    assert first.id == second.id
    assert [message.to for message in mail.outbox] == [["adil@homeward.example"]]
    assert "Nora" not in mail.outbox[0].body + mail.outbox[0].subject


def test_a_request_lapses_after_seven_days(nora_asked):
    with acting_as(adil):
        assert waiting_resets(adil, timezone.now() + timedelta(days=6)).exists()
        assert not waiting_resets(adil, timezone.now() + timedelta(days=8)).exists()


def test_confirming_removes_every_factor_ends_sessions_and_tells_the_person(
    nora_asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        confirm(nora_asked)
    assert not Authenticator.objects.filter(user_id=nora.user_id).exists()
    assert User.objects.get(id=nora.user_id).session_epoch == 2
    assert [message.to for message in mail.outbox] == [["nora@homeward.example"]]


def test_how_the_identity_was_checked_and_by_whom_is_kept(nora_asked):
    confirm(nora_asked)
    with acting_as(adil):
        kept = FactorReset.objects.get()
    assert (kept.identity_check, kept.note) == (IdentityCheck.VIDEO_CALL, "Showed the staff card")
    assert kept.decided_by_id == adil.user_id


def test_a_decision_is_made_once(nora_asked):
    decline_factor_reset(adil, reset_id=nora_asked.id)
    assert has_second_factor(nora.user_id)
    with pytest.raises(NotFound):
        confirm(nora_asked)
