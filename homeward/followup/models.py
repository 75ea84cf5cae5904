"""Visits that are due or were made, attempts at them, who goes where, how businesses fare, samples."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from homeward.cases.journey_rules import ContactWay
from homeward.followup.rules import (
    Answering,
    BusinessState,
    ClosedBecause,
    NotNeeded,
    VisitOutcome,
    VisitState,
    Why,
)
from homeward.followup.sampling.rules import (
    Allocation,
    Design,
    MemberRole,
    ReplaceWhen,
    SampleState,
    TellApart,
)
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes

DUE = Q(state=VisitState.DUE.value)


class Visit(models.Model):
    """One contact or survey that somebody is due for. Filled forms say by its `key` whom they are about."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="visits", db_index=False)
    member = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    round = models.CharField(max_length=40)
    instrument = models.CharField(max_length=64, blank=True)  # none: to see how the person is
    key = models.UUIDField(unique=True, default=uuid4)
    why = Choice(Why)
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()
    planned_on = models.DateField(null=True)  # the day agreed with the person
    place = models.CharField(max_length=200, blank=True)
    assigned_to_id = models.UUIDField(null=True)
    assigned_to_name = models.CharField(max_length=200, blank=True)
    is_given = models.BooleanField(default=False)  # by a colleague, not by the rules of who goes where
    state = Choice(VisitState, default=VisitState.DUE)
    outcome = Choice(VisitOutcome, blank=True)  # of the latest attempt
    attempts_made = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True)
    submission_id = models.UUIDField(null=True)
    not_needed_because = Choice(NotNeeded, blank=True)
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id case organisation round instrument opens_on due_on closes_on assigned_to_id is_given "
        "state attempts_made done_on submission_id made_at version",
        personal="member key planned_on assigned_to_name place",
        sensitive="why outcome not_needed_because note",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=~Q(why=Why.ASKED.value) & Q(member=None),
                name="one_visit_of_a_round",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("due_on")) & Q(due_on__lte=models.F("closes_on")),
                name="visit_is_due_within_its_window",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.DONE.value) | Q(done_on__isnull=False),
                name="done_visit_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.NOT_NEEDED.value) | ~Q(not_needed_because=""),
                name="no_visit_is_called_off_without_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="visits_of_case"),
            # An officer's week, an organisation's, and what the timer closes.
            models.Index(
                fields=["organisation", "assigned_to_id", "due_on"], condition=DUE, name="visits_assigned"
            ),
            models.Index(fields=["organisation", "closes_on"], condition=DUE, name="visits_to_close"),
            # The monitor of rounds.
            models.Index(fields=["organisation", "round", "state"], name="visits_by_round"),
        ]


class Attempt(models.Model):
    """One try to make a visit, and what came of it. Only ever added."""

    id = Id()
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="attempts")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    on = models.DateField()
    way = Choice(ContactWay)
    outcome = Choice(VisitOutcome)
    note = models.TextField(blank=True)
    contact_id = models.UUIDField()  # the same try among the case's attempts to reach the person
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id visit case organisation on way contact_id recorded_by_id recorded_at",
        personal="recorded_by_name",
        sensitive="outcome note",
    )

    class Meta:
        indexes = [models.Index(fields=["visit", "-on", "-recorded_at"], name="attempts_at_visit")]


class BusinessCheck(models.Model):
    """Whether a business that a person began is there, as somebody saw or heard on a day. Only ever added."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    on = models.DateField()
    state = Choice(BusinessState)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = Choice(ClosedBecause, blank=True)
    words = models.TextField(blank=True)
    workers = models.PositiveSmallIntegerField(null=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation recorded_by_id recorded_at",
        personal="what on state began_on ended_on workers recorded_by_name",
        sensitive="reason words",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=BusinessState.CLOSED.value) | (Q(ended_on__isnull=False) & ~Q(reason="")),
                name="closed_business_has_day_and_reason",
            )
        ]
        indexes = [models.Index(fields=["case", "-on", "-recorded_at"], name="business_of_case")]


class Area(models.Model):
    """Who of an organisation makes the visits in a place; elsewhere it is whoever leads the case."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    officer_id = models.UUIDField()
    officer_name = models.CharField(max_length=200)

    PRIVACY = classes(internal="id organisation place officer_id", personal="officer_name")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "place", name="one_officer_of_a_place")]


class VisitDraft(models.Model):
    """A form that is being filled for a visit. What was answered leaves with sending; the row says it was."""

    id = Id()
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="drafts", db_index=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    form = models.ForeignKey("surveys.InstrumentVersion", models.PROTECT, related_name="+", db_index=False)
    answering = Choice(Answering)
    content = models.BinaryField(default=bytes)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by_id = models.UUIDField()
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)  # said in what is sent, so that sending again sends the same
    sent_at = models.DateTimeField(null=True)
    submission_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id visit case organisation form answering begun_at begun_by_id saved_at ended_at sent_at "
        "submission_id version",
        personal="saved_by_name",
        sealed="content",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "organisation", "answering"],
                condition=Q(sent_at=None),
                name="one_open_draft_of_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(content=b""), name="sent_draft_holds_no_answers"
            ),
        ]
        indexes = [models.Index(fields=["case", "answering"], name="drafts_of_case")]


class DraftFile(models.Model):
    """A picture or other file that goes with a draft; its bytes are encrypted on disk until it is sent."""

    id = Id()
    draft = models.ForeignKey(VisitDraft, models.CASCADE, related_name="files")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    blob = models.CharField(max_length=32)
    key = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id draft case content_type size_bytes blob added_at", personal="name", sealed="key"
    )

    class Meta:
        constraints = [models.UniqueConstraint("draft", "name", name="one_draft_file_of_a_name")]


class Sample(models.Model):
    """Whom of a round to ask: the rule of the frame, the design, the seed. Once drawn nothing of it changes.

    `of` is the sample whose unreached people a double sample was drawn from.
    """

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    of = models.OneToOneField("self", models.PROTECT, null=True, related_name="double")
    name = models.CharField(max_length=200)
    round = models.CharField(max_length=40)
    rule = models.JSONField()
    design = Choice(Design)
    by = Choice(TellApart)
    allocation = Choice(Allocation, default=Allocation.PROPORTIONAL)
    least = models.PositiveIntegerField(default=0)
    clusters = models.PositiveIntegerField(default=1)
    size = models.PositiveIntegerField()  # how many to contact
    asked = models.JSONField(default=dict)  # why so many
    seed = models.CharField(max_length=64)
    replace_when = Choice(ReplaceWhen)
    replace_after = models.PositiveSmallIntegerField(default=5)
    state = Choice(SampleState, default=SampleState.PLANNED)
    frame_count = models.PositiveIntegerField(default=0)
    frame_hash = models.CharField(max_length=64, blank=True)
    draw_hash = models.CharField(max_length=64, blank=True)
    groups = models.JSONField(default=list)  # name, people in the frame, how many of them were drawn
    planned_by_id = models.UUIDField()
    planned_by_name = models.CharField(max_length=200)
    planned_at = models.DateTimeField(auto_now_add=True)
    drawn_by_id = models.UUIDField(null=True)
    drawn_by_name = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation of name round rule design by allocation least clusters size asked seed "
        "replace_when replace_after state frame_count frame_hash draw_hash groups planned_by_id planned_at "
        "drawn_by_id drawn_at version",
        personal="planned_by_name drawn_by_name",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SampleState.DRAWN.value)
                | (Q(drawn_at__isnull=False) & ~Q(frame_hash="") & ~Q(draw_hash="")),
                name="drawn_sample_says_when_and_from_what",
            )
        ]
        indexes = [models.Index(fields=["organisation", "-planned_at"], name="samples_of_organisation")]


class SampleMember(models.Model):
    """One visit of a frozen frame: drawn, next in line, or neither. Nobody of it is named here."""

    id = Id()
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="members", db_index=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="samplings")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    group = models.CharField(max_length=200, blank=True)
    role = Choice(MemberRole)
    line = models.PositiveIntegerField()
    probability = models.FloatField()
    stands_for = models.UUIDField(null=True)  # the member whose place this one took
    taken_at = models.DateTimeField(null=True)
    taken_by_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id sample visit case organisation role line probability stands_for taken_at taken_by_id",
        personal="group",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "visit"], name="each_visit_once_in_a_sample"),
            models.UniqueConstraint(fields=["stands_for"], name="one_substitute_for_a_member"),
        ]
        indexes = [models.Index(fields=["sample", "role", "line"], name="members_by_role")]
