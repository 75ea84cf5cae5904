"""Whether a person is eligible and entitled to what, line by line. Pure.

A fact that is not known makes its line unknown, never false; nothing is refused for what nobody asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from homeward.codelists.weekends import usual_working_days
from homeward.lib.dates import months_later
from homeward.lib.money import Money
from homeward.programmes.expressions import read_condition
from homeward.programmes.facts import Facts, day, plain
from homeward.programmes.terms import CountedFrom, Form, Label, Package, Phase, Source, Terms, Window
from homeward.programmes.terms_json import from_json, to_json

COUNTED_FACT = {
    CountedFrom.ARRIVAL: "arrived_on",
    CountedFrom.DEPARTURE: "departs_on",
    CountedFrom.DECISION: "decided_on",
}
WINDOW = "enrolment_window"


class Outcome(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_SAY = "cannot_say"


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FactUsed:
    """A fact as it was when a rule was asked; `value` None means that it was not known."""

    name: str
    value: object = None


@dataclass(frozen=True)
class Line:
    """One rule, the facts it used, and what came out."""

    code: str
    label: Label
    expression: str
    facts: tuple[FactUsed, ...]
    result: Result
    source: Source = Source()


@dataclass(frozen=True)
class Explanation:
    """The outcome and every line that led to it."""

    outcome: Outcome
    lines: tuple[Line, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would have to be known, each once."""
        unknown = [line for line in self.lines if line.result == Result.UNKNOWN]
        names = [fact.name for line in unknown for fact in line.facts if fact.value is None]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Entitled:
    """A package somebody has, up to `amount`, until `window_ends_on` (None: no end, or not known yet)."""

    package_code: str
    label: Label
    phase: Phase
    form: Form
    amount: Money
    window_ends_on: date | None
    because: tuple[Line, ...] = field(default=())


def check_rules(terms: Terms, facts: Facts) -> Explanation:
    """Whether somebody with these facts is eligible, with one line for each rule."""
    lines = [_window_line(terms.windows, facts)] if terms.windows else []
    lines += [_line(rule.code, rule.label, rule.expression, facts, rule.source) for rule in terms.eligibility]
    results = {line.result for line in lines}
    outcome = Outcome.ELIGIBLE
    if Result.NOT_MET in results:
        outcome = Outcome.NOT_ELIGIBLE
    elif Result.UNKNOWN in results:
        outcome = Outcome.CANNOT_SAY
    return Explanation(outcome, tuple(lines))


Counting = Callable[[date, int, str], date]


def entitled(terms: Terms, facts: Facts, counting: Counting = usual_working_days) -> tuple[Entitled, ...]:
    """The packages whose every condition is met, in the order of the terms."""
    return tuple(
        Entitled(
            package.code,
            package.label,
            package.phase,
            package.form,
            Money(package.amount_minor, terms.currency),
            window_end(package, facts, counting),
            lines,
        )
        for package, lines in package_lines(terms, facts)
        if all(line.result == Result.MET for line in lines)
    )


def package_lines(terms: Terms, facts: Facts) -> tuple[tuple[Package, tuple[Line, ...]], ...]:
    """Every package with the lines that say whether it is for somebody with these facts."""
    return tuple((package, tuple(_reasons(package, facts))) for package in terms.packages)


def window_end(package: Package, facts: Facts, counting: Counting = usual_working_days) -> date | None:
    """The last day on which the package can be used, or None: no end, or its first day is not known."""
    first = day(facts, COUNTED_FACT[package.counted_from])
    if first is None or not (package.window_days or package.window_months):
        return None
    if package.window_months:
        return months_later(first, package.window_months)
    if package.window_working_days:
        return counting(first, package.window_days, str(facts.get("return_country") or ""))
    return first + timedelta(package.window_days)


def _reasons(package: Package, facts: Facts) -> Iterable[Line]:
    for name, allowed in (("return_type", package.return_types), ("role_in_file", package.roles_in_file)):
        if allowed:
            listed = ", ".join(f'"{code}"' for code in allowed)
            yield _line(package.code, package.label, f"{name} in [{listed}]", facts, package.source)
    if package.condition:
        yield _line(package.code, package.label, package.condition, facts, package.source)


def _line(code: str, label: Label, expression: str, facts: Facts, source: Source) -> Line:
    condition = read_condition(expression)
    used = tuple(FactUsed(name, plain(facts.get(name))) for name in condition.facts)
    return Line(code, label, expression, used, _result(condition.holds(facts)), source)


def _result(holds: bool | None) -> Result:
    return Result.UNKNOWN if holds is None else Result.MET if holds else Result.NOT_MET


def _window_line(windows: Iterable[Window], facts: Facts) -> Line:
    on, return_type = day(facts, "applied_on"), facts.get("return_type")
    answers = [_is_open(window, on, return_type) for window in windows]
    holds = True if True in answers else None if None in answers else False
    used = tuple(FactUsed(name, plain(facts.get(name))) for name in ("applied_on", "return_type"))
    label = Label(
        "Applications are taken on this day",
        "Les demandes sont reçues ce jour-là",
        "تُقبل الطلبات في هذا اليوم",
    )
    return Line(WINDOW, label, "", used, _result(holds))


def _is_open(window: Window, on: date | None, return_type: object) -> bool | None:
    if on is None or (window.return_types and return_type is None):
        return None
    for_them = not window.return_types or return_type in window.return_types
    return (
        for_them
        and (window.opens_on is None or window.opens_on <= on)
        and (window.closes_on is None or on <= window.closes_on)
    )


def dump_explanation(explanation: Explanation) -> dict[str, object]:
    """The explanation as JSON, to be kept with a decision."""
    made: dict[str, object] = to_json(explanation)
    return made


def read_explanation(kept: object) -> Explanation:
    """An explanation that was kept."""
    return from_json(Explanation, kept)
