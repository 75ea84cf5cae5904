"""What waits for approval before it is entered."""

from django.db import models
from django.db.models import Q

from homeward.assistance.rules import IntentKind
from homeward.lib.fields import Choice, Id
from homeward.lib.money import Money
from homeward.lib.privacy_classes import classes


class Intent(models.Model):
    """A commitment, a payment or a top-up that somebody has to approve. Its id is its entry's request id."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = Choice(IntentKind)
    entitlement = models.ForeignKey("assistance.Entitlement", models.PROTECT, related_name="intents")
    commitment = models.ForeignKey("assistance.Commitment", models.PROTECT, null=True, related_name="intents")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    what = models.CharField(max_length=300)
    reason = models.TextField()
    given = models.BinaryField()  # everything else the command was given
    approval_id = models.UUIDField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation kind entitlement commitment currency approval_id by_id at",
        personal="amount_minor what by_name",
        sensitive="reason",
        sealed="given",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="intent_is_positive")]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
