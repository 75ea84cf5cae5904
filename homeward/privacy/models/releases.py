"""What left: tables as they were released, cell by cell, shown or not."""

from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class Release(models.Model):
    """Tables that somebody got. Kept for good: what is released later must not undo what was hidden."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # what it left as: a table of indicators, a report
    audience = models.CharField(
        max_length=80
    )  # who puts together what they got: "inside", "public", or a name
    recipient = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=80)  # what is counted: cases, visits, people reached
    extract_id = models.UUIDField(null=True)
    made_from = models.JSONField(default=dict)  # hashes of spec and code, version of the framework
    why = models.CharField(max_length=400)
    # With the counts of hidden cells: without them nobody could reckon what a later release gives away.
    tables = models.JSONField(default=list)
    cells_shown = models.PositiveIntegerField()
    cells_hidden = models.PositiveIntegerField()
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation kind audience subject extract_id made_from why cells_shown cells_hidden "
        "released_by_id released_at",
        personal="recipient released_by_name",
        sensitive="tables",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-released_at"], name="releases_newest")]
