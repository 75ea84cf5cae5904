"""Setting and changing budgets."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.models import Budget, BudgetChange
from homeward.assistance.problems import StillNeeded, constraint_of
from homeward.assistance.queries import visible_budgets
from homeward.lib.money import Money
from homeward.lib.problems import EditConflict, Invalid, NotFound
from homeward.programmes.queries import get_programme


@command(Action.BUDGET_SET)
def set_budget(
    actor: Actor,
    *,
    programme_id: UUID,
    name: str,
    amount: Money,
    starts_on: date,
    ends_on: date,
    holder_id: UUID | None = None,
    donor_id: UUID | None = None,
) -> Budget:
    """Say what one's own organisation, or one in a programme that one runs, may spend in a period."""
    programme = get_programme(actor, programme_id)
    holder_id = holder_id or actor.organisation_id
    if actor.organisation_id not in {holder_id, programme.organisation_id}:
        raise NotFound
    _require_possible(name, amount, starts_on, ends_on)
    return Budget.objects.create(
        organisation_id=holder_id,
        programme=programme,
        donor_id=donor_id,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        currency=amount.currency,
        amount_minor=amount.minor,
        set_by_id=actor.user_id,
        set_by_name=actor.name,
    )


@command(Action.BUDGET_SET)
def change_budget(
    actor: Actor, *, budget_id: UUID, expected_version: int, amount: Money, reason: str
) -> Budget:
    """Raise or cut a budget, with the reason; never below what is committed."""
    budget = _for_edit(actor, budget_id, expected_version)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why.")})
    if amount.currency != budget.currency or amount.minor <= 0:
        raise Invalid(fields={"amount": _("Enter an amount in the currency of the budget.")})
    BudgetChange.objects.create(
        organisation_id=actor.organisation_id,
        budget=budget,
        before_minor=budget.amount_minor,
        after_minor=amount.minor,
        reason=reason.strip(),
        by_id=actor.user_id,
        by_name=actor.name,
    )
    budget.amount_minor, budget.version = amount.minor, budget.version + 1
    try:
        with transaction.atomic():
            budget.save(update_fields=["amount_minor", "version"])
    except IntegrityError as error:
        if constraint_of(error) != "budget_is_not_overspent":
            raise
        raise StillNeeded from error
    return budget


def _for_edit(actor: Actor, budget_id: UUID, expected_version: int) -> Budget:
    budget = visible_budgets(actor).filter(id=budget_id).select_for_update(of=("self",)).first()
    if budget is None or actor.organisation_id not in {
        budget.organisation_id,
        budget.programme.organisation_id,
    }:
        raise NotFound
    if budget.version != expected_version:
        raise EditConflict
    return budget


def _require_possible(name: str, amount: Money, starts_on: date, ends_on: date) -> None:
    wrong = {}
    if not name.strip():
        wrong["name"] = _("Give it a name.")
    if amount.minor <= 0:
        wrong["amount"] = _("Enter an amount above zero.")
    if ends_on < starts_on:
        wrong["ends_on"] = _("This is before the first day.")
    if wrong:
        raise Invalid(fields=wrong)
