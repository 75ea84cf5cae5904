"""What money was worth on a day, and what things cost in a place."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from homeward.assistance.rules import Quote
from homeward.lib.fields import Id
from homeward.lib.money import Money
from homeward.lib.privacy_classes import classes


class Rate(models.Model):
    """How many units of `quote` one unit of `of` was worth on a day, and who says so."""

    id = Id()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )
    of = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    on = models.DateField()
    source = models.CharField(max_length=200)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation of quote rate on source added_by_id added_at", personal="added_by_name"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "of", "quote", "on", name="one_rate_of_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=Decimal(0)), name="rate_is_positive"),
            models.CheckConstraint(condition=~Q(of=F("quote")), name="rate_is_of_two_currencies"),
        ]

    @property
    def as_quote(self) -> Quote:
        return Quote(self.of, self.quote, self.rate)


class RateAdoption(models.Model):
    """That an organisation goes by the rates of another, beside its own, until it ends it."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    adopted_by_id = models.UUIDField()
    adopted_by_name = models.CharField(max_length=200)
    adopted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation from_organisation adopted_by_id adopted_at ended_at",
        personal="adopted_by_name",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "from_organisation",
                condition=Q(ended_at=None),
                name="rates_are_adopted_once",
            )
        ]


class Price(models.Model):
    """What a unit of something cost in a place on a day."""

    id = Id()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )
    item = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    place = models.CharField(max_length=200)
    on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    source = models.CharField(max_length=200)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation item unit place on currency amount_minor source added_by_id added_at",
        personal="added_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "item", "place", "-on"], name="prices_of_items")]
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="price_is_positive")]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
