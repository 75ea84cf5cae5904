"""What a data protection officer keeps: holds, requests, restrictions, breaches. Subjects are plain ids."""

from django.db import models
from django.utils import timezone

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.privacy.rules import (
    AskedBy,
    BreachRisk,
    BreachStepKind,
    RequestKind,
    RequestState,
    RequestStepKind,
)

LIVE = models.Q(released_at=None)


class LegalHold(models.Model):
    """While it stands nobody erases this person, whatever a rule or a request says."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    reason = models.TextField()
    review_on = models.DateField()
    set_by_id = models.UUIDField()
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_because = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id organisation subject_id review_on set_by_id set_at released_at",
        personal="set_by_name released_by_name",
        sensitive="reason released_because",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "subject_id", condition=LIVE, name="one_live_hold_on_a_person"
            )
        ]
        indexes = [models.Index(fields=["subject_id"], condition=LIVE, name="live_holds_of_a_person")]


class SubjectRequest(models.Model):
    """What a person asked about their data, and by when they have their answer."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    kind = Choice(RequestKind)
    state = Choice(RequestState, default=RequestState.RECEIVED)
    asked_by = Choice(AskedBy, default=AskedBy.PERSON)
    words = models.TextField(blank=True)  # emptied by erasure
    received_on = models.DateField()
    due_on = models.DateField()
    is_extended = models.BooleanField(default=False)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation subject_id kind state asked_by received_on due_on is_extended "
        "recorded_by_id recorded_at ended_on version",
        personal="recorded_by_name",
        sensitive="words",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) ^ models.Q(state__in=["answered", "refused"]),
                name="a_request_ends_with_its_answer",
            )
        ]
        indexes = [
            # The officer's list: open requests, the oldest promise first.
            models.Index(
                fields=["organisation", "due_on"], condition=models.Q(ended_on=None), name="requests_open"
            ),
            models.Index(fields=["organisation", "-received_on"], name="requests_newest"),
        ]


class RequestStep(models.Model):
    """One thing done about a request; never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="steps")
    kind = Choice(RequestStepKind)
    note = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)

    PRIVACY = classes(
        internal="id organisation request kind on at by_id", personal="by_name", sensitive="note"
    )


class Restriction(models.Model):
    """While it stands nobody but data protection officers reads or writes anything of this person."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    # Set by the database: true when this organisation leads the person's cases, or alone knows the person.
    # Otherwise the restriction stops this organisation only.
    is_for_everybody = models.BooleanField(default=False)
    reason = models.TextField()
    since = models.DateTimeField(default=timezone.now)
    set_by_id = models.UUIDField()
    set_by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_because = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id organisation subject_id is_for_everybody since set_by_id lifted_at",
        personal="set_by_name lifted_by_name",
        sensitive="reason lifted_because",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "subject_id",
                condition=models.Q(lifted_at=None),
                name="one_live_restriction_of_a_person",
            )
        ]
        # Asked by every policy of a person's rows.
        indexes = [
            models.Index(fields=["subject_id"], condition=models.Q(lifted_at=None), name="live_restrictions")
        ]


class Breach(models.Model):
    """A loss of data or a look that should not have been; the clock runs from when it was found."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    what = models.TextField()
    found_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    account_id = models.UUIDField(null=True)
    risk = Choice(BreachRisk)
    authority_due_at = models.DateTimeField()
    authority_told_at = models.DateTimeField(null=True)
    people_count = models.PositiveIntegerField(null=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation found_at began_at ended_at account_id risk authority_due_at "
        "authority_told_at people_count recorded_by_id recorded_at closed_at",
        personal="recorded_by_name",
        sensitive="what",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-found_at"], name="breaches_newest")]


class BreachStep(models.Model):
    """One thing done about a breach; never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    breach = models.ForeignKey(Breach, models.CASCADE, related_name="steps")
    kind = Choice(BreachStepKind)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)

    PRIVACY = classes(internal="id organisation breach kind at by_id", personal="by_name", sensitive="note")
