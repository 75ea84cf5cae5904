"""Budgets, rates, prices and statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.numbers import list_currencies
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.assistance import commands, queries
from homeward.lib.money import Money
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.organisations.queries import known_organisations
from homeward.programmes.queries import known_programmes
from homeward.web.fields import OnDateField
from homeward.web.forms import posted, put_problem
from homeward.web.journey.pages import offer, one_line
from homeward.web.money import AmountField, read_amount

CURRENCIES = [(code, code) for code in sorted(list_currencies())]


class AccountForm(forms.Form):
    """Questions of one page; subclasses learn their choices from the actor."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.prepare()

    def prepare(self) -> None:
        """Offer what this actor may choose."""

    def clean(self) -> dict[str, Any]:
        """An amount and its currency are one."""
        answers: dict[str, Any] = super().clean() or {}
        currency = answers.get("currency") or self.initial.get("currency")
        if answers.get("amount") is not None and currency:
            try:
                answers["money"] = Money.of(answers["amount"], currency)
            except ValueError:
                self.add_error("amount", _("This currency has fewer decimal places."))
        return answers


class BudgetForm(AccountForm):
    programme_id = forms.ChoiceField(label=_("Programme"))
    name = forms.CharField(label=_("Name"), max_length=200, widget=one_line())
    holder_id = forms.ChoiceField(label=_("Who spends it"))
    donor_id = forms.ChoiceField(label=_("Who gives it"), required=False)
    amount = AmountField(label=_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, initial="EUR")
    starts_on = OnDateField(label=_("First day"))
    ends_on = OnDateField(label=_("Last day"))

    def prepare(self) -> None:
        known = [(str(one.id), one.name) for one in known_organisations(self.actor).order_by("name")]
        offer(self, "programme_id", [(str(one.id), one.name) for one in known_programmes(self.actor)])
        offer(self, "holder_id", known)
        offer(self, "donor_id", [("", _("Not said")), *known])
        self.fields["holder_id"].initial = str(self.actor.organisation_id)


class BudgetChangeForm(AccountForm):
    amount = AmountField(label=_("New amount"))
    reason = forms.CharField(label=_("Why"), max_length=400, widget=one_line())
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class RateForm(AccountForm):
    of = forms.ChoiceField(label=_("One unit of"), choices=CURRENCIES, initial="EUR")
    rate = forms.CharField(label=_("is worth"), max_length=30)
    quote = forms.ChoiceField(label=_("units of"), choices=CURRENCIES)
    on = OnDateField(label=_("Day"), not_future=True)
    source = forms.CharField(label=_("Who says so"), max_length=200, widget=one_line())

    def clean_rate(self) -> Decimal:
        try:
            return read_amount(self.cleaned_data["rate"])
        except ValueError as wrong:
            raise forms.ValidationError(_("Write the rate in digits, such as 655.957")) from wrong


class PriceForm(AccountForm):
    item = forms.CharField(label=_("What"), max_length=200, widget=one_line())
    unit = forms.CharField(label=_("Unit"), max_length=60, widget=one_line())
    place = forms.CharField(label=_("Place"), max_length=200, widget=one_line())
    amount = AmountField(label=_("Price of a unit"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    on = OnDateField(label=_("Day"), not_future=True)
    source = forms.CharField(label=_("Who says so"), max_length=200, widget=one_line())


class AdoptionForm(AccountForm):
    organisation_id = forms.ChoiceField(
        label=_("Whose rates"),
        help_text=_("Organisations with which you have an agreement or a programme in common."),
    )

    def prepare(self) -> None:
        others = [(str(one.id), one.name) for one in queries.organisations_to_adopt_from(self.actor)]
        offer(self, "organisation_id", others)


@dataclass(frozen=True)
class AccountPage:
    """A page with one form, and where it leads."""

    heading: str | Promise
    verb: Action
    form: type[AccountForm]
    run: Callable[..., object]
    done: str | Promise
    back: str
    saved: Callable[..., dict[str, Any]] = lambda actor, **given: {}


def account_page(page: AccountPage) -> Callable[..., HttpResponse]:
    """The view of such a page: asks, keeps what was typed, leads back to the list."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, **given: UUID) -> HttpResponse:
        actor = actor_of(request)
        actor.require(page.verb)
        form = page.form(posted(request), actor=actor, initial=page.saved(actor, **given))
        if request.method == "POST" and form.is_valid():
            try:
                page.run(form, **given)
            except (Refused, NotFound):
                raise
            except Problem as problem:
                put_problem(form, problem)
            else:
                messages.success(request, str(page.done))
                return redirect(page.back)
        return render(
            request, "ledger/form.html", {"page": page, "form": form}, status=422 if form.errors else 200
        )

    return view


def _set(form: AccountForm) -> object:
    told = form.cleaned_data
    return commands.set_budget(
        form.actor,
        programme_id=UUID(told["programme_id"]),
        name=told["name"],
        amount=told["money"],
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        holder_id=UUID(told["holder_id"]),
        donor_id=UUID(told["donor_id"]) if told["donor_id"] else None,
    )


def _change(form: AccountForm, budget_id: UUID) -> object:
    told = form.cleaned_data
    return commands.change_budget(
        form.actor,
        budget_id=budget_id,
        expected_version=told["expected_version"],
        amount=told["money"],
        reason=told["reason"],
    )


def _saved_budget(actor: Actor, budget_id: UUID) -> dict[str, Any]:
    budget = queries.get_budget(actor, budget_id)
    return {
        "amount": budget.amount.amount,
        "currency": budget.currency,
        "expected_version": budget.version,
    }


def _price(form: AccountForm) -> object:
    told = form.cleaned_data
    given = {name: told[name] for name in ("item", "unit", "place", "on", "source")}
    return commands.add_price(form.actor, amount=told["money"], **given)


set_budget = account_page(
    AccountPage(_("Set a budget"), Action.BUDGET_SET, BudgetForm, _set, _("The budget is set."), "budgets")
)
change_budget = account_page(
    AccountPage(
        _("Change a budget"),
        Action.BUDGET_SET,
        BudgetChangeForm,
        _change,
        _("The budget is changed."),
        "budgets",
        _saved_budget,
    )
)
add_rate = account_page(
    AccountPage(
        _("Add a rate"),
        Action.RATE_ADD,
        RateForm,
        lambda form: commands.add_rate(form.actor, **form.cleaned_data),
        _("The rate is added."),
        "prices",
        lambda actor: {"on": localdate()},
    )
)
add_price = account_page(
    AccountPage(
        _("Add a price"),
        Action.PRICE_ADD,
        PriceForm,
        _price,
        _("The price is added."),
        "prices",
        lambda actor: {"on": localdate()},
    )
)


adopt_rates = account_page(
    AccountPage(
        _("Go by the rates of another organisation"),
        Action.RATE_ADOPT,
        AdoptionForm,
        lambda form: commands.adopt_rates(
            form.actor, organisation_id=UUID(form.cleaned_data["organisation_id"])
        ),
        _("Its rates count here too; each keeps its source."),
        "prices",
    )
)


@require_POST
def end_adoption(request: HttpRequest, adoption_id: UUID) -> HttpResponse:
    """Go by another organisation's rates no longer."""
    commands.end_adoption(actor_of(request), adoption_id=adoption_id)
    messages.success(request, str(_("Its rates count no longer.")))
    return redirect("prices")


@require_safe
def budgets(request: HttpRequest) -> HttpResponse:
    """Budgets against spending, grouped by programme, partner or donor."""
    actor = actor_of(request)
    actor.require(Action.BUDGET_VIEW)
    asked = request.GET.get("by", "")
    by = queries.StatementBy(asked) if asked in set(queries.StatementBy) else queries.StatementBy.PROGRAMME
    context = {
        "groups": queries.statement(actor, by),
        "by": str(by),
        "may_set": actor.may(Action.BUDGET_SET),
        "may_see_prices": actor.may(Action.PRICE_VIEW),
        "may_see_statement": actor.may(Action.STATEMENT_VIEW),
        "organisation_id": actor.organisation_id,
    }
    return render(request, "ledger/budgets.html", context)


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """What things cost and what currencies are worth, each with its day and source."""
    actor = actor_of(request)
    actor.require(Action.PRICE_VIEW)
    context = {
        "prices": queries.known_prices(actor)[:MOST],
        "rates": queries.known_rates(actor)[:MOST],
        "may_add_price": actor.may(Action.PRICE_ADD),
        "may_add_rate": actor.may(Action.RATE_ADD),
        "may_adopt": actor.may(Action.RATE_ADOPT),
        "adoptions": queries.live_adoptions(actor),
        "organisation_id": actor.organisation_id,
    }
    return render(request, "ledger/prices.html", context)


MOST = 200
