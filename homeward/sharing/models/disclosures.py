"""The register of what was disclosed, its content, and what two people decided together."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.sharing.rules import SPECIAL, Basis, Condition, DisclosureKind, EndReason, Purpose

SPECIAL_VALUES = sorted(category.value for category in SPECIAL)


class Override(models.Model):
    """A vital interest for which special categories move without consent: one person asks, another agrees."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    purpose = Choice(Purpose)
    categories = ArrayField(models.CharField(max_length=40))
    reason = models.TextField()
    until = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation receiver subject_id case_id purpose categories until asked_by_id asked_at "
        "is_agreed answered_by_id answered_at",
        personal="asked_by_name answered_by_name",
        sensitive="reason",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id=None) | ~Q(answered_by_id=F("asked_by_id")),
                name="override_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None, answered_by_id=None, answered_at=None)
                | Q(is_agreed__isnull=False, answered_by_id__isnull=False, answered_at__isnull=False),
                name="override_answered_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="no_override_without_reason"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "until"], name="overrides_waiting", condition=Q(is_agreed=None)
            )
        ]


class Disclosure(models.Model):
    """That something about a person was disclosed: by whom, to whom, on what ground, until when."""

    id = Id()
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    by_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = Choice(DisclosureKind)
    purpose = Choice(Purpose)
    basis = Choice(Basis)
    condition = Choice(Condition, blank=True)
    necessity = models.TextField()
    categories = ArrayField(models.CharField(max_length=40))
    clause = models.ForeignKey("sharing.Clause", models.PROTECT, related_name="+")
    consent_id = models.UUIDField(null=True)
    override = models.ForeignKey(Override, models.PROTECT, null=True, related_name="+")
    pseudonym = models.CharField(max_length=20)
    until = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    first_opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_why = Choice(EndReason, blank=True)
    receipt_at = models.DateTimeField(null=True)
    receipt_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id subject_id case_id by_organisation organisation kind purpose basis condition categories "
        "clause consent_id override pseudonym until made_by_id made_at first_opened_at ended_at ended_by_id "
        "ended_why receipt_at",
        personal="made_by_name ended_by_name receipt_by_name",
        sensitive="necessity",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(by_organisation=F("organisation")), name="disclosed_to_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(necessity=""), name="disclosed_because_needed"),
            models.CheckConstraint(condition=Q(categories__len__gt=0), name="something_is_disclosed"),
            models.CheckConstraint(
                condition=~Q(basis=Basis.CONSENT.value) & ~Q(condition=Condition.EXPLICIT_CONSENT.value)
                | Q(consent_id__isnull=False),
                name="consent_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(categories__overlap=SPECIAL_VALUES) | ~Q(condition=""),
                name="special_categories_have_a_condition",
            ),
            models.CheckConstraint(
                condition=~Q(categories__overlap=SPECIAL_VALUES)
                | ~(Q(basis=Basis.VITAL_INTEREST.value) | Q(condition=Condition.VITAL_INTERESTS.value))
                | Q(consent_id__isnull=False)
                | Q(override__isnull=False),
                name="vital_interest_was_agreed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="disclosure_ended_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="disclosures_received"),
            models.Index(fields=["by_organisation", "-made_at"], name="disclosures_made"),
            models.Index(fields=["subject_id"], name="disclosures_about"),
            models.Index(fields=["case_id"], name="disclosures_of_case"),
            models.Index(
                fields=["consent_id"], name="disclosures_on_consent", condition=Q(consent_id__isnull=False)
            ),
            # The key of a person is shown to whoever holds a live package about them.
            models.Index(
                fields=["organisation", "subject_id"], condition=Q(ended_at=None), name="disclosures_live"
            ),
        ]

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and self.until > now


class DisclosedContent(models.Model):
    """What exactly a package holds, sealed under the person's key; never changed."""

    id = Id()
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="disclosed_content")
    sealed = models.BinaryField()
    digest = models.BinaryField()

    PRIVACY = classes(internal="id disclosure digest", sealed="sealed")
