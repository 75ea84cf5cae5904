"""Instruments, their versions and files; submissions, their attachments and answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.surveys.rules import Checked, FileKind, FormState, ProfileState, SubmissionState


class Instrument(models.Model):
    """What is asked under one code, through all its versions; known to every partner."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    # Telephones know a form by its code alone, so there is one of each on the installation.
    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    begun_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(public="id organisation code title begun_at")

    class Meta:
        ordering = ["title", "code"]

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """One form as it is asked. The database refuses every change of it once it was published."""

    id = Id()
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = Choice(FormState, default=FormState.DRAFT)
    form_version = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    xform = models.TextField()
    hash = models.CharField(max_length=32)  # MD5: what telephones compare, not a guard
    questions = models.JSONField()
    languages = ArrayField(models.CharField(max_length=60), default=list)
    default_language = models.CharField(max_length=60, blank=True)
    warnings = models.JSONField(default=list)
    checked = Choice(Checked)
    is_encrypted = models.BooleanField(default=False)
    needed_files = ArrayField(models.CharField(max_length=150), default=list)
    what_changed = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by_id = models.UUIDField()
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id instrument organisation number state form_version title xform hash questions languages "
        "default_language warnings checked is_encrypted needed_files what_changed uploaded_at published_at "
        "version",
        internal="uploaded_by_id published_by_id",
        personal="published_by_name",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("instrument", "number", name="one_form_of_a_number"),
            models.UniqueConstraint("instrument", "form_version", name="one_form_of_a_version"),
            models.CheckConstraint(
                condition=models.Q(state=FormState.DRAFT.value) | models.Q(published_at__isnull=False),
                name="forms_are_published_at_a_moment",
            ),
        ]


class FormFile(models.Model):
    """The workbook a version was made from, or a file that telephones fetch with it."""

    id = Id()
    form = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="files")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    kind = Choice(FileKind)
    content = models.BinaryField()
    content_type = models.CharField(max_length=100)
    hash = models.CharField(max_length=32)
    size_bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(public="id form organisation name kind content content_type hash size_bytes added_at")

    class Meta:
        constraints = [models.UniqueConstraint("form", "kind", "name", name="one_file_of_a_name_in_a_form")]


class ScoringProfile(models.Model):
    """One way of scoring an instrument. The database refuses every change of it once it was in use."""

    id = Id()
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="scoring_profiles")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = Choice(ProfileState, default=ProfileState.DRAFT)
    title = models.CharField(max_length=200)
    source = models.TextField()
    is_provisional = models.BooleanField(default=True)
    verified_by = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField(null=True)
    terms = models.JSONField()
    # How its weights were worked out from answers, when they were: counts, loadings, reliability.
    derivation = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField()
    used_at = models.DateTimeField(null=True)
    used_by_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        public="id instrument organisation number state title source is_provisional verified_on terms "
        "derivation made_at used_at version",
        internal="made_by_id used_by_id",
        personal="verified_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("instrument", "number", name="one_profile_of_a_number"),
            models.UniqueConstraint(
                "instrument",
                condition=models.Q(state=ProfileState.IN_USE.value),
                name="one_profile_in_use",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ProfileState.DRAFT.value) | models.Q(used_at__isnull=False),
                name="profiles_are_used_from_a_moment",
            ),
        ]


class Phone(models.Model):
    """An officer's telephone that fetches forms and sends answers, by a secret of its own."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    membership = models.ForeignKey("organisations.Membership", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    # Only the digest is kept: who reads the table cannot send in the officer's name.
    secret_digest = models.CharField(max_length=64)
    shows_names = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id organisation membership name secret_digest shows_names added_at expires_at last_seen_at "
        "ended_at ended_by_id",
    )

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "secret_digest", name="one_phone_of_a_secret")]


class Submission(models.Model):
    """One filled form, stored once, exactly as it was sent, under a key that names nobody."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    form = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="submissions")
    instance_id = models.CharField(max_length=255)
    respondent = models.UUIDField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by_id = models.UUIDField()
    device = models.CharField(max_length=100, blank=True)
    body = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    size_bytes = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    state = Choice(SubmissionState)
    expected_files = ArrayField(models.CharField(max_length=255), default=list)
    troubles = ArrayField(models.CharField(max_length=40), default=list)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_id = models.UUIDField(null=True)
    # What the device said; never compared with our own clock.
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    deprecated_id = models.CharField(max_length=255, blank=True)
    superseded_by = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation form instance_id received_at received_by_id sha256 size_bytes state "
        "expected_files troubles reviewed_at reviewed_by_id deprecated_id superseded_by erased_at",
        personal="respondent device began_at ended_at",
        sensitive="answers",
        sealed="body",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "instance_id", name="one_submission_of_an_instance")
        ]
        indexes = [
            # Exports and lists of one form in the order of arrival; what came of one respondent.
            models.Index(fields=["organisation", "form", "id"], name="submissions_of_a_form"),
            models.Index(fields=["organisation", "respondent"], name="submissions_of_a_respondent"),
        ]


class Attachment(models.Model):
    """A picture, sound or other file that came with a submission; its bytes are encrypted on disk."""

    id = Id()
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    fingerprint = models.BinaryField(max_length=32)
    blob = models.CharField(max_length=32)
    key = models.BinaryField()
    received_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id submission organisation content_type size_bytes fingerprint blob received_at",
        personal="name",
        sealed="key",
    )

    class Meta:
        constraints = [models.UniqueConstraint("submission", "name", name="one_attachment_of_a_name")]
