"""Asking for a case of which nothing but its reference is known, and what the lead makes of it."""

from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class Enquiry(models.Model):
    """That an organisation asked for a case by its reference; it never learns whether there is one."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    message = models.TextField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    PRIVACY = classes(
        internal="id organisation reference asked_by_id asked_at",
        personal="asked_by_name",
        sensitive="message",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="enquiries_made"),
            models.Index(fields=["reference"], name="enquiries_about"),
        ]


class ReceivedEnquiry(models.Model):
    """An enquiry as it reached the organisation that leads the case; nobody else sees that it did."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="enquiries")
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    enquiry_id = models.UUIDField()  # no foreign key: its owner must not learn that somebody holds on to it
    reference = models.CharField(max_length=20)
    message = models.TextField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    is_offered = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id organisation case from_organisation enquiry_id reference asked_at due_on is_offered "
        "ended_at",
        personal="asked_by_name ended_by_name",
        sensitive="message",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "enquiry_id", name="an_enquiry_is_received_once"),
            models.CheckConstraint(
                condition=models.Q(is_offered=None, ended_at=None)
                | models.Q(is_offered__isnull=False, ended_at__isnull=False),
                name="an_enquiry_ends_one_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"],
                condition=models.Q(ended_at=None),
                name="enquiries_waiting",
            )
        ]
