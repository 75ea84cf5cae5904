"""What may be spent: on a person, and altogether. The sums are kept by the database (migration 0002)."""

from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.money import Money
from homeward.lib.privacy_classes import classes
from homeward.programmes.terms import Form, Phase


class Entitlement(models.Model):
    """What one person is entitled to of one package, and what of it was promised, delivered and paid."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    programme_version = models.ForeignKey(
        "programmes.ProgrammeVersion", models.PROTECT, null=True, related_name="+"
    )
    package_code = models.CharField(max_length=60)
    label = models.JSONField(default=dict)  # language to words, as the programme's version says it
    phase = Choice(Phase)
    form = Choice(Form)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    window_ends_on = models.DateField(null=True)
    because = models.JSONField(default=list)  # the codes of the rules that gave it
    granted_on = models.DateField()
    granted_by_id = models.UUIDField()
    granted_by_name = models.CharField(max_length=200)
    granted_at = models.DateTimeField(auto_now_add=True)
    topped_up_minor = models.BigIntegerField(default=0)
    committed_minor = models.BigIntegerField(default=0)
    delivered_minor = models.BigIntegerField(default=0)
    paid_minor = models.BigIntegerField(default=0)

    PRIVACY = classes(
        internal="id case organisation programme programme_version package_code label phase form currency "
        "granted_on granted_by_id granted_at",
        personal="granted_by_name amount_minor window_ends_on topped_up_minor committed_minor "
        "delivered_minor paid_minor",
        sensitive="because",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "programme", "package_code", name="one_entitlement_of_case_and_package"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, topped_up_minor__gte=0, paid_minor__gte=0)
                & Q(delivered_minor__gte=0, committed_minor__gte=0),
                name="entitlement_sums_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(committed_minor__lte=F("amount_minor") + F("topped_up_minor")),
                name="entitlement_is_not_overspent",
            ),
            models.CheckConstraint(
                condition=Q(paid_minor__lte=F("committed_minor")), name="entitlement_pays_what_is_committed"
            ),
        ]

    def label_in(self, language: str) -> str:
        """The package's name for a reader of that language."""
        words = self.label.get(language.split("-")[0]) or self.label.get("en") or self.package_code
        return str(words)

    @property
    def granted(self) -> Money:
        """The package's amount with what was added for a complex case."""
        return Money(self.amount_minor + self.topped_up_minor, self.currency)

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
    def left(self) -> Money:
        """What can still be committed."""
        return self.granted - self.committed


class Budget(models.Model):
    """What an organisation may spend of a programme in a period, from which donor."""

    id = Id()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    donor = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    set_by_id = models.UUIDField()
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    committed_minor = models.BigIntegerField(default=0)
    delivered_minor = models.BigIntegerField(default=0)
    paid_minor = models.BigIntegerField(default=0)

    PRIVACY = classes(
        internal="id organisation programme donor name starts_on ends_on currency amount_minor set_by_id "
        "set_at version committed_minor delivered_minor paid_minor",
        personal="set_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "programme"], name="budgets_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="budget_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, committed_minor__gte=0)
                & Q(delivered_minor__gte=0, paid_minor__gte=0),
                name="budget_sums_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(committed_minor__lte=F("amount_minor")), name="budget_is_not_overspent"
            ),
            models.CheckConstraint(
                condition=Q(paid_minor__lte=F("committed_minor")), name="budget_pays_what_is_committed"
            ),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

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
    def left(self) -> Money:
        """What can still be committed."""
        return self.amount - self.committed


class BudgetChange(models.Model):
    """That a budget was raised or cut: from what to what, by whom and why."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="changes")
    before_minor = models.BigIntegerField()
    after_minor = models.BigIntegerField()
    reason = models.CharField(max_length=400)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation budget before_minor after_minor reason by_id at", personal="by_name"
    )
