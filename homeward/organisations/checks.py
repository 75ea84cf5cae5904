"""What must hold before a member, a role, a name or a decision is written; each says why not."""

from uuid import UUID

from django.contrib.auth.models import BaseUserManager
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor, Reach
from homeward.access.roles import Role
from homeward.lib.problems import EditConflict, Invalid
from homeward.organisations.models import Invitation, Membership, Organisation, User
from homeward.organisations.problems import (
    AlreadyInvited,
    AlreadyMember,
    ForAnotherAddress,
    HasAccount,
    IncompatibleRoles,
    LastAdministrator,
    MayNotIntroduce,
    NameTaken,
    OwnMembership,
    RoleNotGiven,
)
from homeward.organisations.queries import get_colleague, get_own_office, get_own_team, live_roles
from homeward.organisations.rules import OrganisationClass, may_give, may_hold_together, may_introduce


def require_saved(rows: int) -> None:
    """Raise unless the row was still the one that the actor had opened."""
    if not rows:
        raise EditConflict


def require_free(taken: bool) -> None:
    """Raise when something of that name is there already."""
    if taken:
        raise NameTaken(fields={"name": NameTaken.message})


def require_free_organisation_name(name: str, but: UUID | None = None) -> None:
    """Raise when another organisation at work has that name."""
    others = Organisation.objects.filter(name__iexact=name, ended_at=None)
    require_free((others.exclude(id=but) if but else others).exists())


def require_introducer(actor: Actor, newcomer: OrganisationClass) -> None:
    """Raise unless the actor's organisation may bring in one of that class."""
    if newcomer == OrganisationClass.ENFORCEMENT:
        raise MayNotIntroduce
    if actor.role != Role.SYSTEM and not may_introduce(class_of(actor.organisation_id), newcomer):
        raise MayNotIntroduce


def class_of(organisation_id: UUID) -> OrganisationClass:
    """The class of an organisation."""
    return OrganisationClass(Organisation.objects.get(id=organisation_id).organisation_class)


def require_given(actor: Actor, role: Role) -> None:
    """Raise unless the actor's organisation may give that role."""
    if not may_give(class_of(actor.organisation_id), role):
        raise RoleNotGiven(fields={"role": RoleNotGiven.message})


def require_together(
    organisation_id: UUID, user_id: UUID, role: Role, instead_of: Role | None = None
) -> None:
    """Raise when the person has that role already, or one that forbids it."""
    roles = live_roles(organisation_id, user_id) - {instead_of}
    if role in roles:
        raise AlreadyMember
    if not may_hold_together(roles | {role}):
        raise IncompatibleRoles


def require_not_yet_there(actor: Actor, email: str, role: Role) -> None:
    """Raise when an invitation to `email` for `role` could not be taken up or is open already."""
    user = User.objects.filter(email=email).first()
    if user and user.id == actor.user_id:
        raise OwnMembership
    if user:
        require_together(actor.organisation_id, user.id, role)
    open_ones = Invitation.objects.filter(organisation_id=actor.organisation_id, email=email, role=role)
    if open_ones.filter(withdrawn_at=None, membership=None).exists():
        raise AlreadyInvited


def colleague_to_change(actor: Actor, membership_id: UUID) -> Membership:
    """A colleague's membership, never the actor's own; holds off every other change of members meanwhile."""
    Organisation.objects.select_for_update().get(id=actor.organisation_id)
    membership = get_colleague(actor, membership_id)
    if membership.user_id == actor.user_id:
        raise OwnMembership
    return membership


def require_administrator_left(actor: Actor, leaving: Membership) -> None:
    """Raise when the organisation would be left without an administrator."""
    if leaving.role != Role.ADMINISTRATOR:
        return
    others = Membership.objects.filter(
        organisation_id=actor.organisation_id, role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    )
    if not others.exclude(id=leaving.id).exists():
        raise LastAdministrator


def reach_of(actor: Actor, office_id: UUID | None, team_id: UUID | None) -> Reach:
    """The reach given, after checking that office and team are the organisation's own and fit together."""
    office = get_own_office(actor, office_id) if office_id else None
    team = get_own_team(actor, team_id) if team_id else None
    if office and team and team.office_id not in (None, office.id):
        raise Invalid(fields={"team": _("This team belongs to another office.")})
    return Reach(office_id, team_id)


def clean_email(email: str) -> str:
    """An address as it is kept and compared: without blanks around it, in small letters."""
    cleaned = BaseUserManager.normalize_email(email.strip()).lower()
    try:
        validate_email(cleaned)
    except ValidationError as wrong:
        raise Invalid(fields={"email": wrong.messages[0]}) from None
    return cleaned


def user_at(email: str, user_id: UUID) -> User:
    """The signed-in person, who must be the one that the address belongs to."""
    user = User.objects.filter(id=user_id, email=email).first()
    if user is None:
        raise ForAnotherAddress
    return user


def new_user(email: str, *, name: str, password: str, language: str) -> User:
    """A new account; the password is held against the rules, the name and the address."""
    if User.objects.filter(email=email).exists():
        raise HasAccount
    user = User(email=email, name=name.strip(), language=language)
    if not user.name:
        raise Invalid(fields={"name": _("Write your name.")})
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        raise Invalid(fields={"password": " ".join(wrong.messages)}) from None
    user.set_password(password)
    user.save()
    return user
