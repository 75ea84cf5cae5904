"""Protocols, notices, and the accounts of enforcement bodies, which are no users of anything else."""

from django.db import models
from django.utils import timezone

from homeward.firewall.rules import DocumentStatus
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Protocol(models.Model):
    """That one organisation may tell one enforcement body of single journeys: until when, on which law."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    body = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=500)
    purpose = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField()
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=timezone.now)
    approved_by_id = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation body legal_basis purpose starts_on ends_on proposed_by_id proposed_at"
        " approved_by_id approved_at ended_by_id ended_at",
        personal="proposed_by_name approved_by_name",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None)
                | ~models.Q(approved_by_id=models.F("proposed_by_id")),
                name="protocol_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="protocol_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="protocols_by_end")]


class TravelNotice(models.Model):
    """All that one enforcement body is told of one journey. It names no case and no person."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    body = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="notices")
    pseudonym = models.CharField(max_length=20)
    travels_on = models.DateField()
    flight = models.CharField(max_length=20, blank=True)
    document_status = Choice(DocumentStatus)
    necessity = models.CharField(max_length=600)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation body protocol pseudonym made_at withdrawn_at",
        personal="travels_on flight document_status necessity made_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["body", "travels_on"], name="notices_of_a_body")]


class NoticeSource(models.Model):
    """Whose journey a notice tells of, and who made it: kept apart, where no enforcement body can look."""

    notice = models.OneToOneField(TravelNotice, models.PROTECT, primary_key=True, related_name="source")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    made_by_id = models.UUIDField()
    withdrawn_by_id = models.UUIDField(null=True)

    PRIVACY = classes(internal="notice organisation case made_by_id withdrawn_by_id")

    class Meta:
        indexes = [models.Index(fields=["case"], name="notices_of_a_case")]


class EnforcementAccount(models.Model):
    """Somebody at an enforcement body who signs in to its own process. Never a user of anything else."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    password = models.CharField(max_length=200, blank=True)
    # Sealed by the enforcement process under a secret that no other process has.
    factor = models.BinaryField(null=True)
    last_code = models.BigIntegerField(default=0)
    invitation_digest = models.CharField(max_length=64, blank=True)
    invited_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation last_code invitation_digest invited_until failures closed_until ended_at",
        personal="name email",
        sealed="password factor",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "email",
                condition=models.Q(ended_at=None),
                name="one_live_account_of_an_address",
            )
        ]


class EnforcementSession(models.Model):
    """One sign-in of an enforcement account; only the digest of its cookie is kept."""

    id = Id()
    account = models.ForeignKey(EnforcementAccount, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(internal="id account digest began_at used_at ended_at")

    class Meta:
        constraints = [models.UniqueConstraint("digest", name="one_session_of_a_digest")]
