"""Entitlements and budgets, as far as the actor may know of them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actor import Actor
from homeward.assistance.models import Budget, Entitlement, Price
from homeward.cases.queries import visible_cases
from homeward.lib.problems import NotFound


def visible_entitlements(actor: Actor) -> QuerySet[Entitlement]:
    """Entitlements of cases the actor may see."""
    return Entitlement.objects.filter(case__in=visible_cases(actor))


def entitlements_of_case(actor: Actor, case_id: UUID) -> QuerySet[Entitlement]:
    """What one person is entitled to, in the order it was granted."""
    return visible_entitlements(actor).filter(case_id=case_id).order_by("granted_at", "package_code")


def get_entitlement(actor: Actor, entitlement_id: UUID) -> Entitlement:
    """One entitlement with its case."""
    found = visible_entitlements(actor).filter(id=entitlement_id).select_related("case").first()
    if found is None:
        raise NotFound
    return found


def visible_budgets(actor: Actor) -> QuerySet[Budget]:
    """Budgets the organisation holds, gives, or set for its programme; the database shows no others."""
    return Budget.objects.select_related("programme", "organisation", "donor").order_by("-ends_on", "name")


def own_budgets(actor: Actor) -> QuerySet[Budget]:
    """Budgets the actor's organisation commits from."""
    return visible_budgets(actor).filter(organisation_id=actor.organisation_id)


def budgets_for(actor: Actor, entitlement: Entitlement, on: date) -> QuerySet[Budget]:
    """Own budgets that an entitlement can be committed from on a day."""
    fitting = Q(programme_id=entitlement.programme_id, currency=entitlement.currency)
    return own_budgets(actor).filter(fitting, starts_on__lte=on, ends_on__gte=on)


def get_budget(actor: Actor, budget_id: UUID) -> Budget:
    """One budget."""
    found = visible_budgets(actor).filter(id=budget_id).first()
    if found is None:
        raise NotFound
    return found


def known_prices(actor: Actor) -> QuerySet[Price]:
    """The organisation's catalogue: items by name and place, newest price first."""
    own = Price.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by("item", "place", "-on")


def get_price(actor: Actor, price_id: UUID) -> Price:
    """One price of the catalogue."""
    found = known_prices(actor).filter(id=price_id).first()
    if found is None:
        raise NotFound
    return found
