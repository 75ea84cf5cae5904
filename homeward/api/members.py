"""REST: who works for the organisation: members, invitations, programs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.access.roles import Role
from homeward.api.answers import version_asked
from homeward.api.fields import ANY
from homeward.api.operations import creates, edits, ends, reads
from homeward.api.organisations import Email
from homeward.organisations import commands, queries

router = Router(tags=["members"])


class MemberIn(Schema):
    role: Role
    office_id: UUID | None = None
    team_id: UUID | None = None


class MemberOut(Schema):
    """A colleague's role and reach."""

    id: UUID
    user_id: UUID
    name: Annotated[str, Field(validation_alias="user.name")]
    role: Role
    office_id: UUID | None
    team_id: UUID | None
    since: datetime
    version: int


class InvitationIn(MemberIn):
    email: Email


class InvitationOut(Schema):
    """An offer of a membership."""

    id: UUID
    email: str
    role: Role
    office_id: UUID | None
    team_id: UUID | None
    invited_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None


class InvitedOut(Schema):
    """An invitation with the secret of its link, which is shown once."""

    row: Annotated[InvitationOut, Field(serialization_alias="invitation")]
    secret: str


class IntegrationIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=ANY)]
    role: Role


class IntegrationOut(Schema):
    """A program that works for the organisation."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    ended_at: datetime | None


class TokenOut(Schema):
    """A program with its token, which is shown once."""

    row: Annotated[IntegrationOut, Field(serialization_alias="integration")]
    secret: Annotated[str, Field(serialization_alias="token")]


@reads(router, "/members", Action.MEMBER_VIEW, list[MemberOut])
def list_members(request: HttpRequest) -> object:
    """Everybody who works for the organisation now; at most 5,000."""
    return queries.colleagues(actor_of(request))[:5000]


@edits(router, "/members/{uuid:membership_id}", Action.MEMBER_CHANGE, MemberOut)
def change_member(request: HttpRequest, membership_id: UUID, body: MemberIn) -> object:
    """Give a colleague another role or reach; their open sessions end."""
    return commands.change_membership(
        actor_of(request),
        membership_id=membership_id,
        expected_version=version_asked(request),
        **body.dict(),
    )


@ends(router, "/members/{uuid:membership_id}", Action.MEMBER_END, MemberOut, versioned=True)
def end_member(request: HttpRequest, membership_id: UUID) -> object:
    """End a colleague's role; their open sessions end with it."""
    return commands.end_membership(
        actor_of(request), membership_id=membership_id, expected_version=version_asked(request)
    )


@reads(router, "/invitations", Action.MEMBER_INVITE, list[InvitationOut])
def list_invitations(request: HttpRequest) -> object:
    """Invitations that were neither taken up nor withdrawn; at most 1,000."""
    return queries.open_invitations(actor_of(request))[:1000]


@creates(router, "/invitations", Action.MEMBER_INVITE, InvitedOut)
def invite_member(request: HttpRequest, body: InvitationIn) -> object:
    """Offer a membership; the secret completes the link that the invited person opens."""
    return commands.invite_member(actor_of(request), **body.dict())


@creates(router, "/invitations/{uuid:invitation_id}/renewal", Action.INVITATION_RENEW, InvitedOut)
def renew_invitation(request: HttpRequest, invitation_id: UUID) -> object:
    """Give an open invitation a new link and seven more days; the old link stops working."""
    return commands.renew_invitation(actor_of(request), invitation_id=invitation_id)


@ends(router, "/invitations/{uuid:invitation_id}", Action.INVITATION_WITHDRAW, InvitationOut)
def withdraw_invitation(request: HttpRequest, invitation_id: UUID) -> object:
    """Close an invitation before it is taken up."""
    return commands.withdraw_invitation(actor_of(request), invitation_id=invitation_id)


@reads(router, "/integrations", Action.INTEGRATION_VIEW, list[IntegrationOut])
def list_integrations(request: HttpRequest) -> object:
    """Programs that work for the organisation, ended ones too; at most 1,000."""
    return queries.own_integrations(actor_of(request))[:1000]


@creates(router, "/integrations", Action.INTEGRATION_CREATE, TokenOut)
def create_integration(request: HttpRequest, body: IntegrationIn) -> object:
    """Let a program work for the organisation in a role, for a year."""
    return commands.create_integration(actor_of(request), **body.dict())


@creates(router, "/integrations/{uuid:integration_id}/rotation", Action.INTEGRATION_ROTATE, TokenOut)
def rotate_integration(request: HttpRequest, integration_id: UUID) -> object:
    """Give a program a new token for another year; the old one stops working at once."""
    return commands.rotate_integration(actor_of(request), integration_id=integration_id)


@ends(router, "/integrations/{uuid:integration_id}", Action.INTEGRATION_END, IntegrationOut)
def end_integration(request: HttpRequest, integration_id: UUID) -> object:
    """Shut a program out at once and for good."""
    return commands.end_integration(actor_of(request), integration_id=integration_id)
