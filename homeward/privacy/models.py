"""One key per person."""

from django.db import models
from django.utils import timezone

from homeward.lib.privacy_classes import classes


class SubjectKey(models.Model):
    """A person's own key, wrapped by a master key. Destroyed, its row stays: none is made anew."""

    subject_id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    wrapped = models.BinaryField(null=True)
    master_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="subject_id organisation master_version made_at destroyed_at",
        sealed="wrapped",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped=None) ^ models.Q(destroyed_at=None),
                name="a_destroyed_key_is_gone",
            )
        ]
        # Rotation looks for what an older master key still wraps.
        indexes = [
            models.Index(
                fields=["organisation", "master_version"],
                condition=models.Q(destroyed_at=None),
                name="keys_by_master",
            )
        ]
