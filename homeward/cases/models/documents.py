"""Documents of a case; their content is an encrypted file."""

from django.db import models

from homeward.cases.journey_rules import PaperKind
from homeward.cases.rules import Visibility
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class CaseDocument(models.Model):
    """A scan, a letter, a photo on the case."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="documents")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    visibility = Choice(Visibility, default=Visibility.CASE)
    kind = Choice(PaperKind, default=PaperKind.OTHER)
    note = models.CharField(max_length=300, blank=True)
    file_id = models.UUIDField(unique=True)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation visibility file_id added_by_id added_at",
        personal="added_by_name",
        sensitive="kind note",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-added_at"], name="documents_of_case")]
