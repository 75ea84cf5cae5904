"""The facts that rules may speak of: name, kind of value, what it means, where it comes from. Pure.

Nothing here says whether a person agreed to share data, with anybody: no rule can ask for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Span:
    """A whole number known only within bounds: the age of somebody whose year of birth alone is known."""

    least: int
    most: int


Value = bool | int | str | date | frozenset[str] | Span
Facts = Mapping[str, Value | None]  # a fact that is missing, or None, is not known

# The codes of cases, which are above this package and check in a test that these are theirs.
RETURN_TYPES = ("voluntary", "forced", "humanitarian")
PROFILE_FLAGS = (
    *("victim_of_trafficking", "unaccompanied_child", "separated_child", "health_need"),
    *("mental_health_concern", "capacity_doubt", "survivor_of_violence", "single_parent"),
    *("older_person", "disability"),
)
ROLES_IN_FILE = ("principal", "spouse", "child", "parent", "sibling", "dependant")
# Not facts, but codes of cases too: what may have to be cleared before travel, or before a service.
GATES = (
    *("informed_decision", "trafficking_risk", "best_interests", "family_tracing", "family_assessment"),
    *("guardian_consent", "fit_to_travel", "continuity_of_care", "capacity_to_decide"),
    *("safety_on_return", "support_on_arrival"),
)


class FactKind(StrEnum):
    NUMBER = "number"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    DAY = "day"  # counts time limits; expressions do not use it


class Source(StrEnum):
    """Where a fact comes from, so that a reader knows who can complete it."""

    PERSON = "person"
    CASE = "case"
    COUNSELLING = "counselling"
    APPLICATION = "application"
    TRAVEL = "travel"
    FAMILY = "family"
    PROFILE = "profile"


@dataclass(frozen=True)
class Fact:
    """One word of the vocabulary. `codes` are the values it can have; empty means any code."""

    name: str
    kind: FactKind
    label: str | Promise
    source: Source
    codes: tuple[str, ...] = ()
    is_country: bool = False


def _country(name: str, label: str | Promise, source: Source, kind: FactKind = FactKind.CODE) -> Fact:
    return Fact(name, kind, label, source, is_country=True)


VOCABULARY: tuple[Fact, ...] = (
    Fact("age_years", FactKind.NUMBER, _("Age in years on the day of application"), Source.PERSON),
    Fact("is_minor", FactKind.YES_NO, _("Under 18 on the day of application"), Source.PERSON),
    Fact("is_unaccompanied", FactKind.YES_NO, _("Child without a parent or guardian"), Source.PROFILE),
    _country("nationalities", _("Nationalities"), Source.PERSON, FactKind.CODES),
    Fact("has_identity_document", FactKind.YES_NO, _("Has an identity document"), Source.PERSON),
    Fact("return_type", FactKind.CODE, _("Kind of return"), Source.CASE, RETURN_TYPES),
    _country("host_country", _("Host country"), Source.CASE),
    _country("return_country", _("Country of return"), Source.CASE),
    Fact("months_in_host_country", FactKind.NUMBER, _("Months lived in the host country"), Source.CASE),
    Fact("is_resident_of_origin", FactKind.YES_NO, _("Lives in the country of origin already"), Source.CASE),
    Fact("role_in_file", FactKind.CODE, _("Role in the application"), Source.FAMILY, ROLES_IN_FILE),
    Fact("family_size", FactKind.NUMBER, _("People in the application"), Source.FAMILY),
    Fact("counselled", FactKind.YES_NO, _("Was counselled"), Source.COUNSELLING),
    Fact("informed_decision", FactKind.YES_NO, _("Decided to return, informed"), Source.COUNSELLING),
    Fact("previous_assistance", FactKind.YES_NO, _("Was assisted by a programme before"), Source.APPLICATION),
    Fact("departs_in_days", FactKind.NUMBER, _("Days from application to departure"), Source.TRAVEL),
    Fact("days_since_arrival", FactKind.NUMBER, _("Days from arrival to application"), Source.TRAVEL),
    Fact("vulnerabilities", FactKind.CODES, _("Confirmed in the profile"), Source.PROFILE, PROFILE_FLAGS),
    Fact("applied_on", FactKind.DAY, _("Day of application"), Source.APPLICATION),
    Fact("decided_on", FactKind.DAY, _("Day of the decision"), Source.APPLICATION),
    Fact("departs_on", FactKind.DAY, _("Day of departure"), Source.TRAVEL),
    Fact("arrived_on", FactKind.DAY, _("Day of arrival"), Source.TRAVEL),
)
BY_NAME: Mapping[str, Fact] = {fact.name: fact for fact in VOCABULARY}


def from_plain(name: str, kept: object) -> Value | None:
    """A value as JSON holds it, for the fact of that name; None when it is none of its values."""
    fact = BY_NAME.get(name)
    if fact is None or kept is None:
        return None
    if fact.kind == FactKind.CODES:
        return frozenset(str(one) for one in kept) if isinstance(kept, list | tuple | frozenset) else None
    kinds = {FactKind.NUMBER: int, FactKind.YES_NO: bool, FactKind.CODE: str}
    is_right = type(kept) is kinds.get(fact.kind)
    return kept if is_right and isinstance(kept, bool | int | str) else None


def day(facts: Facts, name: str) -> date | None:
    """A fact that is a day."""
    value = facts.get(name)
    return value if isinstance(value, date) else None


def plain(value: Value | None) -> object:
    """The value as JSON holds it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Span):
        return {"from": value.least, "to": value.most}
    return value.isoformat() if isinstance(value, date) else value
