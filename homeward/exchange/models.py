"""A partner's list on its way in: the import, its rows, what is asked about them, and what was kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.exchange.analysts.rules import (
    ROWS_OF_CASES,
    AnalystAudience,
    AnalystFileState,
    AnalystFormat,
    AnalystUnit,
)
from homeward.exchange.rules import Decision, ImportState, RowState
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Import(models.Model):
    """One list that was brought in. Its file is encrypted, and removed when it is no longer needed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    state = Choice(ImportState, default=ImportState.READING)
    name = models.CharField(max_length=150)
    sender = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+")
    digest = models.BinaryField()  # keyed: knowing a list does not tell whether it is here
    # How to read it, and how it was read: headers, samples, words. Sealed, for they may hold anything.
    choices = models.BinaryField()
    layout = models.BinaryField(null=True)
    layout_key = models.CharField(max_length=32, blank=True)
    columns_confirmed = models.BooleanField(default=False)
    trouble = models.CharField(max_length=60, blank=True)
    work_done = models.PositiveIntegerField(default=0)
    work_all = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField(null=True)
    made_by_id = models.UUIDField()
    made_by_membership_id = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation state file digest layout_key columns_confirmed trouble work_done work_all "
        "worked_at made_by_id made_by_membership_id made_at saved_at undone_at version",
        personal="name sender made_by_name",
        sealed="choices layout",
    )

    class Meta:
        indexes = [
            # The list of imports, newest first.
            models.Index(fields=["organisation", "-made_at"], name="imports_newest"),
        ]


class ImportRow(models.Model):
    """One row of a list: what it says is sealed, what became of it is not."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    import_of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # counts rows of people from 0
    sheet_row = models.PositiveIntegerField()
    state = Choice(RowState)
    fingerprint = models.BinaryField()
    told = models.BinaryField(null=True)  # sealed for the installation; gone once it is saved
    problems = ArrayField(models.CharField(max_length=80), default=list)  # kind:field
    answers = models.JSONField(default=dict)  # kind:field to Answer
    attached = models.BooleanField(default=False)  # to somebody already known
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    made_person = models.BooleanField(default=False)
    made_case = models.BooleanField(default=False)
    belongings = models.PositiveSmallIntegerField(default=0)  # papers and contacts that came with the person
    before = models.BinaryField(null=True)  # what a known person's record said before the row filled gaps
    kept_back = models.CharField(max_length=40, blank=True)  # why undoing left it

    PRIVACY = classes(
        internal="id organisation import_of number sheet_row state fingerprint problems answers attached "
        "person_id case_id made_person made_case belongings kept_back",
        sealed="told before",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("import_of", "number", name="one_row_of_a_number"),
            # The same row of the same partner is saved once, whoever presses the button how often.
            models.UniqueConstraint(
                "organisation",
                "fingerprint",
                condition=models.Q(state=RowState.SAVED.value),
                name="one_saved_row_of_a_fingerprint",
            ),
        ]
        indexes = [
            # How many rows of each state; the rows that wait.
            models.Index(fields=["import_of", "state", "number"], name="import_rows_by_state"),
        ]


class PossibleDuplicate(models.Model):
    """A row that may be the person of an earlier row, or somebody already known. A person decides."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    row = models.ForeignKey(ImportRow, models.CASCADE, related_name="possible_duplicates")
    earlier = models.ForeignKey(ImportRow, models.CASCADE, null=True, related_name="+")
    person_id = models.UUIDField(null=True)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    decision = Choice(Decision, default=Decision.OPEN)

    PRIVACY = classes(internal="id organisation row decision", personal="earlier person_id score reasons")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(earlier=None) ^ models.Q(person_id=None), name="beside_a_row_or_a_person"
            )
        ]


class RememberedLayout(models.Model):
    """What was settled about a partner's layout, so that it is asked once."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120, blank=True)
    layout_key = models.CharField(max_length=32)
    choices = models.BinaryField()
    remembered_at = models.DateTimeField(auto_now=True)

    PRIVACY = classes(
        internal="id organisation layout_key remembered_at", personal="sender", sealed="choices"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "sender", "layout_key", name="one_memory_of_a_layout")
        ]


class KeptFromList(models.Model):
    """What a list told of a person for which there is no room yet, sealed under the person's own key."""

    id = Id()
    case_id = models.UUIDField()
    person_id = models.UUIDField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    row_id = models.UUIDField()
    received_on = models.DateField()
    sheet_row = models.PositiveIntegerField()
    told = models.BinaryField()
    vulnerability = models.BinaryField(null=True)

    PRIVACY = classes(
        internal="id case_id person_id organisation row_id received_on sheet_row",
        sealed="told vulnerability",
    )

    class Meta:
        indexes = [models.Index(fields=["case_id", "received_on"], name="kept_of_a_case")]


class AnalystFile(models.Model):
    """A file made from an extract: asked for with a reason, written by the worker, gone with its extract."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    extract = models.ForeignKey("extracts.Extract", models.PROTECT, related_name="+")
    format = Choice(AnalystFormat)
    unit = Choice(AnalystUnit, default=AnalystUnit.CASE)
    audience = Choice(AnalystAudience, default=AnalystAudience.INSIDE)
    receiver = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=400)
    columns = ArrayField(models.CharField(max_length=60), default=list)  # empty: all
    keys = ArrayField(
        models.CharField(max_length=60), default=list
    )  # identifying beside those always counted
    reporting_org = models.CharField(max_length=60, blank=True)  # who publishes, as IATI knows it
    state = Choice(AnalystFileState, default=AnalystFileState.ASKED)
    rows_done = models.PositiveBigIntegerField(default=0)
    rows_all = models.PositiveBigIntegerField(default=0)
    trouble = models.CharField(max_length=400, blank=True)
    risk = models.JSONField(default=dict)
    name = models.CharField(max_length=100, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation extract format unit audience receiver why columns keys reporting_org state "
        "rows_done rows_all trouble risk name rows size_bytes sha256 asked_by_id asked_at ended_at",
        personal="asked_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["extract", "-asked_at"], name="analyst_files_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=AnalystFileState.READY.value)
                | (~models.Q(sha256="") & ~models.Q(name="")),
                name="ready_analyst_file_has_a_digest",
            ),
            # Rows about single cases leave only past the risk check.
            models.CheckConstraint(
                condition=~models.Q(state=AnalystFileState.READY.value)
                | ~models.Q(audience=AnalystAudience.OUTSIDE.value)
                | ~models.Q(format__in=[one.value for one in sorted(ROWS_OF_CASES)])
                | models.Q(risk__contains={"is_safe": True}),
                name="rows_leave_past_the_risk_check",
            ),
        ]
