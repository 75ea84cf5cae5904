"""Reading organisations and memberships."""

from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actor import Actor, Reach
from homeward.access.roles import Role
from homeward.lib.problems import NotFound
from homeward.organisations.models import Membership, Office, Organisation, Team
from homeward.organisations.rules import OrganisationClass


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


def known_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Every organisation on this installation: that they exist is public among partners."""
    return Organisation.objects.filter(ended_at=None)


def own_organisation(actor: Actor) -> Organisation:
    """The organisation the actor works for."""
    found = Organisation.objects.filter(id=actor.organisation_id).first()
    if found is None:
        raise NotFound
    return found


def colleagues(actor: Actor) -> QuerySet[Membership]:
    """Live memberships of the actor's own organisation."""
    live = Membership.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return live.select_related("user", "office", "team").order_by("user__name")


def own_offices(actor: Actor) -> QuerySet[Office]:
    """Offices of the actor's own organisation."""
    return Office.objects.filter(organisation_id=actor.organisation_id).order_by("name")


def own_teams(actor: Actor) -> QuerySet[Team]:
    """Teams of the actor's own organisation."""
    return Team.objects.filter(organisation_id=actor.organisation_id).order_by("name")
