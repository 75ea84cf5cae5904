"""What an integration asked before, so that asking again does nothing twice."""

from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class HandledRequest(models.Model):
    """One creating request under the key its sender gave it, with the sealed answer it got."""

    id = Id()
    organisation_id = models.UUIDField()
    actor_id = models.UUIDField()
    key = models.CharField(max_length=100)
    fingerprint = models.BinaryField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(internal="id organisation_id actor_id key fingerprint status at", sealed="answer")

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation_id", "actor_id", "key", name="one_request_under_a_key")
        ]
