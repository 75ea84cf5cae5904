"""Writing about organisations, the people who work there, and the programs that work for them."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import F
from django.utils import timezone

from homeward.access.actions import Action
from homeward.access.actor import Actor, system_actor
from homeward.access.command import command
from homeward.access.roles import Role
from homeward.organisations import notices
from homeward.organisations.checks import (
    clean_email,
    colleague_to_change,
    new_user,
    reach_of,
    require_administrator_left,
    require_free,
    require_free_organisation_name,
    require_given,
    require_introducer,
    require_not_yet_there,
    require_saved,
    require_together,
    user_at,
)
from homeward.organisations.issued import Introduced, Issued
from homeward.organisations.models import (
    FactorReset,
    Integration,
    Invitation,
    Membership,
    Office,
    Organisation,
    Team,
    User,
)
from homeward.organisations.problems import InvitationOver, MayNotIntroduce, NobodyToConfirm, OwnReset
from homeward.organisations.queries import (
    INTEGRATION_PREFIX,
    get_colleague,
    get_live_integration,
    get_open_invitation,
    get_own_office,
    get_own_team,
    get_waiting_reset,
    open_invitations,
    other_administrators,
)
from homeward.organisations.rules import (
    INTEGRATION_STANDS,
    INVITATION_STANDS,
    RESET_STANDS,
    IdentityCheck,
    OrganisationClass,
    ResetState,
)
from homeward.organisations.tokens import digest_of, new_token

# organisations, offices, teams


@command(Action.ORGANISATION_CREATE)
def create_organisation(
    actor: Actor,
    *,
    name: str,
    organisation_class: OrganisationClass,
    country: str,
    administrator_email: str,
    language: str = "en",
    invitation_address: str = "",
) -> Introduced:
    """Bring in a partner and invite its first administrator, on behalf of the new organisation."""
    require_introducer(actor, organisation_class)
    require_free_organisation_name(name)
    made = Organisation.objects.create(
        name=name, organisation_class=organisation_class, country=country, language=language
    )
    invitation = invite_member(
        system_actor(made.id),
        email=administrator_email,
        role=Role.ADMINISTRATOR,
        address=invitation_address,
    )
    return Introduced(made, invitation)


@command(Action.ORGANISATION_CREATE)
def create_enforcement_body(actor: Actor, *, name: str, country: str) -> Organisation:
    """Bring in an enforcement body, by whoever runs the installation; nobody there is a user of ours."""
    if actor.role != Role.SYSTEM:
        raise MayNotIntroduce
    require_free_organisation_name(name)
    return Organisation.objects.create(
        name=name, organisation_class=OrganisationClass.ENFORCEMENT, country=country
    )


@command(Action.ORGANISATION_EDIT)
def edit_organisation(
    actor: Actor, *, expected_version: int, name: str, country: str, language: str, contact_email: str
) -> Organisation:
    """Correct the details of one's own organisation."""
    require_free_organisation_name(name, but=actor.organisation_id)
    found = Organisation.objects.filter(id=actor.organisation_id, version=expected_version)
    require_saved(
        found.update(
            name=name,
            country=country,
            language=language,
            contact_email=contact_email,
            version=expected_version + 1,
        )
    )
    return Organisation.objects.get(id=actor.organisation_id)


@command(Action.OFFICE_ADD)
def add_office(actor: Actor, *, name: str, place: str = "") -> Office:
    """Add an office to one's own organisation."""
    mine = Office.objects.filter(organisation_id=actor.organisation_id)
    require_free(mine.filter(name__iexact=name).exists())
    return Office.objects.create(organisation_id=actor.organisation_id, name=name, place=place)


@command(Action.OFFICE_EDIT)
def edit_office(actor: Actor, *, office_id: UUID, expected_version: int, name: str, place: str) -> Office:
    """Rename an office or correct its place."""
    office = get_own_office(actor, office_id)
    mine = Office.objects.filter(organisation_id=actor.organisation_id)
    require_free(mine.filter(name__iexact=name).exclude(id=office.id).exists())
    found = mine.filter(id=office.id, version=expected_version)
    require_saved(found.update(name=name, place=place, version=expected_version + 1))
    return get_own_office(actor, office_id)


@command(Action.TEAM_ADD)
def add_team(actor: Actor, *, name: str, office_id: UUID | None = None) -> Team:
    """Add a team, in an office or across all of them."""
    mine = Team.objects.filter(organisation_id=actor.organisation_id)
    require_free(mine.filter(name__iexact=name).exists())
    office = get_own_office(actor, office_id) if office_id else None
    return Team.objects.create(organisation_id=actor.organisation_id, name=name, office=office)


@command(Action.TEAM_EDIT)
def edit_team(
    actor: Actor, *, team_id: UUID, expected_version: int, name: str, office_id: UUID | None = None
) -> Team:
    """Rename a team or move it to another office."""
    team = get_own_team(actor, team_id)
    mine = Team.objects.filter(organisation_id=actor.organisation_id)
    require_free(mine.filter(name__iexact=name).exclude(id=team.id).exists())
    office = get_own_office(actor, office_id) if office_id else None
    found = mine.filter(id=team.id, version=expected_version)
    require_saved(found.update(name=name, office=office, version=expected_version + 1))
    return get_own_team(actor, team_id)


# members


@command(Action.MEMBER_INVITE)
def invite_member(
    actor: Actor,
    *,
    email: str,
    role: Role,
    office_id: UUID | None = None,
    team_id: UUID | None = None,
    address: str = "",
) -> Issued[Invitation]:
    """Offer a membership; with `address`, the link `address` + secret is sent to `email`."""
    address_asked = clean_email(email)
    require_given(actor, role)
    require_not_yet_there(actor, address_asked, role)
    reach = reach_of(actor, office_id, team_id)
    secret, now = new_token(actor.organisation_id), timezone.now()
    invitation = Invitation.objects.create(
        organisation_id=actor.organisation_id,
        email=address_asked,
        role=role,
        office_id=reach.office_id,
        team_id=reach.team_id,
        token_digest=digest_of(secret),
        invited_by_id=actor.user_id,
        invited_at=now,
        expires_at=now + INVITATION_STANDS,
    )
    notices.invite(invitation, f"{address}{secret}" if address else "")
    return Issued(invitation, secret)


@command(Action.INVITATION_RENEW)
def renew_invitation(actor: Actor, *, invitation_id: UUID, address: str = "") -> Issued[Invitation]:
    """Give an open invitation a new link and seven more days; the old link stops working."""
    invitation = get_open_invitation(actor, invitation_id)
    secret, now = new_token(actor.organisation_id), timezone.now()
    invitation.token_digest, invitation.invited_at = digest_of(secret), now
    invitation.expires_at = now + INVITATION_STANDS
    invitation.save(update_fields=["token_digest", "invited_at", "expires_at"])
    notices.invite(invitation, f"{address}{secret}" if address else "")
    return Issued(invitation, secret)


@command(Action.INVITATION_WITHDRAW)
def withdraw_invitation(actor: Actor, *, invitation_id: UUID) -> Invitation:
    """Close an invitation before it is taken up."""
    invitation = get_open_invitation(actor, invitation_id)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@command(Action.MEMBER_JOIN)
def accept_invitation(
    actor: Actor,
    *,
    invitation_id: UUID,
    user_id: UUID | None = None,
    name: str = "",
    password: str = "",
    language: str = "en",
) -> Membership:
    """Turn an open invitation into a membership, once: of the signed-in user, or of a new account."""
    invitation = open_invitations(actor).select_for_update(of=("self",)).filter(id=invitation_id).first()
    if invitation is None:
        raise InvitationOver
    if user_id:
        member = user_at(invitation.email, user_id)
    else:
        member = new_user(invitation.email, name=name, password=password, language=language)
    require_together(actor.organisation_id, member.id, Role(invitation.role))
    invitation.membership = Membership.objects.create(
        user=member,
        organisation_id=actor.organisation_id,
        role=invitation.role,
        office_id=invitation.office_id,
        team_id=invitation.team_id,
    )
    invitation.save(update_fields=["membership"])
    return invitation.membership


@command(Action.MEMBER_CHANGE)
def change_membership(
    actor: Actor,
    *,
    membership_id: UUID,
    expected_version: int,
    role: Role,
    office_id: UUID | None = None,
    team_id: UUID | None = None,
) -> Membership:
    """Give a colleague another role or reach; their open sessions end."""
    membership = colleague_to_change(actor, membership_id)
    require_given(actor, role)
    if role != membership.role:
        require_administrator_left(actor, membership)
        require_together(actor.organisation_id, membership.user_id, role, Role(membership.role))
    reach = reach_of(actor, office_id, team_id)
    found = Membership.objects.filter(id=membership.id, version=expected_version)
    require_saved(
        found.update(
            role=role, office_id=reach.office_id, team_id=reach.team_id, version=expected_version + 1
        )
    )
    _end_sessions(membership.user_id)
    return get_colleague(actor, membership_id)


@command(Action.MEMBER_END)
def end_membership(actor: Actor, *, membership_id: UUID, expected_version: int) -> Membership:
    """End a colleague's role; their open sessions end with it."""
    membership = colleague_to_change(actor, membership_id)
    require_administrator_left(actor, membership)
    found = Membership.objects.filter(id=membership.id, version=expected_version)
    require_saved(found.update(ended_at=timezone.now(), version=expected_version + 1))
    _end_sessions(membership.user_id)
    return membership


# lost second factors


@command(Action.FACTOR_RESET_ASK)
def ask_for_factor_reset(actor: Actor, *, address: str = "") -> FactorReset:
    """Ask for the removal of one's second factors; asking twice changes nothing."""
    administrators = other_administrators(actor)
    if not administrators:
        raise NobodyToConfirm
    mine = FactorReset.objects.filter(
        organisation_id=actor.organisation_id, user_id=actor.user_id, state=ResetState.WAITING
    )
    reset, is_new = mine.get_or_create(
        defaults={
            "organisation_id": actor.organisation_id,
            "user_id": actor.user_id,
            "state": ResetState.WAITING,
            "asked_at": timezone.now(),
        }
    )
    has_lapsed = reset.asked_at < timezone.now() - RESET_STANDS
    if has_lapsed:
        mine.update(asked_at=timezone.now())
    if is_new or has_lapsed:
        notices.something_waits(administrators, address)
    return reset


@command(Action.FACTOR_RESET_DECIDE)
def confirm_factor_reset(
    actor: Actor, *, reset_id: UUID, identity_check: IdentityCheck, note: str = ""
) -> FactorReset:
    """Remove a colleague's second factors after checking who they are; their sessions end."""
    reset = _decide(actor, reset_id, ResetState.CONFIRMED, identity_check=identity_check, note=note)
    Authenticator.objects.filter(user_id=reset.user_id).delete()
    _end_sessions(reset.user_id)
    notices.factors_removed(reset.user)
    return reset


@command(Action.FACTOR_RESET_DECIDE)
def decline_factor_reset(actor: Actor, *, reset_id: UUID, note: str = "") -> FactorReset:
    """Leave a colleague's second factors as they are."""
    return _decide(actor, reset_id, ResetState.DECLINED, note=note)


# integrations


@command(Action.INTEGRATION_CREATE)
def create_integration(actor: Actor, *, name: str, role: Role) -> Issued[Integration]:
    """Let a program work for one's organisation in a role, for a year."""
    require_given(actor, role)
    mine = Integration.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    require_free(mine.filter(name=name).exists())
    secret, now = new_token(actor.organisation_id, INTEGRATION_PREFIX), timezone.now()
    integration = Integration.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        role=role,
        token_digest=digest_of(secret),
        created_by_id=actor.user_id,
        created_at=now,
        expires_at=now + INTEGRATION_STANDS,
    )
    return Issued(integration, secret)


@command(Action.INTEGRATION_ROTATE)
def rotate_integration(actor: Actor, *, integration_id: UUID) -> Issued[Integration]:
    """Give a program a new token for another year; the old one stops working at once."""
    integration = get_live_integration(actor, integration_id)
    secret = new_token(actor.organisation_id, INTEGRATION_PREFIX)
    integration.token_digest = digest_of(secret)
    integration.expires_at = timezone.now() + INTEGRATION_STANDS
    integration.save(update_fields=["token_digest", "expires_at"])
    return Issued(integration, secret)


@command(Action.INTEGRATION_END)
def end_integration(actor: Actor, *, integration_id: UUID) -> Integration:
    """Shut a program out at once and for good."""
    integration = get_live_integration(actor, integration_id)
    integration.ended_at = timezone.now()
    integration.save(update_fields=["ended_at"])
    return integration


def _decide(
    actor: Actor, reset_id: UUID, state: ResetState, *, note: str, identity_check: str = ""
) -> FactorReset:
    reset = get_waiting_reset(actor, reset_id, timezone.now())
    if reset.user_id == actor.user_id:
        raise OwnReset
    waiting = FactorReset.objects.filter(id=reset.id, state=ResetState.WAITING)
    decided_at = timezone.now()
    require_saved(
        waiting.update(
            state=state,
            decided_at=decided_at,
            decided_by_id=actor.user_id,
            identity_check=identity_check,
            note=note,
        )
    )
    reset.state, reset.decided_at, reset.decided_by_id = state, decided_at, actor.user_id
    return reset


def _end_sessions(user_id: UUID) -> None:
    """Make every open session of a person invalid at their next request."""
    User.objects.filter(id=user_id).update(session_epoch=F("session_epoch") + 1)
