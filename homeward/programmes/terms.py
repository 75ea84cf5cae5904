"""What a programme offers, to whom, until when and by whose decision: data of one version. Pure.

`parse` reads the JSON that a version keeps and raises TermsInvalid with the path of what is wrong;
`dump` writes it. Every amount is in minor units of the terms' one currency.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from babel.numbers import list_currencies
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Role
from homeward.lib.money import MOST_MINOR
from homeward.programmes.expressions import ConditionInvalid, read_condition
from homeward.programmes.facts import GATES, RETURN_TYPES, ROLES_IN_FILE
from homeward.programmes.terms_json import from_json, to_json, wrong

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_WINDOW_DAYS = 3660
CHILD_HEARD_FROM_AGE = 6  # our own choice, not verified: law and guidance differ from country to country


class Phase(StrEnum):
    PRE_DEPARTURE = "pre_departure"
    POST_ARRIVAL = "post_arrival"
    POST_RETURN = "post_return"


class Form(StrEnum):
    CASH = "cash"
    KIND = "kind"
    SERVICE = "service"
    CASH_OR_KIND = "cash_or_kind"


class CountedFrom(StrEnum):
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    DECISION = "decision"


class ApprovalSubject(StrEnum):
    ELIGIBILITY_OVERRIDE = "eligibility_override"
    PLAN = "plan"
    COMMITMENT = "commitment"
    PAYMENT = "payment"
    TOP_UP = "top_up"


class Answering(StrEnum):
    """Whose organisation answers a step of approval."""

    ASKER = "asker"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Label:
    """A text in the interface's languages; English stands in for what is missing."""

    en: str
    fr: str = ""
    ar: str = ""

    def read(self, language: str) -> str:
        """The text for a reader of that language."""
        return {"fr": self.fr, "ar": self.ar}.get(language.split("-")[0], self.en) or self.en


@dataclass(frozen=True)
class Source:
    """Where a rule or an amount was read; what was not confirmed there is never shown as official."""

    text: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True)
class Window:
    """When applications are taken; an empty list of return types means every one."""

    opens_on: date | None = None
    closes_on: date | None = None
    return_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A condition of being eligible."""

    code: str
    label: Label
    expression: str
    source: Source = Source()


@dataclass(frozen=True)
class Package:
    """What somebody is entitled to: at most this amount, in this form, within this time."""

    code: str
    label: Label
    phase: Phase
    form: Form
    amount_minor: int
    return_types: tuple[str, ...] = ()
    roles_in_file: tuple[str, ...] = ()
    condition: str = ""
    window_days: int = 0  # neither days nor months: no end
    window_working_days: bool = False
    window_months: int = 0
    counted_from: CountedFrom = CountedFrom.ARRIVAL
    gates: tuple[str, ...] = ()  # what has to be cleared before anything of it is promised
    source: Source = Source()


@dataclass(frozen=True)
class Step:
    """An approval needed from this amount upwards, by somebody of one of these roles."""

    subject: ApprovalSubject
    roles: tuple[Role, ...]
    organisation: Answering = Answering.ASKER
    from_minor: int = 0
    answer_days: int = 7


@dataclass(frozen=True)
class Round:
    """A survey that this programme requires, and for how many days it can be done."""

    code: str
    months_after_arrival: int
    window_days: int
    instrument: str


@dataclass(frozen=True)
class Terms:
    """All that a version says."""

    currency: str
    target_groups: tuple[Label, ...] = ()
    windows: tuple[Window, ...] = ()
    eligibility: tuple[Rule, ...] = ()
    packages: tuple[Package, ...] = ()
    approvals: tuple[Step, ...] = ()
    gates: tuple[str, ...] = ()
    income_share_min_percent: int | None = None
    cash_share_max_percent: int | None = None
    follow_up_months: int = 12
    child_heard_from_age: int = CHILD_HEARD_FROM_AGE
    rounds: tuple[Round, ...] = ()
    source: Source = Source()

    def package(self, code: str) -> Package | None:
        """The package of that code, or None."""
        return next((one for one in self.packages if one.code == code), None)

    def steps(self, subject: ApprovalSubject, amount_minor: int) -> tuple[Step, ...]:
        """The approvals that this amount needs, in order."""
        return tuple(
            one for one in self.approvals if one.subject == subject and amount_minor >= one.from_minor
        )


def pays_cash(form: str) -> bool:
    """Whether money may be handed over."""
    return form not in (Form.KIND, Form.SERVICE)


def parse(given: object) -> Terms:
    """Terms from JSON, or TermsInvalid with the path of what is wrong."""
    terms = from_json(Terms, given)
    check(terms)
    return terms


def dump(terms: Terms) -> dict[str, object]:
    """The terms as JSON."""
    made: dict[str, object] = to_json(terms)
    return made


def check(terms: Terms) -> None:
    """Raise TermsInvalid at the first thing that cannot be meant."""
    if terms.currency not in list_currencies():
        raise wrong("currency", _("Choose a currency from the list."))
    _codes("eligibility", [rule.code for rule in terms.eligibility])
    _codes("packages", [package.code for package in terms.packages])
    _codes("rounds", [one.code for one in terms.rounds])
    _codes("gates", terms.gates)
    _among("gates", terms.gates, GATES)
    for place, rule in enumerate(terms.eligibility):
        _condition(f"eligibility.{place}.expression", rule.expression)
    for place, package in enumerate(terms.packages):
        _package(f"packages.{place}", package)
    for place, window in enumerate(terms.windows):
        _among(f"windows.{place}.return_types", window.return_types, RETURN_TYPES)
        if window.opens_on and window.closes_on and window.closes_on < window.opens_on:
            raise wrong(f"windows.{place}.closes_on", _("This is before the first day."))
    for place, step in enumerate(terms.approvals):
        _number(f"approvals.{place}.from_minor", step.from_minor, MOST_MINOR)
        _number(f"approvals.{place}.answer_days", step.answer_days, 90, least=1)
        if not step.roles:
            raise wrong(f"approvals.{place}.roles", _("Choose at least one."))
    _schedule(terms)


def _schedule(terms: Terms) -> None:
    for name in ("income_share_min_percent", "cash_share_max_percent"):
        _number(name, getattr(terms, name) or 0, 100)
    _number("follow_up_months", terms.follow_up_months, 120)
    _number("child_heard_from_age", terms.child_heard_from_age, 18)
    for place, one in enumerate(terms.rounds):
        _number(f"rounds.{place}.months_after_arrival", one.months_after_arrival, 120)
        _number(f"rounds.{place}.window_days", one.window_days, 365, least=1)


def _package(path: str, package: Package) -> None:
    _number(f"{path}.amount_minor", package.amount_minor, MOST_MINOR)
    _number(f"{path}.window_days", package.window_days, LONGEST_WINDOW_DAYS)
    _number(f"{path}.window_months", package.window_months, 120)
    if package.window_days and package.window_months:
        raise wrong(f"{path}.window_months", _("Give days or months, not both."))
    _among(f"{path}.return_types", package.return_types, RETURN_TYPES)
    _among(f"{path}.roles_in_file", package.roles_in_file, ROLES_IN_FILE)
    _codes(f"{path}.gates", package.gates)
    _among(f"{path}.gates", package.gates, GATES)
    if package.condition:
        _condition(f"{path}.condition", package.condition)


def _codes(path: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if not CODE.fullmatch(code):
            raise wrong(f"{path}.{place}.code", _("Use small letters, digits and _ for the code."))
        if code in seen:
            raise wrong(f"{path}.{place}.code", _("This code is used twice."))
        seen.add(code)


def _condition(path: str, text: str) -> None:
    try:
        read_condition(text)
    except ConditionInvalid as problem:
        raise wrong(path, problem.message) from None


def _among(path: str, given: Iterable[str], choices: Iterable[str]) -> None:
    if not set(given) <= set(choices):
        raise wrong(path, _("This is not one of the choices."))


def _number(path: str, given: int, most: int, least: int = 0) -> None:
    if not least <= given <= most:
        raise wrong(
            path, _("A number from %(least)s to %(most)s is needed.") % {"least": least, "most": most}
        )
