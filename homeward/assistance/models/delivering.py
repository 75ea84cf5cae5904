"""What came with an entry: how the delivery went, what proves it, and what those concerned say."""

from django.db import models
from django.db.models import Q

from homeward.assistance.rules import ProofKind, Received, Told, Voice
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Delivery(models.Model):
    """What was delivered, by whom, and how it was done."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    entry = models.OneToOneField("assistance.Entry", models.PROTECT, related_name="delivery")
    what = models.CharField(max_length=300)
    delivered_by = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    counselling_held = Choice(Told)
    market_considered = Choice(Told)
    on_time = Choice(Told)
    remarks = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id case entry quantity counselling_held market_considered on_time",
        personal="what delivered_by",
        sensitive="remarks",
    )


class Proof(models.Model):
    """A paper or picture that shows that an entry is true."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    entry = models.ForeignKey("assistance.Entry", models.PROTECT, related_name="proofs")
    kind = Choice(ProofKind)
    file_id = models.UUIDField(unique=True)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation entry kind file_id added_by_id added_at", personal="added_by_name"
    )


class Answer(models.Model):
    """What the person, or a partner, says of a delivery or a payment."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    entry = models.ForeignKey("assistance.Entry", models.PROTECT, related_name="answers")
    voice = Choice(Voice)
    received = Choice(Received, blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    on = models.DateField()
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation entry voice received on recorded_by_id recorded_at",
        personal="told_by recorded_by_name",
        sensitive="words",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(voice=Voice.RETURNEE.value) | ~Q(received=""), name="a_returnee_says_what_came"
            )
        ]
