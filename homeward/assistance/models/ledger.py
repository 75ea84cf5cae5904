"""Commitments, their instalments, and the entries that move money. Entries are only ever added."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from homeward.assistance.rules import EntryKind, Method, Milestone, PayeeKind, Quote
from homeward.lib.fields import Choice, Id
from homeward.lib.money import Money
from homeward.lib.privacy_classes import classes
from homeward.programmes.terms import Form


class Commitment(models.Model):
    """A promise to pay somebody for something that is part of an entitlement, out of a budget."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("assistance.Entitlement", models.PROTECT, related_name="commitments")
    budget = models.ForeignKey("assistance.Budget", models.PROTECT, related_name="commitments")
    activity_id = models.UUIDField(null=True)  # the line of the plan it is for
    what = models.CharField(max_length=300)
    form = Choice(Form)
    payee_kind = Choice(PayeeKind)
    payee_name = models.CharField(max_length=200)
    payee_account = models.BinaryField(null=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price = models.ForeignKey("assistance.Price", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    committed_by_id = models.UUIDField()
    committed_by_name = models.CharField(max_length=200)
    committed_at = models.DateTimeField(auto_now_add=True)
    committed_minor = models.BigIntegerField(default=0)
    delivered_minor = models.BigIntegerField(default=0)
    paid_minor = models.BigIntegerField(default=0)

    PRIVACY = classes(
        internal="id case organisation entitlement budget activity_id form payee_kind quantity price due_on "
        "currency committed_by_id committed_at",
        personal="what payee_name committed_by_name committed_minor delivered_minor paid_minor",
        sealed="payee_account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "committed_at"], name="commitments_of_case"),
            # what the finance desk still has to pay
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(paid_minor__lt=F("committed_minor")),
                name="commitments_to_pay",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_minor__gte=0, delivered_minor__gte=0, paid_minor__gte=0),
                name="commitment_sums_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(paid_minor__lte=F("committed_minor")), name="commitment_pays_what_is_committed"
            ),
            models.CheckConstraint(
                condition=Q(delivered_minor__lte=F("committed_minor")),
                name="commitment_delivers_what_is_committed",
            ),
        ]

    @property
    def committed(self) -> Money:
        return Money(self.committed_minor, self.currency)

    @property
    def delivered(self) -> Money:
        return Money(self.delivered_minor, self.currency)

    @property
    def paid(self) -> Money:
        return Money(self.paid_minor, self.currency)

    @property
    def to_pay(self) -> Money:
        return self.committed - self.paid

    @property
    def to_deliver(self) -> Money:
        return self.committed - self.delivered

    @property
    def releasable(self) -> Money:
        """What is neither paid nor delivered and can go back."""
        return Money(self.committed_minor - max(self.paid_minor, self.delivered_minor), self.currency)


class Instalment(models.Model):
    """A part of a commitment that is paid when its milestone was reached."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, models.PROTECT, db_index=False, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount_minor = models.BigIntegerField()
    milestone = Choice(Milestone)
    note = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    reached_by_id = models.UUIDField(null=True)
    reached_by_name = models.CharField(max_length=200, blank=True)
    reached_note = models.CharField(max_length=300, blank=True)
    paid_minor = models.BigIntegerField(default=0)

    PRIVACY = classes(
        internal="id case commitment number milestone due_on reached_on reached_by_id",
        personal="amount_minor note reached_by_name reached_note paid_minor",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("commitment", "number", name="one_instalment_of_a_number"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="instalment_is_positive"),
            models.CheckConstraint(
                condition=Q(paid_minor__gte=0, paid_minor__lte=F("amount_minor")),
                name="instalment_is_not_overpaid",
            ),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.commitment.currency)

    @property
    def to_pay(self) -> Money:
        return Money(self.amount_minor - self.paid_minor, self.commitment.currency)


class Entry(models.Model):
    """One line of the ledger. `counted_minor` is what the sums move by; the rest says how it came about."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )
    kind = Choice(EntryKind)
    entitlement = models.ForeignKey("assistance.Entitlement", models.PROTECT, related_name="entries")
    budget = models.ForeignKey("assistance.Budget", models.PROTECT, null=True, related_name="entries")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="entries")
    instalment = models.ForeignKey(Instalment, models.PROTECT, null=True, related_name="entries")
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="reversed_by"
    )
    on = models.DateField()
    currency = models.CharField(max_length=3)  # of the amount as it was promised, delivered or paid
    amount_minor = models.BigIntegerField()
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    rate_of = models.CharField(max_length=3, blank=True)  # the currency one unit of which the rate is about
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True)
    rounding = models.CharField(max_length=20, blank=True)
    counted_currency = models.CharField(max_length=3)
    counted_minor = models.BigIntegerField()
    method = Choice(Method, blank=True)
    outside_reference = models.CharField(max_length=100, blank=True)  # of a bank or a supplier
    reason = models.CharField(max_length=400, blank=True)
    approval_id = models.UUIDField(null=True)
    request_id = models.UUIDField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation kind entitlement budget commitment instalment reverses on currency "
        "rate rate_of rate_on rate_source rounding counted_currency method approval_id request_id by_id at",
        personal="amount_minor counted_minor outside_reference by_name",
        sensitive="reason",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"], name="entries_of_case"),
            models.Index(fields=["organisation", "-on"], name="entries_of_organisation"),
        ]
        constraints = [
            models.UniqueConstraint("organisation", "request_id", name="one_entry_of_a_request"),
            models.UniqueConstraint("reverses", name="an_entry_is_reversed_once"),
            models.CheckConstraint(
                condition=Q(counted_minor__gt=0, amount_minor__gt=0), name="entry_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSAL.value, reverses__isnull=False)
                | (~Q(kind=EntryKind.REVERSAL.value) & Q(reverses=None)),
                name="only_a_reversal_reverses",
            ),
            models.CheckConstraint(
                condition=Q(commitment=None, budget=None) | Q(commitment__isnull=False, budget__isnull=False),
                name="entry_of_a_commitment_has_its_budget",
            ),
            models.CheckConstraint(
                condition=Q(commitment__isnull=False)
                | Q(kind__in=[EntryKind.TOP_UP.value, EntryKind.REVERSAL.value]),
                name="only_a_top_up_has_no_commitment",
            ),
            models.CheckConstraint(
                condition=Q(
                    currency=F("counted_currency"), rate=None, rate_on=None, amount_minor=F("counted_minor")
                )
                | (
                    ~Q(currency=F("counted_currency"))
                    & Q(rate__isnull=False, rate__gt=Decimal(0), rate_on__isnull=False)
                ),
                name="another_currency_has_its_rate",
            ),
        ]

    @property
    def amount(self) -> Money:
        """As it was promised, delivered or paid."""
        return Money(self.amount_minor, self.currency)

    @property
    def counted(self) -> Money:
        """What the sums moved by."""
        return Money(self.counted_minor, self.counted_currency)

    @property
    def quote(self) -> Quote | None:
        """The rate it was converted by."""
        if self.rate is None:
            return None
        other = self.counted_currency if self.rate_of == self.currency else self.currency
        return Quote(self.rate_of, other, self.rate)
