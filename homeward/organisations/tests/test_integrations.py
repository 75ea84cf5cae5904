"""Programs that work for an organisation."""

from datetime import timedelta

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.lib.problems import NotFound, Refused
from homeward.organisations.commands import create_integration, end_integration, rotate_integration
from homeward.organisations.models import Integration
from homeward.organisations.problems import NameTaken, RoleNotGiven
from homeward.organisations.queries import actor_for_token
from tests.cast import ELSEWHERE, RETURN_PARTNERS, adil, nora

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def issued():
    return create_integration(adil, name="Monthly report", role=Role.CASE_MANAGER)


def test_a_case_manager_makes_no_tokens():
    with pytest.raises(Refused):
        create_integration(nora, name="Mine", role=Role.CASE_MANAGER)


def test_a_program_gets_no_role_that_people_there_could_not_have():
    with pytest.raises(RoleNotGiven):
        create_integration(adil, name="Mine", role=Role.DONOR)


def test_two_live_programs_have_two_names(issued):
    with pytest.raises(NameTaken):
        create_integration(adil, name="Monthly report", role=Role.CASE_MANAGER)


def test_another_organisation_cannot_end_it(issued):
    with pytest.raises(NotFound):
        end_integration(system_actor(ELSEWHERE), integration_id=issued.id)


def test_the_token_makes_an_actor_of_its_organisation_and_role(issued):
    actor = actor_for_token(issued.secret)
    assert (actor.organisation_id, actor.role, actor.user_id) == (
        RETURN_PARTNERS,
        Role.CASE_MANAGER,
        issued.id,
    )
    with acting_as(adil):
        assert Integration.objects.get().last_used_at


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t.replace("hw_", ""), lambda t: t.upper(), str.strip]
)
def test_a_token_with_any_other_sign_is_nobody(issued, change):
    changed = change(issued.secret)
    assert (actor_for_token(changed) is None) == (changed != issued.secret)


def test_a_token_cannot_be_carried_to_another_organisation(issued):
    moved = issued.secret.replace(RETURN_PARTNERS.hex, ELSEWHERE.hex)
    assert actor_for_token(moved) is None


def test_an_old_token_is_dead_at_once_after_rotating_and_after_ending(issued):
    new = rotate_integration(adil, integration_id=issued.id)
    assert actor_for_token(issued.secret) is None
    assert actor_for_token(new.secret)
    end_integration(adil, integration_id=issued.id)
    assert actor_for_token(new.secret) is None


def test_a_token_lasts_a_year(issued):
    with acting_as(adil):
        integration = Integration.objects.get()
        assert integration.expires_at - integration.created_at == timedelta(days=365)
        Integration.objects.update(expires_at=integration.created_at)
    assert actor_for_token(issued.secret) is None


def test_the_table_does_not_hold_the_token(issued):
    with acting_as(adil):
        assert issued.secret not in str(Integration.objects.values().get())
