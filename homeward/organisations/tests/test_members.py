"""Changing and ending colleagues' roles."""

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused
from homeward.organisations.commands import (
    add_team,
    change_membership,
    end_membership,
    invite_member,
)
from homeward.organisations.models import Membership, User
from homeward.organisations.problems import (
    AlreadyMember,
    IncompatibleRoles,
    LastAdministrator,
    OwnMembership,
    RoleNotGiven,
)
from homeward.organisations.queries import colleagues, memberships_of
from tests.cast import (
    OLD_HARBOUR,
    RETURN_PARTNERS,
    SALTFIELD,
    adil,
    ines,
    lina_as_case_manager,
    nora,
    stranger,
    tarek,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def change(membership_id, role, version=1, actor=adil, **reach):
    return change_membership(actor, membership_id=membership_id, expected_version=version, role=role, **reach)


def end(membership_id, version=1, actor=adil):
    return end_membership(actor, membership_id=membership_id, expected_version=version)


def epoch_of(actor):
    return User.objects.get(id=actor.user_id).session_epoch


@pytest.mark.parametrize("actor", [nora, ines])
def test_who_does_not_administer_cannot_change_a_role(actor):
    with pytest.raises(Refused):
        change(tarek.membership_id, Role.COORDINATOR, actor=actor)


def test_a_member_of_another_organisation_cannot_be_told_from_a_missing_one():
    for membership_id in (stranger.membership_id, RETURN_PARTNERS):
        with pytest.raises(NotFound):
            change(membership_id, Role.COORDINATOR)


def test_nobody_changes_or_ends_their_own_role():
    with pytest.raises(OwnMembership):
        change(adil.membership_id, Role.CASE_MANAGER)
    with pytest.raises(OwnMembership):
        end(adil.membership_id)


def test_the_last_administrator_stays():
    with pytest.raises(LastAdministrator):
        end(adil.membership_id, actor=system_actor(RETURN_PARTNERS))
    with pytest.raises(LastAdministrator):
        change(adil.membership_id, Role.COORDINATOR, actor=system_actor(RETURN_PARTNERS))


def test_a_role_of_another_kind_of_organisation_is_refused():
    with pytest.raises(RoleNotGiven):
        change(tarek.membership_id, Role.RETURN_COUNSELLOR)


def test_an_overseer_does_not_become_administrator_beside_it():
    change(ines.membership_id, Role.COORDINATOR)  # instead of it is fine
    change(ines.membership_id, Role.DATA_PROTECTION_OFFICER, version=2)
    with pytest.raises(IncompatibleRoles):
        invite_member(adil, email="ines@homeward.example", role=Role.ADMINISTRATOR)


def test_a_role_that_the_person_has_already_is_refused():
    with acting_as(adil):
        Membership.objects.create(
            user_id=nora.user_id, organisation_id=RETURN_PARTNERS, role=Role.COORDINATOR
        )
    with pytest.raises(AlreadyMember):
        change(nora.membership_id, Role.COORDINATOR)


def test_an_older_version_overwrites_nothing():
    change(tarek.membership_id, Role.CASE_MANAGER, office_id=SALTFIELD)
    with pytest.raises(EditConflict):
        change(tarek.membership_id, Role.CASE_MANAGER)
    with pytest.raises(EditConflict):
        end(tarek.membership_id)


def test_a_team_of_one_office_does_not_go_with_another():
    team = add_team(adil, name="Night desk", office_id=SALTFIELD)
    with pytest.raises(Invalid):
        change(nora.membership_id, Role.CASE_MANAGER, office_id=OLD_HARBOUR, team_id=team.id)


def test_a_changed_role_ends_the_sessions_of_that_person_only():
    change(tarek.membership_id, Role.COORDINATOR)
    assert (epoch_of(tarek), epoch_of(nora)) == (2, 1)


def test_an_ended_role_is_gone_and_other_roles_stay():
    end(lina_as_case_manager.membership_id)
    with acting_as(adil):
        assert not colleagues(adil).filter(user_id=lina_as_case_manager.user_id).exists()
    with acting_as(lina_as_case_manager):
        left = [hat.role for hat in memberships_of(lina_as_case_manager.user_id)]
    assert left == [Role.RETURN_COUNSELLOR]
    assert epoch_of(lina_as_case_manager) == 2
