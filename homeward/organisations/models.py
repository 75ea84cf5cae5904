"""Organisations, offices, teams, users and memberships."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from homeward.access.roles import Role
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.organisations.rules import OrganisationClass


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

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(internal="id organisation name place")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "name", name="one_office_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    id = Id()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="teams")
    name = models.CharField(max_length=200)

    PRIVACY = classes(internal="id organisation office name")

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
