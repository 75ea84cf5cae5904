"""What is known about a stored file; its bytes are on disk."""

from django.db import models

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes


class StoredFile(models.Model):
    """One encrypted file. Its own key is sealed under its person's key, so that erasing them erases it."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    # Plain ids: cases and people are later stages.
    case_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    blob = models.CharField(max_length=32)
    name = models.BinaryField()
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    # Keyed, so that knowing a document does not tell whether it is here.
    fingerprint = models.BinaryField()
    key = models.BinaryField()
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by_id = models.UUIDField()

    PRIVACY = classes(
        internal="id organisation case_id subject_id blob content_type size_bytes fingerprint"
        " stored_at stored_by_id",
        sealed="name key",
    )

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "blob", name="one_file_per_blob")]
        # The documents of a case file, newest first.
        indexes = [models.Index(fields=["case_id", "-stored_at"], name="files_of_a_case")]
