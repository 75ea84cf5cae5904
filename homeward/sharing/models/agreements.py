"""What organisations agreed to give each other, and what lets it cross a border."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import AgreementState, TransferBasis


class Agreement(models.Model):
    """One version of an agreement; what it says never changes, an amendment is a version of its own."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    party_ids = ArrayField(models.UUIDField())
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    state = Choice(AgreementState, default=AgreementState.PROPOSED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField(null=True)
    breach_contact = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_why = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id organisation party_ids amends number title state starts_on ends_on review_on "
        "breach_contact note proposed_at in_force_at ended_at ended_why",
        personal="proposed_by_name ended_by_name",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.ENDED.value, ended_at__isnull=False)
                | (~Q(state=AgreementState.ENDED.value) & Q(ended_at=None)),
                name="agreement_ended_with_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="agreements_ending")]

    def is_live(self, on: date) -> bool:
        return self.state == AgreementState.IN_FORCE and self.starts_on <= on <= self.ends_on


class AgreementParty(models.Model):
    """An organisation that an agreement binds, once somebody there accepted it."""

    id = Id()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id agreement organisation accepted_at accepted_by_id contact", personal="accepted_by_name"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("agreement", "organisation", name="one_party_of_an_organisation"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by_id=None)
                | Q(accepted_at__isnull=False, accepted_by_id__isnull=False),
                name="accepted_by_somebody",
            ),
        ]


class Clause(models.Model):
    """What one party may give another under an agreement."""

    id = Id()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    giver = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    purposes = ArrayField(models.CharField(max_length=40))
    categories = ArrayField(models.CharField(max_length=40))
    transfer_basis = Choice(TransferBasis, blank=True)
    retention_days = models.PositiveIntegerField()
    may_pass_on = models.BooleanField(default=False, db_default=False)

    PRIVACY = classes(
        internal="id agreement giver receiver purposes categories transfer_basis retention_days may_pass_on"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_gives_to_itself"),
            models.CheckConstraint(
                condition=Q(purposes__len__gt=0) & Q(categories__len__gt=0), name="clause_says_what_for_what"
            ),
        ]
        indexes = [models.Index(fields=["giver", "receiver"], name="clauses_between")]


class TransferRule(models.Model):
    """On which bases the law of a giver lets data go to another country; what no rule allows is refused.

    An empty list of countries, or no class of receiver, stands for all. Examples are not verified: the
    organisation's own lawyer confirms a rule before anybody leans on it.
    """

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    from_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    to_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    receiver_class = Choice(OrganisationClass, blank=True)
    covers_special = models.BooleanField(default=False)
    bases = ArrayField(models.CharField(max_length=40))
    is_verified = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    ended_why = models.TextField(blank=True, default="", db_default="")

    PRIVACY = classes(
        internal="id organisation from_countries to_countries receiver_class covers_special bases "
        "is_verified source made_at ended_at ended_why",
        personal="made_by_name ended_by_name",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation"], condition=Q(ended_at=None), name="transfer_rules_of_organisation"
            )
        ]
