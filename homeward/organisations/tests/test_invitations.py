"""Inviting people, and taking an invitation up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.audit.models import Entry
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.commands import (
    accept_invitation,
    invite_member,
    renew_invitation,
    withdraw_invitation,
)
from homeward.organisations.models import Invitation, User
from homeward.organisations.problems import (
    AlreadyInvited,
    AlreadyMember,
    ForAnotherAddress,
    HasAccount,
    IncompatibleRoles,
    InvitationOver,
    OwnMembership,
    RoleNotGiven,
)
from homeward.organisations.queries import invitation_by_token, open_invitations
from tests.cast import OLD_HARBOUR, RETURN_PARTNERS, adil, ines, nora, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

PASSWORD = "a harbour full of lamps"
ADDRESS = "https://homeward.example/invitation/"


def invite(email="new@homeward.example", role=Role.CASE_MANAGER, **given):
    return invite_member(adil, email=email, role=role, **given)


def accept(issued, **given):
    given = given or {"name": "New Colleague", "password": PASSWORD}
    return accept_invitation(system_actor(RETURN_PARTNERS), invitation_id=issued.id, **given)


def found(secret, later=timedelta()):
    return invitation_by_token(secret, timezone.now() + later)


def test_a_case_manager_may_not_invite():
    with pytest.raises(Refused):
        invite_member(nora, email="new@homeward.example", role=Role.CASE_MANAGER)


def test_a_role_that_this_kind_of_organisation_has_not_is_refused():
    with pytest.raises(RoleNotGiven):
        invite(role=Role.ORIGIN_AUTHORITY)


def test_what_is_no_address_is_refused():
    with pytest.raises(Invalid) as problem:
        invite(email="not an address")
    assert "email" in problem.value.fields


def test_an_administrator_cannot_invite_themselves_to_another_role():
    with pytest.raises(OwnMembership):
        invite(email="Adil@homeward.example")


def test_who_has_the_role_is_not_invited_to_it_again():
    with pytest.raises(AlreadyMember):
        invite(email="nora@homeward.example")


def test_the_data_protection_officer_cannot_become_administrator_too():
    with pytest.raises(IncompatibleRoles):
        invite(email="ines@homeward.example", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("colleague", ["nora", "rosa", "ines", "hana", "frida"])
def test_who_knows_people_by_name_does_not_become_their_evaluator(colleague):
    with pytest.raises(IncompatibleRoles):
        invite(email=f"{colleague}@homeward.example", role=Role.EVALUATOR)


def test_an_evaluator_does_not_get_to_know_names():
    with pytest.raises(IncompatibleRoles):
        invite(email="mona@homeward.example", role=Role.CASE_MANAGER)


def test_a_partner_invites_an_evaluator_of_its_own():
    assert invite(role=Role.EVALUATOR).row.role == Role.EVALUATOR


def test_one_address_is_invited_to_a_role_once():
    invite()
    with pytest.raises(AlreadyInvited):
        invite(email=" NEW@homeward.example ")


def test_an_office_of_another_organisation_cannot_be_the_reach(client_of):
    with pytest.raises(NotFound):
        invite_member(
            system_actor(stranger.organisation_id),
            email="new@homeward.example",
            role=Role.CASE_MANAGER,
            office_id=OLD_HARBOUR,
        )


def test_the_table_does_not_hold_what_opens_the_link():
    issued = invite()
    with acting_as(adil):
        assert issued.secret not in str(Invitation.objects.values().get())


def test_the_link_goes_to_the_address_and_tells_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        issued = invite(address=ADDRESS)
    (message,) = mail.outbox
    assert message.to == ["new@homeward.example"]
    assert ADDRESS + issued.secret in message.body
    assert "Return Partners" not in message.subject + message.body


def test_a_link_works_for_seven_days():
    secret = invite().secret
    assert found(secret, timedelta(days=6, hours=23))
    assert found(secret, timedelta(days=7, minutes=1)) is None


@pytest.mark.parametrize("token", ["", "x", "_" * 40, "0" * 32 + "_secret", "é" * 32 + "_x"])
def test_an_invented_link_opens_nothing(token):
    assert found(token) is None


def test_a_renewed_invitation_has_a_new_link_and_the_old_one_is_dead():
    old = invite()
    new = renew_invitation(adil, invitation_id=old.id)
    assert found(old.secret) is None
    assert found(new.secret)


def test_a_withdrawn_invitation_cannot_be_taken_up():
    issued = invite()
    withdraw_invitation(adil, invitation_id=issued.id)
    assert found(issued.secret) is None
    with pytest.raises(InvitationOver):
        accept(issued)


def test_another_organisation_cannot_tell_that_an_invitation_exists():
    issued = invite()
    with pytest.raises(NotFound):
        withdraw_invitation(system_actor(stranger.organisation_id), invitation_id=issued.id)


def test_a_weak_password_is_refused_and_nothing_is_half_done():
    issued = invite()
    with pytest.raises(Invalid) as problem:
        accept(issued, name="New Colleague", password="password1234")
    assert "password" in problem.value.fields
    assert not User.objects.filter(email="new@homeward.example").exists()


def test_taking_it_up_makes_an_account_with_the_offered_role_and_reach():
    membership = accept(invite(office_id=OLD_HARBOUR))
    assert (membership.role, membership.office_id) == (Role.CASE_MANAGER, OLD_HARBOUR)
    assert membership.user.check_password(PASSWORD)
    with acting_as(adil):
        assert not open_invitations(adil).exists()
        assert Entry.objects.filter(action="member.join", subject_id=membership.id).exists()


def test_it_is_taken_up_once():
    issued = invite()
    accept(issued)
    with pytest.raises(InvitationOver):
        accept(issued, name="Somebody Else", password=PASSWORD)


def test_an_account_that_exists_is_not_taken_over_with_a_link():
    issued = invite(email="stranger@homeward.example")
    with pytest.raises(HasAccount):
        accept(issued)


def test_somebody_else_who_is_signed_in_cannot_take_it_up():
    issued = invite(email="stranger@homeward.example")
    with pytest.raises(ForAnotherAddress):
        accept(issued, user_id=ines.user_id)


def test_a_person_with_an_account_gains_a_second_hat():
    issued = invite(email="stranger@homeward.example")
    assert accept(issued, user_id=stranger.user_id).user_id == stranger.user_id
