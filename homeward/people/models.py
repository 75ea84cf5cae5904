"""People, their documents, contacts, relations, possible duplicates and merges."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.lib.dates import PartialDate, Precision
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.people.rules import (
    ContactKind,
    DocumentKind,
    MatchState,
    RelationKind,
    Sex,
    Strength,
    TokenKind,
)


class Person(models.Model):
    """One human being. Seen by the organisation that registered them and by those a case is shared with."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    native_name = models.CharField(max_length=200, blank=True)
    sex = Choice(Sex, default=Sex.UNKNOWN)
    birth_earliest_on = models.DateField(null=True)
    birth_latest_on = models.DateField(null=True)
    birth_precision = Choice(Precision, max_length=10, blank=True)
    nationalities = ArrayField(models.CharField(max_length=3), default=list)
    birth_country = models.CharField(max_length=2, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    # Read by a machine only: the name as `lib.names` folds it, in both scripts, for lists and search.
    folded_name = models.CharField(max_length=400, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    registered_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation merged_into registered_at version",
        personal="given_names family_name native_name folded_name sex birth_earliest_on birth_latest_on "
        "birth_precision languages",
        sensitive="nationalities birth_country",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-registered_at"], name="people_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_earliest_on=None, birth_latest_on=None)
                | models.Q(birth_earliest_on__lte=models.F("birth_latest_on")),
                name="birth_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(birth_earliest_on="1900-01-01"), name="birth_is_no_placeholder"
            ),
        ]

    @property
    def name(self) -> str:
        """Given names and family name, or the name in the person's own script."""
        return " ".join(part for part in (self.given_names, self.family_name) if part) or self.native_name

    @property
    def birth(self) -> PartialDate | None:
        """The days the person may have been born on, or None when nothing is known."""
        if self.birth_earliest_on is None or self.birth_latest_on is None:
            return None
        return PartialDate(self.birth_earliest_on, self.birth_latest_on, Precision(self.birth_precision))


class Document(models.Model):
    """A paper that names the person. Its number is sealed; a keyed index finds equal numbers."""

    id = Id()
    person = models.ForeignKey(Person, models.CASCADE, related_name="documents")
    kind = Choice(DocumentKind)
    country = models.CharField(max_length=2, blank=True)
    number = models.BinaryField()
    number_index = models.BinaryField()
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    # Recorded by mistake: out of every list and search, but not out of the record.
    removed_at = models.DateTimeField(null=True)
    removed_by_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id person kind number_index removed_at removed_by_id",
        sensitive="country issued_on expires_on",
        sealed="number",
    )

    class Meta:
        indexes = [models.Index(fields=["number_index"], name="documents_by_number")]


class Contact(models.Model):
    """A way to reach the person, and when and how it is safe to use it."""

    id = Id()
    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = Choice(ContactKind)
    value = models.CharField(max_length=300)
    belongs_to = models.CharField(max_length=200, blank=True)
    may_call = models.BooleanField(default=True)
    may_text = models.BooleanField(default=True)
    may_leave_message = models.BooleanField(default=False)
    not_before = models.TimeField(null=True)
    not_after = models.TimeField(null=True)
    safety_note = models.CharField(max_length=300, blank=True)
    is_preferred = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id person kind is_preferred ended_on version",
        personal="value belongs_to may_call may_text may_leave_message not_before not_after",
        sensitive="safety_note",
    )


class Relation(models.Model):
    """What one person is to another, for how long. A household is whoever is related now."""

    id = Id()
    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    related = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = Choice(RelationKind)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    PRIVACY = classes(internal="id", personal="person related kind since_on until_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                "related",
                "kind",
                condition=models.Q(until_on=None),
                name="one_live_relation_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("related")), name="nobody_is_their_own_relative"
            ),
        ]


class BlockingKey(models.Model):
    """A keyed hash that alike people share, kept in step with the person; tells nothing without the key."""

    pk = models.CompositePrimaryKey("person_id", "key")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()

    PRIVACY = classes(internal="person key")

    class Meta:
        indexes = [
            # Who shares this key?
            models.Index(fields=["key", "person"], name="people_of_a_blocking_key")
        ]


class Match(models.Model):
    """Two people who may be one, as one organisation sees it; a person decides, the score only sorts."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = Choice(MatchState, default=MatchState.OPEN)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation state decided_by_id decided_at", personal="person other score reasons"
    )

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "person", "other", name="one_match_of_a_pair")]
        indexes = [
            # Possible duplicates to answer, most likely first.
            models.Index(
                fields=["organisation", "-score"],
                name="open_matches",
                condition=models.Q(state=MatchState.OPEN.value),
            ),
        ]


class Merge(models.Model):
    """A reversible link: `merged` is the same person as `kept`. Nothing is moved or lost."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    merged = models.ForeignKey(Person, models.CASCADE, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by_id = models.UUIDField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id organisation merged_at merged_by_id undone_at undone_by_id", personal="kept merged"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "merged",
                condition=models.Q(undone_at=None),
                name="one_live_merge_of_a_person",
            )
        ]


class MatchSearch(models.Model):
    """One search for possible duplicates among an organisation's people, and how far it got."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    started_by_id = models.UUIDField()
    started_at = models.DateTimeField(auto_now_add=True)
    # People are searched in the order of their ids; the search goes on after this one.
    after_id = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    everybody = models.PositiveIntegerField()
    found = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation started_by_id started_at after_id done everybody found finished_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=models.Q(finished_at=None), name="one_running_search_for_matches"
            )
        ]


class MatchToken(models.Model):
    """A keyed hash of what is recorded of a person, bound to the organisation that registered them.

    Read by one function of the database and by nobody else. Bound to an organisation, no two are equal: a
    copy of the table does not say who is known to two of them.
    """

    pk = models.CompositePrimaryKey("person_id", "token")
    person = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    organisation_id = models.UUIDField()
    kind = Choice(TokenKind)
    token = models.BinaryField()
    key_version = models.PositiveIntegerField()

    PRIVACY = classes(internal="person organisation_id kind token key_version")

    class Meta:
        indexes = [
            # Whom may this be?
            models.Index(fields=["token"], name="people_of_a_match_token")
        ]


class PartnerQuestion(models.Model):
    """That an organisation asked its partners whether they may know a person, who asked, and why."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=400)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    partners_asked = models.PositiveIntegerField(default=0)

    PRIVACY = classes(
        internal="id organisation asked_by_id asked_at answered_at partners_asked",
        personal="person asked_by_name",
        sensitive="reason",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="questions_of_organisation"),
            models.Index(fields=["person", "-asked_at"], name="questions_about_a_person"),
        ]


class PossibleMatch(models.Model):
    """That a partner may know the person asked about. Both sides read it; about whom, only who asked."""

    id = Id()
    question = models.ForeignKey(PartnerQuestion, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    partner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    strength = Choice(Strength)
    answered_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)
    noted_by_id = models.UUIDField(null=True)
    noted_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id question organisation partner strength answered_at noted_at noted_by_id",
        personal="noted_by_name",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("question", "partner", name="one_answer_of_a_partner"),
        ]
        indexes = [
            models.Index(
                fields=["partner", "answered_at"],
                condition=models.Q(noted_at=None),
                name="possible_matches_to_note",
            )
        ]


class AskingAllowed(models.Model):
    """That a named person lets partners be asked about somebody protected, and find them, for a time."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=400)
    allowed_by_id = models.UUIDField()
    allowed_by_name = models.CharField(max_length=200)
    allowed_at = models.DateTimeField()
    until = models.DateTimeField()

    PRIVACY = classes(
        internal="id organisation allowed_by_id allowed_at until",
        personal="person allowed_by_name",
        sensitive="reason",
    )

    class Meta:
        indexes = [models.Index(fields=["person", "until"], name="asking_allowed_about_a_person")]
