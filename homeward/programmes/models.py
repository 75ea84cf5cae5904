"""A programme, who takes part in it, and its dated versions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.programmes.rules import Part, VersionState


class Programme(models.Model):
    """A programme of return or reintegration assistance, known to every partner on the installation."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40)
    host_countries = ArrayField(models.CharField(max_length=2), default=list)
    return_countries = ArrayField(models.CharField(max_length=2), default=list)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id organisation name code host_countries return_countries opens_on closes_on version"
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("organisation", "code", name="one_programme_of_a_code")]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """An organisation that pays for a programme or carries it out with the one that runs it."""

    id = Id()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    part = Choice(Part)

    PRIVACY = classes(public="id programme organisation party part")

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", "party", "part", name="one_part_of_a_party_in_a_programme")
        ]


class ProgrammeVersion(models.Model):
    """What a programme says from a day on. The database refuses every change once it is published."""

    id = Id()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = Choice(VersionState, default=VersionState.DRAFT)
    takes_effect_on = models.DateField(null=True)
    terms = models.JSONField()
    what_changed = models.TextField(blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    drafted_by_ids = ArrayField(
        models.UUIDField(), default=list
    )  # who wrote in it; none of them publishes it
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id programme organisation number state takes_effect_on terms what_changed begun_at "
        "published_at version",
        internal="drafted_by_ids published_by_id",
        personal="published_by_name",
    )

    class Meta:
        # The one in force on a day, and the history of a programme.
        indexes = [models.Index(fields=["programme", "-takes_effect_on", "-number"], name="version_in_force")]
        constraints = [
            models.UniqueConstraint("programme", "number", name="one_version_of_a_number"),
            models.UniqueConstraint(
                "programme",
                condition=models.Q(state=VersionState.DRAFT.value),
                name="one_draft_of_a_programme",
            ),
            models.CheckConstraint(
                condition=models.Q(state=VersionState.DRAFT.value)
                | models.Q(takes_effect_on__isnull=False, published_at__isnull=False),
                name="published_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by_id=None)
                | ~models.Q(drafted_by_ids__contains=[models.F("published_by_id")]),
                name="nobody_publishes_what_they_drafted",
            ),
        ]
