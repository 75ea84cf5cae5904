"""Notices as they were shown, and the answers people gave. Neither is ever changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.consent.rules import Answer, ConsentWay, WithdrawalWay
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import Category, Purpose


class Notice(models.Model):
    """What is shown before a question is asked, in plain words. A correction is a new version."""

    id = Id()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    purpose = Choice(Purpose)
    version = models.PositiveIntegerField()
    texts = models.JSONField()
    is_example = models.BooleanField(default=False)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by_id = models.UUIDField()

    PRIVACY = classes(
        public="purpose version texts is_example", internal="id organisation published_at published_by_id"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "purpose", "version"], name="one_notice_of_a_version"
            )
        ]


class Consent(models.Model):
    """One answer to one question: a yes or a no. Taking a yes back is the only thing added later."""

    id = Id()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    case_id = models.UUIDField(null=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    purpose = Choice(Purpose)
    recipient = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", null=True, db_index=False
    )
    recipient_kind = Choice(OrganisationClass, blank=True)
    categories = ArrayField(models.CharField(max_length=40))
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    is_given = models.BooleanField()
    way = Choice(ConsentWay)
    evidence_file_id = models.UUIDField(null=True)
    own_page_id = models.UUIDField(null=True)
    interpreter = models.BinaryField(null=True)
    witness = models.BinaryField(null=True)
    guardian = models.BinaryField(null=True)
    given_on = models.DateField()
    expires_on = models.DateField(null=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_how = Choice(WithdrawalWay, blank=True)
    withdrawn_by_id = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id person case_id organisation purpose recipient recipient_kind categories notice "
        "evidence_file_id own_page_id recorded_by_id recorded_at withdrawn_at withdrawn_how withdrawn_by_id",
        personal="language is_given way given_on expires_on recorded_by_name withdrawn_by_name",
        sealed="interpreter witness guardian",
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-given_on"], name="consents_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) ^ ~models.Q(recipient_kind=""),
                name="a_consent_names_a_recipient_or_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(recipient_kind=OrganisationClass.ENFORCEMENT.value),
                name="no_consent_opens_a_door_to_enforcement",
            ),
            models.CheckConstraint(
                condition=models.Q(is_given=False)
                | models.Q(way=ConsentWay.SIGNED.value, evidence_file_id__isnull=False)
                | models.Q(way=ConsentWay.WITNESSED.value, witness__isnull=False)
                | models.Q(way=ConsentWay.INTERPRETED.value, interpreter__isnull=False)
                | models.Q(way=ConsentWay.OWN_PAGE.value, own_page_id__isnull=False)
                | (
                    models.Q(way=ConsentWay.GUARDIAN.value, guardian__isnull=False)
                    & (models.Q(evidence_file_id__isnull=False) | models.Q(witness__isnull=False))
                ),
                name="a_yes_is_proved",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on=None) | models.Q(expires_on__gte=models.F("given_on")),
                name="a_consent_ends_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(is_given=True),
                name="only_a_yes_is_taken_back",
            ),
        ]

    @property
    def answer(self) -> Answer:
        """The answer as the rules see it."""
        return Answer(
            is_given=self.is_given,
            purpose=Purpose(self.purpose),
            categories=frozenset(Category(category) for category in self.categories),
            recipient_id=self.recipient_id,
            recipient_kind=self.recipient_kind,
            given_on=self.given_on,
            expires_on=self.expires_on,
            is_withdrawn=self.withdrawn_at is not None,
        )
