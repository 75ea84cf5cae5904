"""Budgets against spending, by programme, partner or donor: sums only, nothing of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from homeward.access.actor import Actor
from homeward.assistance.models import Budget
from homeward.assistance.queries.accounts import visible_budgets
from homeward.lib.money import Money


class StatementBy(StrEnum):
    """What a statement is drawn up by."""

    PROGRAMME = "programme"
    PARTNER = "partner"
    DONOR = "donor"


@dataclass(frozen=True)
class SumOf:
    """What budgets of one currency come to."""

    amount: Money
    committed: Money
    delivered: Money
    paid: Money

    @property
    def left(self) -> Money:
        return self.amount - self.committed


@dataclass(frozen=True)
class Group:
    """The budgets of one programme, partner or donor, with their sums in each currency."""

    id: UUID | None
    name: str
    budgets: tuple[Budget, ...]
    sums: tuple[SumOf, ...]


def statement(actor: Actor, by: StatementBy) -> list[Group]:
    """The budgets that the organisation holds, gives or set, grouped, with their sums."""
    groups: dict[tuple[str, UUID | None], list[Budget]] = {}
    for budget in visible_budgets(actor):
        groups.setdefault(key_of(budget, by), []).append(budget)
    return [Group(key[1], key[0], tuple(own), _sums(own)) for key, own in sorted(groups.items(), key=_first)]


def key_of(budget: Budget, by: StatementBy) -> tuple[str, UUID | None]:
    """Name and id of the programme, partner or donor of a budget."""
    if by == StatementBy.PARTNER:
        return budget.organisation.name, budget.organisation_id
    if by == StatementBy.DONOR:
        return (budget.donor.name, budget.donor_id) if budget.donor else ("", None)
    return budget.programme.name, budget.programme_id


def _first(item: tuple[tuple[str, UUID | None], list[Budget]]) -> tuple[str, str]:
    return item[0][0], str(item[0][1])


def _sums(budgets: Iterable[Budget]) -> tuple[SumOf, ...]:
    sums: dict[str, SumOf] = {}
    for one in budgets:
        known = sums.get(one.currency, SumOf(*[Money(0, one.currency)] * 4))
        sums[one.currency] = SumOf(
            known.amount + one.amount,
            known.committed + one.committed,
            known.delivered + one.delivered,
            known.paid + one.paid,
        )
    return tuple(sums[currency] for currency in sorted(sums))
