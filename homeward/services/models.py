"""Providers, their services and places, room, what was changed, proposed and said of them.

What HSDS knows and Homeward has no column for is kept as it came in `beyond`, so that a file goes out as
complete as it came in. Named contact persons are never kept.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.services.rules import (
    REPLY_DAYS,
    ChangeKind,
    FeedbackState,
    ForWhom,
    PlaceKind,
    ProposalState,
    Status,
)


class Provider(models.Model):
    """An organisation of the directory; few of them work on this installation."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    account = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    alternate_name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=1000, blank=True)
    beyond = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id name alternate_name description email website beyond updated_at version",
        internal="organisation account",
    )

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service of a provider: for what, for whom, where, when, in which languages, at what cost."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    account = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="services")
    name = models.CharField(max_length=300)
    alternate_name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    translations = models.JSONField(default=dict)
    status = Choice(Status, default=Status.ACTIVE)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    areas = ArrayField(models.CharField(max_length=200), default=list)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    interpretation = models.TextField(blank=True)
    for_whom = Choice(ForWhom, default=ForWhom.EVERYONE)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    eligibility = models.TextField(blank=True)
    is_free = models.BooleanField(null=True)
    fees = models.TextField(blank=True)
    how_to_apply = models.TextField(blank=True)
    waiting_time = models.CharField(max_length=300, blank=True)
    phones = models.JSONField(default=list)
    email = models.EmailField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    schedules = models.JSONField(default=list)
    alert = models.TextField(blank=True)
    reply_days = models.PositiveSmallIntegerField(default=REPLY_DAYS)
    is_restricted = models.BooleanField(default=False)
    last_verified_on = models.DateField(null=True)
    last_verified_by = models.CharField(max_length=200, blank=True)
    beyond = models.JSONField(default=dict)
    added_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id provider name alternate_name description translations status needs countries areas "
        "languages interpretation for_whom minimum_age maximum_age eligibility is_free fees how_to_apply "
        "waiting_time phones email url schedules alert is_restricted last_verified_on "
        "beyond added_at updated_at version",
        internal="organisation account reply_days",
        personal="last_verified_by",
    )

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            GinIndex(fields=["needs"], name="services_by_need"),  # matching and search
            models.Index(fields=["name", "id"], name="services_by_name"),  # the directory's pages
            models.Index(
                fields=["last_verified_on"], name="services_by_verification"
            ),  # the list of old ones
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(minimum_age__lte=F("maximum_age")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(condition=Q(reply_days__gte=1), name="service_has_a_day_to_reply"),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Where services are given; the point on a map is optional."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    account = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="places")
    name = models.CharField(max_length=300)
    kind = Choice(PlaceKind, default=PlaceKind.PHYSICAL)
    address = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    directions = models.TextField(blank=True)
    is_step_free = models.BooleanField(null=True)
    is_restricted = models.BooleanField(default=False)
    beyond = models.JSONField(default=dict)

    PRIVACY = classes(
        public="id provider name kind address city region postcode country latitude longitude directions "
        "is_step_free is_restricted beyond",
        internal="organisation account",
    )

    class Meta:
        ordering = ["city", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_is_on_earth",
            )
        ]


class ServicePlace(models.Model):
    """A service at a place, with hours of its own if they differ."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, models.CASCADE, related_name="given_here")
    description = models.TextField(blank=True)
    schedules = models.JSONField(default=list)
    beyond = models.JSONField(default=dict)

    PRIVACY = classes(public="id service place description schedules beyond", internal="organisation")

    class Meta:
        constraints = [models.UniqueConstraint("service", "place", name="one_service_at_a_place_once")]


class Room(models.Model):
    """How many of a unit (beds, seats, hours) a service has, and how many are free. Never below none."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="rooms")
    unit = models.CharField(max_length=100)
    total = models.PositiveIntegerField()
    available = models.PositiveIntegerField()
    description = models.CharField(max_length=500, blank=True)
    counted_at = models.DateTimeField()

    PRIVACY = classes(
        public="id service unit total available description counted_at", internal="organisation"
    )

    class Meta:
        ordering = ["unit", "id"]
        constraints = [
            models.UniqueConstraint("service", "unit", name="one_count_of_a_unit"),
            models.CheckConstraint(condition=Q(available__gte=0), name="room_is_never_oversold"),
            models.CheckConstraint(condition=Q(available__lte=F("total")), name="room_is_not_more_than_all"),
        ]


class Change(models.Model):
    """One line of a service's history; never changed itself. `changed`: before and after of each field."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="history")
    kind = Choice(ChangeKind)
    changed = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(internal="id organisation service kind changed at", personal="by_name")

    class Meta:
        indexes = [models.Index(fields=["service", "-at"], name="history_of_a_service")]


class Proposal(models.Model):
    """What somebody who does not keep the entry knows better, for its keeper to take or decline."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    keeper = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="proposals")
    name = models.CharField(max_length=300)
    words = models.TextField()
    state = Choice(ProposalState, default=ProposalState.WAITING)
    by_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id organisation keeper service name words state made_at answer answered_at",
        personal="by_name answered_by",
    )

    class Meta:
        indexes = [models.Index(fields=["keeper", "state", "made_at"], name="proposals_to_answer")]


class Feedback(models.Model):
    """How a service was found, in stars and words, never about a person; read before it is shown."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="feedback")
    rating = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    state = Choice(FeedbackState, default=FeedbackState.WAITING)
    said_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id organisation service rating state said_at read_at", personal="words read_by"
    )

    class Meta:
        indexes = [models.Index(fields=["service", "state", "-said_at"], name="feedback_on_a_service")]
        constraints = [
            models.CheckConstraint(condition=Q(rating__range=(1, 5)), name="one_to_five_stars"),
        ]
