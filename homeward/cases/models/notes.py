"""Notes, and attempts to reach the person."""

from django.db import models

from homeward.cases.journey_rules import ContactOutcome, ContactWay, NoteKind
from homeward.cases.rules import Visibility
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Note(models.Model):
    """What somebody noted. Never overwritten: a correction is a note of its own that names the one before."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="notes")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    visibility = Choice(Visibility, default=Visibility.CASE)
    kind = Choice(NoteKind, default=NoteKind.NOTE)
    on = models.DateField()
    text = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.CharField(max_length=300, blank=True)
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation visibility kind on corrects written_by_id written_at",
        personal="written_by_name",
        sensitive="text correction_reason",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-on", "-written_at"], name="notes_of_case")]


class ContactAttempt(models.Model):
    """An attempt to reach the person, and what came of it. That nobody answered is worth knowing too."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="contact_attempts")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    on = models.DateField()
    way = Choice(ContactWay)
    outcome = Choice(ContactOutcome)
    note = models.TextField(blank=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation on way outcome recorded_by_id recorded_at",
        personal="recorded_by_name",
        sensitive="note",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-on", "-recorded_at"], name="contacts_of_case")]
