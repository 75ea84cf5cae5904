"""Organisations, offices, teams, users and memberships; invitations, integrations, lost second factors."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from homeward.access.roles import Role
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.organisations.rules import IdentityCheck, OrganisationClass, ResetState


class Organisation(models.Model):
    """A body that takes part. Its name is public; what it does with cases is not."""

    id = Id()
    name = models.CharField(max_length=200)
    organisation_class = Choice(OrganisationClass)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=8, default="en")
    contact_email = models.EmailField(blank=True)
    is_synthetic = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id name organisation_class country language is_synthetic",
        internal="contact_email ended_at version",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=models.Q(ended_at=None), name="one_live_organisation_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_enforcement(self) -> bool:
        return self.organisation_class == OrganisationClass.ENFORCEMENT


class Office(models.Model):
    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(internal="id organisation name place version")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "name", name="one_office_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="teams")
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(internal="id organisation office name version")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "name", name="one_team_of_a_name")]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """A person who signs in. What they may do is in their memberships, never here."""

    id = Id()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    # Raised whenever a role changes or ends: every older session stops working.
    session_epoch = models.PositiveIntegerField(default=1)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    PRIVACY = classes(
        internal="id language is_active session_epoch last_login", personal="email name", sealed="password"
    )

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Sessions end with the password and with the epoch."""
        return f"{super().get_session_auth_hash()}-{self.session_epoch}"


class Membership(models.Model):
    """One hat: a user in one organisation in one role, perhaps limited to an office or a team."""

    id = Id()
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = Choice(Role)
    office = models.ForeignKey(Office, models.PROTECT, null=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(internal="id user organisation role office team since ended_at version")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "user",
                "role",
                condition=models.Q(ended_at=None),
                name="one_live_membership_of_a_role",
            )
        ]
        indexes = [models.Index(fields=["user"], name="memberships_of_a_user")]


class Invitation(models.Model):
    """An offer of a membership, taken up with a link that works once."""

    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = Choice(Role)
    office = models.ForeignKey(Office, models.PROTECT, null=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True)
    # Only the digest is kept: who reads the table cannot use the link.
    token_digest = models.CharField(max_length=64)
    invited_by_id = models.UUIDField()
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True)

    PRIVACY = classes(
        internal="id organisation role office team token_digest invited_by_id invited_at expires_at"
        " withdrawn_at membership",
        personal="email",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "email",
                "role",
                condition=models.Q(withdrawn_at=None, membership=None),
                name="one_open_invitation_to_a_role",
            )
        ]


class Integration(models.Model):
    """A program that works for an organisation through the API, in a role of its own."""

    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="integrations")
    name = models.CharField(max_length=100)
    role = Choice(Role)
    token_digest = models.CharField(max_length=64)
    created_by_id = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation name role token_digest created_by_id created_at expires_at"
        " last_used_at ended_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "name",
                condition=models.Q(ended_at=None),
                name="one_live_integration_of_a_name",
            )
        ]


class FactorReset(models.Model):
    """A person who lost their second factor asks for its removal; a colleague checks who they are."""

    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT)
    state = Choice(ResetState, default=ResetState.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    identity_check = Choice(IdentityCheck, blank=True)
    note = models.CharField(max_length=300, blank=True)

    PRIVACY = classes(
        internal="id organisation user state asked_at decided_at decided_by_id identity_check",
        personal="note",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "user",
                condition=models.Q(state="waiting"),
                name="one_waiting_reset_of_a_person",
            ),
            # Nobody gives themselves a way round their second factor.
            models.CheckConstraint(
                condition=models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("user_id")),
                name="reset_decided_by_somebody_else",
            ),
        ]
