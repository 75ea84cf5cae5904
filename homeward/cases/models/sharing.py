"""Who may see a case: shares, the listing row each organisation has of it, and emergency access."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.rules import Scope
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.sharing.rules import Basis, Purpose


class Listing(models.Model):
    """An organisation's access to a case, with the few columns its lists sort, filter and search by.

    Rows of other organisations are written by the database's own functions only: `grant_case`,
    `refresh_listings`, `end_grant`. The columns from `worker` on belong to the listing's organisation.
    """

    id = Id()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="listings", db_index=False)
    person_id = models.UUIDField(null=True)
    scope = Choice(Scope)
    until = models.DateTimeField(null=True)
    # What of the case this organisation sees; nothing named means everything.
    categories = ArrayField(models.CharField(max_length=40), null=True)
    reference = models.CharField(max_length=20)
    latin_name = models.CharField(max_length=400, blank=True)
    native_name = models.CharField(max_length=200, blank=True)
    search_name = models.CharField(max_length=600, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    file_reference = models.CharField(max_length=20, blank=True)
    role_in_file = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40)
    stage_since = models.DateField()
    lead_organisation_id = models.UUIDField()
    lead_name = models.CharField(max_length=200)
    programme_id = models.UUIDField(null=True)
    host_country = models.CharField(max_length=2, blank=True)
    return_country = models.CharField(max_length=2, blank=True)
    return_place = models.CharField(max_length=200, blank=True)
    return_type = models.CharField(max_length=40, blank=True)
    expected_on = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True)
    updated_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    office_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)

    PRIVACY = classes(
        internal="id organisation case person_id scope until categories reference file_reference "
        "role_in_file stage stage_since lead_organisation_id lead_name programme_id expected_on "
        "last_contact_on next_step_on updated_at worker_id office_id team_id tags",
        personal="latin_name native_name search_name birth_year host_country return_country return_place "
        "return_type next_step",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "case", name="one_listing_of_a_case"),
            # That there is one at all, a deferred trigger sees to.
            models.UniqueConstraint("case", condition=models.Q(scope="lead"), name="one_lead_of_a_case"),
        ]
        indexes = [
            # Every list begins with the organisation, then its order; one index per order offered.
            models.Index(fields=["organisation", "-updated_at"], name="listing_newest"),
            models.Index(fields=["organisation", "worker_id", "next_step_on"], name="listing_mine"),
            models.Index(fields=["organisation", "next_step_on"], name="listing_promises"),
            models.Index(fields=["organisation", "stage", "-updated_at"], name="listing_stage"),
            models.Index(fields=["organisation", "scope", "-updated_at"], name="listing_shared"),
            models.Index(fields=["organisation", "person_id"], name="listing_person"),
            models.Index(fields=["organisation", "reference"], name="listing_reference"),
            models.Index(fields=["organisation", "expected_on"], name="listing_expected"),
            models.Index(fields=["case"], name="listing_of_case"),
        ]


class Share(models.Model):
    """That a case was shown to another organisation: on what basis, for what, until when."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="shares")
    by_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    scope = Choice(Scope)
    basis = Choice(Basis)
    purpose = Choice(Purpose, max_length=200)
    disclosure = models.ForeignKey("sharing.Disclosure", models.PROTECT, null=True, related_name="+")
    shared_by_id = models.UUIDField()
    shared_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case by_organisation organisation scope basis purpose disclosure shared_by_id shared_at "
        "until ended_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                "organisation",
                condition=models.Q(ended_at=None),
                name="one_live_share_with_an_organisation",
            )
        ]


class EmergencyAccess(models.Model):
    """A colleague opened a case beyond their reach, for a stated reason; somebody else reviews it after."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    reason = models.TextField()
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    reviewed_by_id = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    was_justified = models.BooleanField(null=True)
    review_note = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id organisation case user_id since until reviewed_by_id reviewed_at was_justified",
        personal="user_name",
        sensitive="reason review_note",
    )


class SavedView(models.Model):
    """A named set of filters of the case list, kept by one user. Never holds a name searched for."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)

    PRIVACY = classes(internal="id organisation user_id name filters")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "user_id", "name", name="one_view_of_a_name")]
