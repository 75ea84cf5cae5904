"""An extract that was asked for, and what became of it."""

from django.db import models
from django.db.models import F, Q

from homeward.extracts.rules import ExtractState, Failure
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes

S = ExtractState


class Extract(models.Model):
    """Frames as they were on one day. The database refuses every change of a ready one but taking it away."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    state = Choice(ExtractState, default=ExtractState.ASKED)
    why = models.CharField(max_length=400)
    opened_from = models.DateField(null=True)  # cases opened in this period; open ends mean all
    opened_until = models.DateField(null=True)
    # Its key is kept, so that one made after it carries the same pseudonyms.
    is_linkable = models.BooleanField(default=False)
    linkable_why = models.CharField(max_length=400, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    frame = models.CharField(max_length=40, blank=True)  # at which it is
    frames_done = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveBigIntegerField(default=0)
    failure = Choice(Failure, blank=True)
    ready_at = models.DateTimeField(null=True)
    manifest = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    key = models.BinaryField(null=True)
    kept_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_why = models.CharField(max_length=400, blank=True)

    PRIVACY = classes(
        internal="id organisation state why opened_from opened_until is_linkable linkable_why follows "
        "asked_by_id asked_at answered_by_id answered_at started_at frame frames_done rows_done failure "
        "ready_at manifest manifest_sha256 kept_until ended_at ended_why",
        personal="asked_by_name answered_by_name ended_by_name",
        sealed="key",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="extracts_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id=None) | ~Q(answered_by_id=F("asked_by_id")),
                name="linkable_extract_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(is_linkable=False)
                | Q(state__in=[S.UNCONFIRMED.value, S.DECLINED.value, S.WITHDRAWN.value])
                | Q(answered_by_id__isnull=False),
                name="linkable_extract_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(is_linkable=True) | Q(key=None), name="key_of_linkable_extract_only"
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | Q(is_linkable=True), name="who_follows_is_linkable"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.READY.value) | (~Q(manifest_sha256="") & Q(kept_until__isnull=False)),
                name="ready_extract_has_a_manifest",
            ),
        ]

    @property
    def cases(self) -> int:
        """How many cases are in it."""
        counted = self.manifest.get("frames", {}).get("cases", {}).get("rows", 0)
        return int(counted)

    @property
    def is_removable(self) -> bool:
        """Whether it can still be withdrawn."""
        return self.state not in (S.DECLINED, S.WITHDRAWN, S.EXPIRED)
