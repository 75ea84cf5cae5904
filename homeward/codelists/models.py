"""Days on which nobody works, as an organisation keeps them for the countries it works in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class Holiday(models.Model):
    """A public holiday of a country on one day; a mistaken one is taken out and stays on record."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    on = models.DateField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    is_verified = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    PRIVACY = classes(public="id organisation country on name source is_verified removed_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "country", "on", condition=Q(removed_at=None), name="one_holiday_of_a_day"
            )
        ]


class Weekend(models.Model):
    """The weekend of a country as an organisation goes by it; `days` are 0 for Monday to 6."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    days = ArrayField(models.PositiveSmallIntegerField())

    PRIVACY = classes(public="id organisation country days")

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "country", name="one_weekend_of_a_country"),
            models.CheckConstraint(
                condition=Q(days__len__lt=7, days__contained_by=list(range(7))),
                name="a_week_has_a_working_day",
            ),
        ]
