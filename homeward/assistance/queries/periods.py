"""What was open, committed, paid and taken back in a period, by whom it concerns and by category."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db import connection

from homeward.access.actor import Actor
from homeward.assistance.models import Budget
from homeward.assistance.queries.accounts import visible_budgets
from homeward.assistance.queries.statements import StatementBy, key_of
from homeward.lib.money import Money
from homeward.programmes.terms import Label

STATEMENT_HEADINGS = (
    "since",
    "until",
    "group",
    "category",
    "currency",
    "opening",
    "committed",
    "given_back",
    "paid",
    "taken_back",
    "closing",
)
Cell = str | Decimal | date


class StatementCategory(StrEnum):
    """What the lines of a statement are about."""

    FORM = "form"  # in cash, in kind, as a service
    PACKAGE = "package"  # as the programme names it


@dataclass(frozen=True)
class Moved:
    """What was promised and not paid at first, what came and went, and so what is promised at last."""

    opening: Money
    committed: Money
    given_back: Money
    paid: Money
    taken_back: Money

    @property
    def closing(self) -> Money:
        return self.opening + self.committed - self.given_back - self.paid + self.taken_back

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.opening + other.opening,
            self.committed + other.committed,
            self.given_back + other.given_back,
            self.paid + other.paid,
            self.taken_back + other.taken_back,
        )


@dataclass(frozen=True)
class StatementLine:
    """One category in one currency; `label` is the package's own name, where packages are asked for."""

    category: str
    label: Label | None
    moved: Moved


@dataclass(frozen=True)
class PeriodGroup:
    """The lines of one programme, partner or donor, and their total in each currency."""

    id: UUID | None
    name: str
    lines: tuple[StatementLine, ...]
    totals: tuple[Moved, ...]


def period_statement(
    actor: Actor, since: date, until: date, *, by: StatementBy, category: StatementCategory
) -> list[PeriodGroup]:
    """The statement of the budgets that the organisation holds, gives or set; counted from the entries."""
    budgets = {one.id: one for one in visible_budgets(actor)}
    groups: dict[tuple[str, UUID | None], dict[tuple[str, str], StatementLine]] = {}
    for budget, line in _lines(budgets, since, until, category):
        lines = groups.setdefault(key_of(budget, by), {})
        known = lines.get((line.category, budget.currency))
        added = line.moved + known.moved if known else line.moved
        lines[line.category, budget.currency] = StatementLine(line.category, line.label, added)
    return [
        PeriodGroup(id_, name, tuple(lines[key] for key in sorted(lines)), _totals(lines.values()))
        for (name, id_), lines in sorted(groups.items(), key=lambda item: (item[0][0], str(item[0][1])))
    ]


def statement_rows(groups: Iterable[PeriodGroup], since: date, until: date) -> Iterator[tuple[Cell, ...]]:
    """A row for each line, amounts exact, as a file has them."""
    for group in groups:
        for line in group.lines:
            moved = line.moved
            amounts = (
                moved.opening,
                moved.committed,
                moved.given_back,
                moved.paid,
                moved.taken_back,
                moved.closing,
            )
            sums = tuple(one.amount for one in amounts)
            yield since, until, group.name, line.category, moved.opening.currency, *sums


def _lines(
    budgets: dict[UUID, Budget], since: date, until: date, category: StatementCategory
) -> Iterator[tuple[Budget, StatementLine]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assistance_statement(%s, %s)", [since, until])
        for budget_id, package_code, label, form, *minor in cursor.fetchall():
            budget = budgets[budget_id]
            moved = Moved(*(Money(one, budget.currency) for one in minor))
            if category == StatementCategory.FORM:
                yield budget, StatementLine(form, None, moved)
            else:
                yield budget, StatementLine(package_code, _label(label), moved)


def _label(kept: object) -> Label:
    words = json.loads(kept) if isinstance(kept, str) else kept
    return Label(**words) if isinstance(words, dict) else Label("")


def _totals(lines: Iterable[StatementLine]) -> tuple[Moved, ...]:
    totals: dict[str, Moved] = {}
    for line in lines:
        currency = line.moved.opening.currency
        totals[currency] = totals[currency] + line.moved if currency in totals else line.moved
    return tuple(totals[currency] for currency in sorted(totals))
