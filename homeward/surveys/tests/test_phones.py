"""Telephones are let in by a secret of their own, and shut out at once."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.commands import end_membership
from homeward.surveys import queries
from homeward.surveys.commands import add_phone, end_phone
from homeward.surveys.models import Phone
from homeward.surveys.queries import colleagues_phones, own_phones, phone_at_work
from tests.cast import RETURN_PARTNERS, adil, frida, nora, stranger, tarek

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast):
    return add_phone(nora, name="Blue phone")


def test_who_asks_nobody_and_who_is_nobody_has_no_phone(cast):
    for actor in (frida, system_actor(RETURN_PARTNERS)):
        with pytest.raises(Refused):
            add_phone(actor, name="A phone")
    with pytest.raises(Invalid):
        add_phone(nora, name=" ")


def test_a_colleague_or_a_stranger_shuts_no_phone_out_that_is_not_theirs(made):
    for actor in (tarek, stranger):
        with pytest.raises(NotFound):
            end_phone(actor, phone_id=made.id)
    with acting_as(tarek):
        assert not own_phones(tarek)
    with pytest.raises(Refused):
        colleagues_phones(nora)
    assert phone_at_work(made.secret)


def test_a_phone_works_as_its_officer(made):
    found = phone_at_work(made.secret)
    assert (found.actor.membership_id, found.actor.role, found.shows_names) == (
        nora.membership_id,
        nora.role,
        False,
    )
    with acting_as(nora):
        seen = own_phones(nora).get()
    assert seen.last_seen_at
    assert made.secret not in seen.secret_digest
    for secret in ("", "hp_", made.secret + "x", made.secret.removeprefix("hp_"), made.secret.upper()):
        assert phone_at_work(secret) is None


@pytest.mark.parametrize("actor", [nora, adil], ids=["the officer", "an administrator"])
def test_a_phone_that_was_shut_out_is_not_known_any_more(made, actor):
    end_phone(actor, phone_id=made.id)
    assert phone_at_work(made.secret) is None
    with pytest.raises(NotFound):
        end_phone(actor, phone_id=made.id)


def test_a_phone_stands_for_a_year_and_ends_with_the_membership(made, monkeypatch):
    in_a_year = now() + timedelta(days=366)
    with monkeypatch.context() as later:
        later.setattr(queries, "now", lambda: in_a_year)
        assert phone_at_work(made.secret) is None
    end_membership(adil, membership_id=nora.membership_id, expected_version=1)
    assert phone_at_work(made.secret) is None


def test_the_database_lets_nobody_change_whose_a_phone_is(made):
    with acting_as(nora), pytest.raises(ProgrammingError), transaction.atomic():
        Phone.objects.update(membership_id=tarek.membership_id)
