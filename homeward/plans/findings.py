"""What speaks against a plan, and what to look at again before it is proposed. Pure.

A plan is held against what the programme entitles the person to (`Right`) and against the shares of cash
and of earning a living that the programme asks for (`Limits`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from homeward.cases.gate_rules import Gate
from homeward.lib.money import Money
from homeward.plans.content import Content, Line
from homeward.plans.rules import Dimension, PayForm, ProviderKind
from homeward.programmes.terms import Label


class Finding(StrEnum):
    NO_GOALS = "no_goals"
    GOAL_WITHOUT_ACTIVITY = "goal_without_activity"
    NOT_ENTITLED = "not_entitled"
    OVER_ENTITLEMENT = "over_entitlement"
    OTHER_CURRENCY = "other_currency"
    NOT_IN_CASH = "not_in_cash"
    WAITS_FOR_ITSELF = "waits_for_itself"
    NOT_CLEARED = "not_cleared"
    CASH_SHARE_HIGH = "cash_share_high"
    INCOME_SHARE_LOW = "income_share_low"
    MICROCREDIT = "microcredit"
    BEFORE_WHAT_IT_NEEDS = "before_what_it_needs"
    AFTER_WINDOW = "after_window"
    NO_DATE = "no_date"
    NO_PROVIDER = "no_provider"
    FEASIBILITY_OPEN = "feasibility_open"
    NO_PLAIN_WORDS = "no_plain_words"


STOPS = frozenset(
    {
        Finding.NO_GOALS,
        Finding.GOAL_WITHOUT_ACTIVITY,
        Finding.NOT_ENTITLED,
        Finding.OVER_ENTITLEMENT,
        Finding.OTHER_CURRENCY,
        Finding.NOT_IN_CASH,
        Finding.WAITS_FOR_ITSELF,
        Finding.NOT_CLEARED,
    }
)


@dataclass(frozen=True)
class Right:
    """What a programme entitles the person to, under one code; in cash as well, unless `in_cash` is false.

    `closed` are the gates that bar it now, `closed_in_cash` those that bar it in cash.
    """

    package_code: str
    label: Label
    amount: Money
    in_cash: bool = True
    in_kind: bool = True
    window_ends_on: date | None = None
    closed: tuple[Gate, ...] = ()
    closed_in_cash: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class Limits:
    """Shares of the programme's money, in percent; None asks for nothing."""

    income_share_min_percent: int | None = None
    cash_share_max_percent: int | None = None


@dataclass(frozen=True)
class Found:
    """One finding, about a line where it is about one; `value` and `limit` say how far it is."""

    finding: Finding
    line_id: UUID | None = None
    subject: str | Label = ""
    value: object = None
    limit: object = None

    @property
    def stops(self) -> bool:
        return self.finding in STOPS


@dataclass(frozen=True)
class RightUsed:
    """One entitlement as the plan uses it."""

    right: Right
    planned: Money

    @property
    def free(self) -> Money:
        return self.right.amount - self.planned

    @property
    def is_over(self) -> bool:
        return self.right.amount < self.planned


@dataclass(frozen=True)
class Balance:
    """How the programme's money is spread, in percent of all of it; None while nothing is planned."""

    cash_percent: int | None
    income_percent: int | None
    by_form: Mapping[PayForm, int]


def rights_used(content: Content, rights: Sequence[Right]) -> list[RightUsed]:
    """Each entitlement with what the plan takes of it; lines in another currency are left out."""
    planned: defaultdict[str, int] = defaultdict(int)
    of = {right.package_code: right for right in rights}
    for line in content.lines():
        right = of.get(line.details.package_code)
        if right and line.details.currency == right.amount.currency:
            planned[right.package_code] += line.details.cost_minor
    return [RightUsed(right, Money(planned[right.package_code], right.amount.currency)) for right in rights]


def balance_of(content: Content) -> Balance:
    """The share of cash, and of what earns a living, in the money that comes from entitlements."""
    by_form: defaultdict[PayForm, int] = defaultdict(int)
    income = 0
    for line in _paid(content):
        by_form[PayForm(line.details.form)] += line.details.cost_minor
        income += line.details.cost_minor * (line.details.dimension == Dimension.ECONOMIC)
    everything = sum(by_form.values())
    if not everything:
        return Balance(None, None, {})
    return Balance(_percent(by_form[PayForm.CASH], everything), _percent(income, everything), dict(by_form))


def findings(content: Content, rights: Sequence[Right], limits: Limits) -> list[Found]:
    """Everything that speaks against the plan or deserves another look, what stops it first."""
    found = [
        *_of_goals(content),
        *_of_rights(content, rights),
        *_of_order(content),
        *_of_shares(content, limits),
        *(one for line in content.lines() for one in _of_line(line)),
    ]
    return sorted(found, key=lambda one: not one.stops)


def _of_goals(content: Content) -> Iterator[Found]:
    if not content.goals:
        yield Found(Finding.NO_GOALS)
    for goal in content.goals:
        if not goal.lines:
            yield Found(Finding.GOAL_WITHOUT_ACTIVITY, subject=goal.own_words)


def _of_rights(content: Content, rights: Sequence[Right]) -> Iterator[Found]:
    of = {right.package_code: right for right in rights}
    for line in content.lines():
        right = of.get(line.details.package_code)
        if line.details.package_code and right is None:
            yield _about(line, Finding.NOT_ENTITLED, value=line.details.package_code)
        elif right:
            yield from _of_right(line, right)
    for used in rights_used(content, rights):
        if used.is_over:
            yield Found(
                Finding.OVER_ENTITLEMENT,
                subject=used.right.label,
                value=used.planned,
                limit=used.right.amount,
            )


def _of_right(line: Line, right: Right) -> Iterator[Found]:
    told = line.details
    if told.cost_minor and told.currency != right.amount.currency:
        yield _about(line, Finding.OTHER_CURRENCY, value=told.currency, limit=right.amount.currency)
    if told.form == PayForm.CASH and not right.in_cash:
        yield _about(line, Finding.NOT_IN_CASH, limit=right.label)
    closed = right.closed_in_cash if told.form == PayForm.CASH else right.closed
    if closed:
        yield _about(line, Finding.NOT_CLEARED, value=closed)
    if told.planned_on and right.window_ends_on and told.planned_on > right.window_ends_on:
        yield _about(line, Finding.AFTER_WINDOW, value=told.planned_on, limit=right.window_ends_on)


def _of_order(content: Content) -> Iterator[Found]:
    lines = {line.line_id: line for line in content.lines()}
    for line in lines.values():
        if _waits_for_itself(line.line_id, lines):
            yield _about(line, Finding.WAITS_FOR_ITSELF)
            continue
        first = lines.get(line.details.depends_on_id) if line.details.depends_on_id else None
        day, needed = line.details.planned_on, first.details.planned_on if first else None
        if first and day and needed and day < needed:
            yield _about(line, Finding.BEFORE_WHAT_IT_NEEDS, value=first.details.what, limit=needed)


def _waits_for_itself(start: UUID, lines: Mapping[UUID, Line]) -> bool:
    seen, now = {start}, lines[start].details.depends_on_id
    while now is not None and now in lines:
        if now in seen:
            return True
        seen.add(now)
        now = lines[now].details.depends_on_id
    return False


def _of_shares(content: Content, limits: Limits) -> Iterator[Found]:
    shares = balance_of(content)
    most, least = limits.cash_share_max_percent, limits.income_share_min_percent
    if most is not None and shares.cash_percent is not None and shares.cash_percent > most:
        yield Found(Finding.CASH_SHARE_HIGH, value=shares.cash_percent, limit=most)
    if least is not None and shares.income_percent is not None and shares.income_percent < least:
        yield Found(Finding.INCOME_SHARE_LOW, value=shares.income_percent, limit=least)


def _of_line(line: Line) -> Iterator[Found]:
    told = line.details
    if told.provider_kind == ProviderKind.MICROCREDIT:
        yield _about(line, Finding.MICROCREDIT)
    if told.planned_on is None:
        yield _about(line, Finding.NO_DATE)
    if told.provider_kind != ProviderKind.OWN_MEANS and not told.provider_name:
        yield _about(line, Finding.NO_PROVIDER)
    if told.dimension == Dimension.ECONOMIC and told.cost_minor and not told.feasibility:
        yield _about(line, Finding.FEASIBILITY_OPEN)
    if not told.plain_words:
        yield _about(line, Finding.NO_PLAIN_WORDS)


def _about(line: Line, finding: Finding, *, value: object = None, limit: object = None) -> Found:
    return Found(finding, line.line_id, line.details.what, value, limit)


def _paid(content: Content) -> Iterator[Line]:
    return (line for line in content.lines() if line.details.package_code and line.details.cost_minor)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
