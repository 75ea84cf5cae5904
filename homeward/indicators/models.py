"""Frameworks with their versions, what partners say about one, and the tables of values."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.indicators.rules import FrameworkPart, FrameworkState, Shown, TableState, Why
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Framework(models.Model):
    """A set of indicators that somebody owns, known to every partner on the installation."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.JSONField()  # in every language
    made_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(public="id organisation code name made_at")

    class Meta:
        ordering = ["code", "id"]
        constraints = [models.UniqueConstraint("organisation", "code", name="one_framework_of_a_code")]


class FrameworkParty(models.Model):
    """An organisation that is asked what it thinks of a framework, or owns it too."""

    id = Id()
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    party = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    part = Choice(FrameworkPart, default=FrameworkPart.CONSULTED)

    PRIVACY = classes(public="id framework organisation party part")

    class Meta:
        constraints = [
            models.UniqueConstraint("framework", "party", name="one_part_of_a_party_in_a_framework")
        ]


class FrameworkVersion(models.Model):
    """What a framework says. The database lets nobody change it but in a draft."""

    id = Id()
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = Choice(FrameworkState, default=FrameworkState.DRAFT)
    definitions = models.JSONField(default=list)
    definitions_sha256 = models.CharField(max_length=64)
    what_changed = models.TextField(blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    drafted_by_ids = ArrayField(models.UUIDField(), default=list)  # none of them validates it
    asked_until = models.DateField(null=True)  # when comments are hoped for
    validated_at = models.DateTimeField(null=True)
    in_force_on = models.DateField(null=True)
    in_force_by_id = models.UUIDField(null=True)
    in_force_by_name = models.CharField(max_length=200, blank=True)
    superseded_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id framework organisation number state definitions definitions_sha256 what_changed begun_at "
        "asked_until validated_at in_force_on superseded_on version",
        internal="drafted_by_ids in_force_by_id",
        personal="in_force_by_name",
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("framework", "number", name="one_framework_version_of_a_number"),
            models.UniqueConstraint(
                "framework",
                condition=Q(state__in=[FrameworkState.DRAFT.value, FrameworkState.CONSULTATION.value]),
                name="one_version_under_discussion",
            ),
            models.UniqueConstraint(
                "framework",
                condition=Q(state=FrameworkState.IN_FORCE.value),
                name="one_framework_version_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_by_id=None) | ~Q(drafted_by_ids__contains=[F("in_force_by_id")]),
                name="nobody_puts_in_force_what_they_drafted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[FrameworkState.IN_FORCE.value, FrameworkState.SUPERSEDED.value])
                | Q(in_force_on__isnull=False, validated_at__isnull=False),
                name="in_force_from_a_day",
            ),
        ]


class FrameworkComment(models.Model):
    """What an organisation says about a version or one of its indicators, or answers another."""

    id = Id()
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="comments")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    definitions_sha256 = models.CharField(max_length=64)  # of what it was said
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id version organisation indicator text answers definitions_sha256 by_id at",
        personal="by_name",
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["version", "at"], name="comments_of_a_version")]


class FrameworkValidation(models.Model):
    """A named person's yes to what a version says, as it stood then."""

    id = Id()
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="validations")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    definitions_sha256 = models.CharField(max_length=64)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(internal="id version organisation definitions_sha256 by_id at", personal="by_name")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                "version", "by_id", "definitions_sha256", name="one_validation_of_a_person"
            )
        ]


class IndicatorTable(models.Model):
    """The values of one version reckoned of one extract. The database keeps a ready one as it is."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    extract_id = models.UUIDField()
    state = Choice(TableState, default=TableState.ASKED)
    done = models.PositiveSmallIntegerField(default=0)  # indicators
    rows = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=400, blank=True)
    troubles = models.JSONField(default=dict)  # by code of an indicator: why it has no values
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    run_id = models.UUIDField(null=True)  # who reckons it now: another that comes later takes its place
    active_at = models.DateTimeField(null=True)  # their last sign of life
    finished_at = models.DateTimeField(null=True)
    definitions_sha256 = models.CharField(max_length=64)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=64, blank=True)

    PRIVACY = classes(
        internal="id organisation version extract_id state done rows trouble troubles asked_by_id asked_at "
        "run_id active_at finished_at definitions_sha256 inputs_sha256 code_version",
        personal="asked_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at", "-id"], name="tables_newest")]


class IndicatorValue(models.Model):
    """One cell: an empty dimension is the total over it. What is not told is kept: releases hide it anew."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="values")
    indicator = models.CharField(max_length=20)
    programme = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=80, blank=True)
    partner = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=12, blank=True)
    n = models.PositiveIntegerField()
    coverage = models.FloatField(null=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    shown = Choice(Shown, default=Shown.SHOWN)
    why_hidden = Choice(Why, blank=True)

    PRIVACY = classes(
        internal="id organisation table indicator programme country partner sex age_band group period n "
        "coverage value low high shown why_hidden"
    )

    class Meta:
        indexes = [
            models.Index(fields=["table", "indicator", "period"], name="values_of_an_indicator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown=Shown.HIDDEN.value) & ~Q(why_hidden="")
                | ~Q(shown=Shown.HIDDEN.value) & Q(why_hidden=""),
                name="what_is_hidden_says_why",
            )
        ]
