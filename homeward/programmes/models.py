"""The bare programme: enough to apply to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


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
