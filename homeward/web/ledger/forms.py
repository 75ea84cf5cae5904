"""Questions about money on a case."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.assistance import queries
from homeward.assistance.commands.committing import Part, Payee, Purpose
from homeward.assistance.commands.delivering import Delivered
from homeward.assistance.commands.intending import CommitmentGiven, PaymentGiven
from homeward.assistance.rules import Method, Milestone, PayeeKind, ProofKind, Received, Told, Voice
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.plans.queries import agreed_lines
from homeward.programmes.terms import Form
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, long_text, offer, one_line, one_of
from homeward.web.journey.words import choices
from homeward.web.ledger import words
from homeward.web.money import AmountField, money_words

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.assistance.models import Commitment, Entitlement, Price
    from homeward.cases.models import Case

PARTS = 3
MOST_PRICES = 200


def latest_prices(actor: Actor) -> dict[str, Price]:
    """The newest price of each item in each place."""
    found: dict[tuple[str, str, str], Price] = {}
    for one in queries.known_prices(actor)[: MOST_PRICES * 5]:
        found.setdefault((one.item, one.unit, one.place), one)
    return {str(one.id): one for one in list(found.values())[:MOST_PRICES]}


def _price(one: Price) -> str:
    day = date_format(one.on, "j M Y")
    return f"{one.item}, {one.place}, {day}: {money_words(one.amount)} / {one.unit}"


class MoneyForm(CaseForm):
    """An amount with its currency; sent twice, it counts once."""

    amount = AmountField(label=_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"))
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    widths = {"amount": "s", "currency": "s"}

    def prepare(self) -> None:
        first = str(self.initial.get("currency", ""))
        rates = queries.known_rates(self.actor).values_list("of", "quote")
        known = sorted({code for pair in rates if first in pair for code in pair} - {first})
        offer(self, "currency", [(code, code) for code in (first, *known)])

    def clean(self) -> dict[str, Any]:
        """The amount as money, in no more places than its currency has."""
        answers: dict[str, Any] = super().clean() or {}
        amount, currency = answers.get("amount"), answers.get("currency")
        if isinstance(amount, Decimal) and currency:
            try:
                answers["money"] = Money.of(amount, currency)
            except ValueError:
                self.add_error("amount", _("This currency has fewer decimal places."))
        return answers

    @property
    def money(self) -> Money:
        money: Money = self.cleaned_data["money"]
        return money


class CommitForm(MoneyForm):
    """What is promised, to whom, out of which budget, at once or in instalments."""

    what = forms.CharField(label=_("What it is for"), max_length=300, widget=one_line())
    activity_id = forms.ChoiceField(label=_("Line of the agreed plan"), required=False)
    in_form = one_of(
        _("In which form"), [pair for pair in words.FORMS.items() if pair[0] != Form.CASH_OR_KIND]
    )
    budget_id = forms.ChoiceField(label=_("Budget"))
    due_on = OnDateField(label=_("Promised for"), required=False)
    payee_kind = forms.ChoiceField(label=_("Who is paid"), choices=choices(words.PAYEES))
    payee_name = forms.CharField(label=_("Name of who is paid"), max_length=200, widget=one_line())
    payee_account = forms.CharField(
        label=_("Account or number to pay to"), required=False, max_length=200, widget=one_line()
    )
    reason = forms.CharField(
        label=_("Why so much"),
        help_text=_("Only needed when the programme asks for an approval of the amount."),
        required=False,
        max_length=1000,
        widget=long_text(2),
    )
    price_id = forms.ChoiceField(
        label=_("Price in the catalogue"),
        help_text=_(
            "What it cost last, by place and day. With how many, an amount left empty follows from it."
        ),
        required=False,
    )
    quantity = forms.DecimalField(
        label=_("How many"), required=False, min_value=Decimal("0.01"), max_digits=10, decimal_places=2
    )
    price_reason = forms.CharField(
        label=_("Why the amount is another than in the catalogue"),
        required=False,
        max_length=400,
        widget=one_line(),
    )
    field_order = ("what", "activity_id", "in_form", "amount", "currency", "budget_id", "due_on")
    sealed = {"payee_account": _("Opened by who pays, on the record.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields([*self.field_order, *(name for name in self.fields if name != "reason")])

    def prepare(self) -> None:
        super().prepare()
        for number in range(1, PARTS + 1):
            self.fields[f"part_{number}_amount"] = AmountField(
                label=_("Instalment %(number)s: amount") % {"number": number}, required=False
            )
            self.fields[f"part_{number}_milestone"] = forms.ChoiceField(
                label=_("Instalment %(number)s is paid when") % {"number": number},
                required=False,
                choices=[("", _("Choose")), *choices(words.MILESTONES)],
            )
        entitlement: Entitlement | None = self.initial.get("entitlement")
        found = queries.budgets_for(self.actor, entitlement, localdate()) if entitlement else ()
        offer(
            self,
            "budget_id",
            [(str(one.id), f"{one.name}: {money_words(one.left)} {_('left')}") for one in found],
        )
        self.fields["amount"].required = False
        self.prices = latest_prices(self.actor)
        offer(self, "price_id", [("", _("None")), *((key, _price(one)) for key, one in self.prices.items())])
        lines = agreed_lines(self.actor, self.case.id)
        offer(self, "activity_id", [("", _("None")), *((str(one.activity_id), one.what) for one in lines)])

    @property
    def instalments(self) -> list[dict[str, forms.BoundField]]:
        """The two questions of each instalment."""
        return [
            {"amount": self[f"part_{number}_amount"], "milestone": self[f"part_{number}_milestone"]}
            for number in range(1, PARTS + 1)
        ]

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        entitlement = queries.get_entitlement(actor, given["entitlement_id"])
        return {
            "entitlement": entitlement,
            "currency": entitlement.currency,
            "request_id": new_id(),
            "in_form": "" if entitlement.form == Form.CASH_OR_KIND else entitlement.form,
        }

    def clean(self) -> dict[str, Any]:
        """The amount that was written, or else what the catalogue makes of a quantity."""
        answers = super().clean()
        if answers.get("amount") is None and "amount" not in self.errors:
            price, quantity = self.prices.get(answers.get("price_id") or ""), answers.get("quantity")
            if price and quantity:
                answers["money"] = Money(round(price.amount_minor * quantity), price.currency)
            else:
                self.add_error("amount", _("Write the amount, or choose a price and how many."))
        return answers

    def parts(self) -> tuple[Part, ...]:
        """The instalments that were filled in, in the entitlement's currency."""
        told = self.cleaned_data
        currency = str(self.initial["currency"])
        return tuple(
            Part(
                Money.of(told[f"part_{number}_amount"], currency).minor,
                Milestone(told[f"part_{number}_milestone"] or Milestone.OTHER),
            )
            for number in range(1, PARTS + 1)
            if told.get(f"part_{number}_amount")
        )

    def given(self) -> CommitmentGiven:
        told = self.cleaned_data
        activity = UUID(told["activity_id"]) if told["activity_id"] else None
        purpose = Purpose(
            told["what"],
            Form(told["in_form"]),
            told["due_on"],
            activity,
            UUID(told["price_id"]) if told["price_id"] else None,
            told["quantity"],
            told["price_reason"],
        )
        payee = Payee(PayeeKind(told["payee_kind"]), told["payee_name"], told["payee_account"])
        return CommitmentGiven(UUID(told["budget_id"]), purpose, payee, self.parts())


class TopUpForm(MoneyForm):
    """More than the package gives."""

    what = forms.CharField(label=_("What it is for"), max_length=300, widget=one_line())
    reason = forms.CharField(label=_("Why the package is not enough"), max_length=1000, widget=long_text(3))

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        entitlement = queries.get_entitlement(actor, given["entitlement_id"])
        return {"currency": entitlement.currency, "request_id": new_id()}


def _of_commitment(actor: Actor, given: dict[str, UUID]) -> tuple[Commitment, dict[str, Any]]:
    line = queries.own_commitment(actor, given["commitment_id"])
    return line, {"currency": line.currency, "request_id": new_id()}


class ChangeForm(MoneyForm):
    """More or less of a commitment, and why."""

    reason = forms.CharField(label=_("Why"), max_length=400, widget=one_line())

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return _of_commitment(actor, given)[1]


class ReleaseForm(ChangeForm):
    def prepare(self) -> None:
        offer(self, "currency", [(str(self.initial["currency"]), str(self.initial["currency"]))])

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        line, initial = _of_commitment(actor, given)
        return {**initial, "amount": line.releasable.amount}


class DeliveryForm(MoneyForm):
    """What was delivered, by whom, when and how."""

    what = forms.CharField(label=_("What was delivered"), max_length=300, widget=one_line())
    delivered_by = forms.CharField(label=_("Who delivered it"), max_length=200, widget=one_line())
    on = OnDateField(label=_("Day"), not_future=True)
    counselling_held = one_of(_("Was there business counselling before?"), choices(words.TOLD))
    market_considered = one_of(_("Was the local market considered?"), choices(words.TOLD))
    on_time = one_of(_("Did it come on time?"), choices(words.TOLD))
    remarks = forms.CharField(label=_("Remarks"), required=False, max_length=2000, widget=long_text(3))

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        line, initial = _of_commitment(actor, given)
        told = {"what": line.what, "delivered_by": line.payee_name, "on": localdate()}
        return {**initial, **told, "amount": line.to_deliver.amount}

    def delivered(self) -> Delivered:
        told = self.cleaned_data
        return Delivered(
            told["what"],
            told["delivered_by"],
            Told(told["counselling_held"]),
            Told(told["market_considered"]),
            Told(told["on_time"]),
            remarks=told["remarks"],
        )


class PayForm(MoneyForm):
    """A payment as it was made."""

    on = OnDateField(label=_("Day of payment"), not_future=True)
    method = one_of(_("How it was paid"), choices(words.METHODS))
    instalment_id = forms.ChoiceField(label=_("Instalment"), required=False)
    outside_reference = forms.CharField(
        label=_("Number of the bank or the receipt"), required=False, max_length=100, widget=one_line()
    )
    reason = forms.CharField(
        label=_("Why so much"),
        help_text=_("Only needed when the programme asks for an approval of the amount."),
        required=False,
        max_length=1000,
        widget=long_text(2),
    )

    def prepare(self) -> None:
        super().prepare()
        parts = self.initial.get("parts", ())
        if not parts:
            del self.fields["instalment_id"]
            return
        offer(self, "instalment_id", [(str(one.id), _part_words(one)) for one in parts])

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        line, initial = _of_commitment(actor, given)
        parts = [one for one in line.instalments.all() if one.paid_minor < one.amount_minor]
        ready = [one for one in parts if one.reached_on]
        amount = ready[0].to_pay if ready else line.to_pay
        return {**initial, "line": line, "parts": parts, "amount": amount.amount, "on": localdate()}

    def given(self) -> PaymentGiven:
        told = self.cleaned_data
        part = told.get("instalment_id")
        return PaymentGiven(Method(told["method"]), UUID(part) if part else None, told["outside_reference"])


def _part_words(part: Any) -> str:
    state = "" if part.reached_on else f" ({_('not reached yet')})"
    return f"{part.number}. {money_words(part.to_pay)}: {words.MILESTONES[part.milestone]}{state}"


class ReachedForm(CaseForm):
    """That a milestone was reached."""

    on = OnDateField(label=_("Day"), not_future=True)
    note = forms.CharField(label=_("How you know"), required=False, max_length=300, widget=one_line())

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        queries.own_instalment(actor, given["instalment_id"])
        return {"on": localdate()}


class OfEntryForm(CaseForm):
    """Something about an entry of one's own organisation."""

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        queries.own_entry(actor, given["entry_id"])
        return {"on": localdate(), "said_by": str(Voice.RETURNEE), "request_id": new_id()}


class ProofForm(OfEntryForm):
    file = forms.FileField(
        label=_("File"), help_text=_("A picture or a PDF, up to 20 MB. It is kept encrypted.")
    )
    kind = one_of(_("What it is"), choices(words.PROOFS))

    def told_kind(self) -> ProofKind:
        return ProofKind(self.cleaned_data["kind"])


class AnswerForm(OfEntryForm):
    """What the person says came; or what a partner says."""

    said_by = one_of(_("Who says it"), choices(words.VOICES))
    received = one_of(_("What came"), choices(words.RECEIVED), required=False)
    told_by = forms.CharField(
        label=_("Name of who says it, when it is not the person"),
        required=False,
        max_length=200,
        widget=one_line(),
    )
    said = forms.CharField(
        label=_("In their own words"), required=False, max_length=2000, widget=long_text(3)
    )
    on = OnDateField(label=_("Day"), not_future=True)
    voice = ("said",)

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "voice": Voice(told["said_by"]),
            "received": Received(told["received"]) if told["received"] else None,
            "told_by": told["told_by"],
            "words": told["said"],
            "on": told["on"],
        }


class ReverseForm(OfEntryForm):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=400, widget=one_line())
    request_id = forms.UUIDField(widget=forms.HiddenInput)
