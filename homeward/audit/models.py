"""The audit trail."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class Entry(models.Model):
    """One thing one actor did or was refused. Plain ids, no foreign keys: entries outlive their subjects."""

    id = Id()
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField()
    organisation_id = models.UUIDField()
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    refused = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    # Values before and after, sealed under the person's key, so that erasing the key erases them here too.
    details = models.BinaryField(null=True)

    PRIVACY = classes(
        internal="id at actor_id organisation_id role purpose action subject_id case_id refused note",
        sealed="details",
    )

    class Meta:
        indexes = [
            # The data protection officer's search: newest first, by organisation, actor or case.
            models.Index(fields=["organisation_id", "-at"], name="audit_newest"),
            models.Index(fields=["organisation_id", "actor_id", "-at"], name="audit_by_actor"),
            models.Index(fields=["case_id", "-at"], name="audit_by_case"),
            models.Index(fields=["organisation_id", "action", "-at"], name="audit_by_action"),
            models.Index(
                fields=["organisation_id", "-at"], condition=models.Q(refused=True), name="audit_refusals"
            ),
        ]


class Pending(models.Model):
    """An entry that waits for its seal: added by the database with the entry, taken away by the sealer."""

    entry_id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    since = models.DateTimeField()

    PRIVACY = classes(internal="entry_id organisation_id since")

    class Meta:
        # The sealer takes the oldest first; an officer is told how many of theirs wait.
        indexes = [
            models.Index(fields=["since"], name="pending_oldest"),
            models.Index(fields=["organisation_id", "since"], name="pending_of_organisation"),
        ]


class Seal(models.Model):
    """One link of the signed chain. Only the sealer's own database login reads and adds these."""

    id = Id()
    sequence = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    drained = models.BooleanField()
    entry_ids = ArrayField(models.UUIDField())
    digests = models.BinaryField()
    root = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    key_name = models.CharField(max_length=20)
    signature = models.BinaryField()

    PRIVACY = classes(
        internal="id sequence sealed_at drained entry_ids digests root previous digest key_name signature"
    )


class Verification(models.Model):
    """That the chain was verified, and whether it held; without any figure of another organisation."""

    id = Id()
    at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField()
    is_sound = models.BooleanField()

    PRIVACY = classes(internal="id at sequence is_sound")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="verifications_newest")]
