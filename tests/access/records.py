"""Records that rows of the access matrix ask for, made by the people who make them in life."""

from homeward.access.roles import Role
from homeward.organisations.commands import (
    add_team,
    ask_for_factor_reset,
    create_integration,
    invite_member,
)
from tests.cast import OLD_HARBOUR, adil, nora, tarek


def an_office():
    return {"office_id": OLD_HARBOUR}


def a_team():
    return {"team_id": add_team(adil, name="Night desk").id}


def a_colleague():
    return {"membership_id": tarek.membership_id}


def an_invitation():
    return {"invitation_id": invite_member(adil, email="new@homeward.example", role=Role.CASE_MANAGER).id}


def a_program():
    return {"integration_id": create_integration(adil, name="Reports", role=Role.CASE_MANAGER).id}


def a_lost_factor():
    return {"reset_id": ask_for_factor_reset(nora).id}
