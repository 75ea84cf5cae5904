"""A case's plan, its versions, what each says, and who agreed to it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.money import MOST_MINOR
from homeward.lib.privacy_classes import classes
from homeward.plans.rules import (
    OPEN,
    AgreementWay,
    Dimension,
    Level,
    PayForm,
    Picture,
    PlanState,
    ProviderKind,
    Signer,
)


class Plan(models.Model):
    """The plan of one case; what it says is in its versions."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="plans")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    begun_on = models.DateField()
    begun_by_id = models.UUIDField()
    begun_by_name = models.CharField(max_length=200)

    PRIVACY = classes(internal="id case organisation begun_on begun_by_id", personal="begun_by_name")

    class Meta:
        constraints = [models.UniqueConstraint("case", name="one_plan_of_a_case")]


class PlanVersion(models.Model):
    """What the plan said from one agreement to the next; only a draft is changed."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = Choice(PlanState, default=PlanState.DRAFT)
    reason = models.TextField(blank=True)  # why an agreed plan is amended
    drafted_by_ids = ArrayField(models.UUIDField(), default=list)
    revision = models.PositiveIntegerField(default=1)
    content_hash = models.CharField(max_length=64, blank=True)
    rights = models.JSONField(default=list)  # what the programme entitled to, on the day it was proposed
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    proposed_on = models.DateField(null=True)
    proposed_by_id = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True)
    returned_reasons = models.TextField(blank=True)  # why it came back to be changed
    returned_by_name = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True)

    PRIVACY = classes(
        internal="id case plan number state drafted_by_ids revision content_hash rights organisation "
        "proposed_on proposed_by_id approved_on agreed_on",
        personal="proposed_by_name returned_by_name",
        sensitive="reason returned_reasons",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("plan", "number", name="one_number_of_a_plan_version"),
            models.UniqueConstraint(
                "plan",
                condition=Q(state__in=[one.value for one in OPEN]),
                name="one_open_version_of_a_plan",
            ),
            models.UniqueConstraint(
                "plan", condition=Q(state=PlanState.AGREED.value), name="one_agreed_version_of_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT.value) | ~Q(content_hash=""),
                name="only_a_draft_has_no_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED.value) | Q(agreed_on__isnull=False),
                name="agreed_on_a_day",
            ),
        ]
        indexes = [
            # The inbox of who proposed: what came back, and what waits for the person.
            models.Index(
                fields=["proposed_by_id"],
                condition=Q(state__in=[PlanState.DRAFT.value, PlanState.APPROVED.value]),
                name="plans_to_take_further",
            )
        ]


class Goal(models.Model):
    """What the person wants, as they say it. `line_id` is the id the goal had in its first version."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="goals")
    line_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    own_words = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    dimension = Choice(Dimension)

    PRIVACY = classes(internal="id case version line_id position", sensitive="own_words language dimension")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("version", "line_id", name="one_goal_of_a_line"),
            models.CheckConstraint(condition=~Q(own_words=""), name="a_goal_has_words"),
        ]


class Activity(models.Model):
    """What is done for a goal. `line_id` is the id the activity had in its first version."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="activities")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="activities")
    line_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    dimension = Choice(Dimension)
    level = Choice(Level)
    provider_kind = Choice(ProviderKind)
    provider_name = models.CharField(max_length=200, blank=True)
    package_code = models.CharField(max_length=40, blank=True)
    form = Choice(PayForm)
    cost_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    matching_percent = models.PositiveSmallIntegerField(default=0)
    planned_on = models.DateField(null=True)
    depends_on_id = models.UUIDField(null=True)  # the line_id of what has to be done before
    feasibility = models.TextField(blank=True)
    plain_words = models.CharField(max_length=300, blank=True)
    picture = Choice(Picture, blank=True)

    PRIVACY = classes(
        internal="id case version goal line_id position package_code cost_minor currency planned_on "
        "matching_percent depends_on_id",
        sensitive="what dimension level provider_kind provider_name form feasibility plain_words picture",
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("version", "line_id", name="one_activity_of_a_line"),
            models.CheckConstraint(condition=~Q(what=""), name="an_activity_says_what"),
            models.CheckConstraint(
                condition=Q(cost_minor=0)
                | Q(cost_minor__gt=0, cost_minor__lte=MOST_MINOR, currency__regex=r"^[A-Z]{3}$"),
                name="a_cost_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(depends_on_id=None) | ~Q(depends_on_id=F("line_id")),
                name="no_activity_waits_for_itself",
            ),
        ]


class Agreement(models.Model):
    """The person's yes to exactly one content of one version."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="agreements")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    agreed_on = models.DateField()
    way = Choice(AgreementWay)
    signer = Choice(Signer, default=Signer.PERSON)
    guardian_name = models.CharField(max_length=200, blank=True)
    guardian_relation = models.CharField(max_length=100, blank=True)
    was_read_aloud = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    witness_name = models.CharField(max_length=200, blank=True)
    witness_how = models.CharField(max_length=300, blank=True)
    signature_file_id = models.UUIDField(null=True, unique=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case version organisation content_hash agreed_on way signer was_read_aloud "
        "signature_file_id recorded_by_id recorded_at",
        personal="guardian_name guardian_relation language witness_name recorded_by_name",
        sensitive="witness_how",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("version", name="one_agreement_of_a_version"),
            models.CheckConstraint(
                condition=~Q(way=AgreementWay.SIGNED.value) | Q(signature_file_id__isnull=False),
                name="signed_with_its_picture",
            ),
            models.CheckConstraint(
                condition=~Q(way=AgreementWay.WITNESSED.value) | (~Q(witness_name="") & ~Q(witness_how="")),
                name="witnessed_by_somebody_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(signer=Signer.GUARDIAN.value) | ~Q(guardian_name=""),
                name="a_guardian_has_a_name",
            ),
        ]
