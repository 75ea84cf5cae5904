"""Reading organisations and memberships."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from homeward.access.acting import acting_alone, acting_as
from homeward.access.actions import Action
from homeward.access.actor import SYSTEM_USER_ID, Actor, Reach, system_actor
from homeward.access.roles import Role
from homeward.lib.problems import NotFound
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
from homeward.organisations.rules import RESET_STANDS, USE_NOTED_EVERY, OrganisationClass, ResetState
from homeward.organisations.tokens import digest_of, organisation_of

Row = TypeVar("Row", bound=Model)
INTEGRATION_PREFIX = "hw_"
NO_ORGANISATION = UUID(int=0)


def memberships_of(user_id: UUID) -> QuerySet[Membership]:
    """The hats a user may wear now; enforcement bodies have none here."""
    live = Membership.objects.filter(user_id=user_id, user__is_active=True, ended_at=None)
    return (
        live.exclude(organisation__organisation_class=OrganisationClass.ENFORCEMENT)
        .filter(organisation__ended_at=None)
        .select_related("organisation", "user")
        .order_by("organisation__name", "role")
    )


def actor_for(membership: Membership) -> Actor:
    """The actor that a membership makes of its user."""
    return Actor(
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        role=Role(membership.role),
        name=membership.user.name,
        membership_id=membership.id,
        reach=Reach(membership.office_id, membership.team_id),
    )


def actor_of_membership(organisation_id: UUID, membership_id: UUID) -> Actor | None:
    """The actor of a live membership, for work that a member left to run in the background."""
    with acting_as(system_actor(organisation_id)):
        live = Membership.objects.filter(id=membership_id, ended_at=None, user__is_active=True)
        found = live.select_related("user").first()
    return actor_for(found) if found else None


def actors_of_address(email: str) -> list[Actor]:
    """Every hat of the person with this address, for the command line, where nobody signs in."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        return []
    with acting_alone(user.id):
        return [actor_for(hat) for hat in memberships_of(user.id)]


def user_of_address(email: str) -> UUID | None:
    """The account with this address, ended ones too."""
    return User.objects.filter(email__iexact=email).values_list("id", flat=True).first()


def known_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation on this installation: that they exist is public among partners."""
    return Organisation.objects.filter(ended_at=None)


def get_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """One organisation on this installation."""
    found = known_organisations(actor).filter(id=organisation_id).first()
    if found is None:
        raise NotFound
    return found


def every_organisation_id() -> list[UUID]:
    """Every organisation, ended ones too: for timers, which then work for one after the other."""
    with acting_as(system_actor(SYSTEM_USER_ID)):
        return list(Organisation.objects.order_by("id").values_list("id", flat=True))


def organisation_names(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of some organisations of this installation, ended ones too."""
    return dict(Organisation.objects.filter(id__in=set(ids)).values_list("id", "name"))


def own_organisation(actor: Actor) -> Organisation:
    """The organisation the actor works for."""
    found = Organisation.objects.filter(id=actor.organisation_id).first()
    if found is None:
        raise NotFound
    return found


def organisation_ids() -> list[UUID]:
    """Every organisation at work on this installation, for timers that go through them one by one."""
    with acting_as(system_actor(NO_ORGANISATION)):
        return list(Organisation.objects.filter(ended_at=None).values_list("id", flat=True))


def colleagues(actor: Actor) -> QuerySet[Membership]:
    """Live memberships of the actor's own organisation."""
    live = Membership.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return live.select_related("user", "office", "team").order_by("user__name")


def members_ever(actor: Actor) -> dict[UUID, str]:
    """Names of everyone who ever worked for the actor's organisation, by user."""
    ever = Membership.objects.filter(organisation_id=actor.organisation_id).order_by("user__name")
    return dict(ever.values_list("user_id", "user__name"))


def own_offices(actor: Actor) -> QuerySet[Office]:
    """Offices of the actor's own organisation."""
    return Office.objects.filter(organisation_id=actor.organisation_id).order_by("name")


def own_teams(actor: Actor) -> QuerySet[Team]:
    """Teams of the actor's own organisation."""
    return Team.objects.filter(organisation_id=actor.organisation_id).order_by("name")


def live_roles(organisation_id: UUID, user_id: UUID) -> set[Role]:
    """The roles a person has in the organisation now."""
    live = Membership.objects.filter(organisation_id=organisation_id, user_id=user_id, ended_at=None)
    return {Role(role) for role in live.values_list("role", flat=True)}


def get_colleague(actor: Actor, membership_id: UUID) -> Membership:
    """One live membership of the actor's own organisation."""
    return _one(colleagues(actor).filter(id=membership_id))


def get_own_office(actor: Actor, office_id: UUID) -> Office:
    """One office of the actor's own organisation."""
    return _one(own_offices(actor).filter(id=office_id))


def get_own_team(actor: Actor, team_id: UUID) -> Team:
    """One team of the actor's own organisation."""
    return _one(own_teams(actor).filter(id=team_id))


def find_colleagues(actor: Actor, text: str) -> QuerySet[Membership]:
    """Members whose name or address holds the text, in any case of letters."""
    actor.require(Action.MEMBER_VIEW)
    return colleagues(actor).filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that were neither taken up nor withdrawn, those past their day among them."""
    actor.require(Action.MEMBER_INVITE)
    mine = Invitation.objects.filter(organisation_id=actor.organisation_id)
    still_open = mine.filter(withdrawn_at=None, membership=None)
    return still_open.select_related("office", "team").order_by("-invited_at")


def get_open_invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """One open invitation of the actor's own organisation."""
    return _one(open_invitations(actor).filter(id=invitation_id))


def invitation_by_token(token: str, now: datetime) -> Invitation | None:
    """The open invitation behind a link, asked for by somebody who is not known yet."""
    organisation_id = organisation_of(token)
    if organisation_id is None:
        return None
    with acting_as(system_actor(organisation_id)):
        offered = Invitation.objects.filter(
            token_digest=digest_of(token), withdrawn_at=None, membership=None, expires_at__gt=now
        )
        return offered.filter(organisation__ended_at=None).select_related("organisation").first()


def has_account(email: str) -> bool:
    """True when somebody signs in with this address. For the holder of an invitation to it only."""
    return User.objects.filter(email=email).exists()


def own_integrations(actor: Actor) -> QuerySet[Integration]:
    """Programs that work for the actor's organisation, ended ones too."""
    actor.require(Action.INTEGRATION_VIEW)
    mine = Integration.objects.filter(organisation_id=actor.organisation_id)
    return mine.order_by(F("ended_at").desc(nulls_first=True), "name")


def get_live_integration(actor: Actor, integration_id: UUID) -> Integration:
    """One integration of the actor's own organisation that has not ended."""
    return _one(own_integrations(actor).filter(id=integration_id, ended_at=None))


def actor_for_token(token: str) -> Actor | None:
    """The actor behind an integration's token, or None; notes the use at most once a minute."""
    organisation_id = organisation_of(token, INTEGRATION_PREFIX)
    if organisation_id is None:
        return None
    now = timezone.now()
    with acting_as(system_actor(organisation_id)):
        live = Integration.objects.filter(
            token_digest=digest_of(token), ended_at=None, expires_at__gt=now, organisation__ended_at=None
        )
        found = live.first()
        if found and (found.last_used_at is None or found.last_used_at < now - USE_NOTED_EVERY):
            live.update(last_used_at=now)
    if found is None:
        return None
    return Actor(found.id, found.organisation_id, Role(found.role), name=found.name)


def waiting_resets(actor: Actor, now: datetime) -> QuerySet[FactorReset]:
    """Colleagues who lost a second factor and wait for somebody to confirm who they are."""
    actor.require(Action.FACTOR_RESET_DECIDE)
    asked = FactorReset.objects.filter(organisation_id=actor.organisation_id, state=ResetState.WAITING)
    return asked.filter(asked_at__gt=now - RESET_STANDS).select_related("user").order_by("asked_at")


def get_waiting_reset(actor: Actor, reset_id: UUID, now: datetime) -> FactorReset:
    """One request about a lost second factor that waits in the actor's own organisation."""
    return _one(waiting_resets(actor, now).filter(id=reset_id))


def actor_who_may_ask_for_reset(user_id: UUID) -> Actor | None:
    """The hat in which a person asks: the first whose organisation has another administrator."""
    with acting_alone(user_id):
        hats = [actor_for(hat) for hat in memberships_of(user_id)]
    return next((hat for hat in hats if other_administrators(hat)), None)


def other_administrators(actor: Actor) -> list[User]:
    """The administrators of the actor's organisation besides the actor."""
    with acting_as(actor):
        live = colleagues(actor).filter(role=Role.ADMINISTRATOR, user__is_active=True)
        return [one.user for one in live.exclude(user_id=actor.user_id)]


def demo_cast() -> list[Membership]:
    """Everybody of the demonstration: people with no other work than in synthetic organisations."""
    found: list[Membership] = []
    for user in User.objects.filter(email__endswith=".example", is_active=True).order_by("id"):
        with acting_alone(user.id):
            hats = list(memberships_of(user.id))
        if all(hat.organisation.is_synthetic for hat in hats):
            found += hats
    for hat in found:
        if hat.office_id:
            with acting_as(actor_for(hat)):
                hat.office = Office.objects.get(id=hat.office_id)
    return found


def has_second_factor(user_id: UUID) -> bool:
    """True when the person has set up an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise NotFound
    return row
