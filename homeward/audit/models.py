"""The audit trail."""

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
        ]
