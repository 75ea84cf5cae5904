"""Words of indicators: states, kinds, dimensions, and numbers in their unit."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_name, is_country
from homeward.indicators.rules import (
    LANGUAGES,
    NOT_KNOWN,
    Aspect,
    Better,
    Comparing,
    Criterion,
    Dimension,
    FrameworkPart,
    FrameworkState,
    Frequency,
    Level,
    Scope,
    Sort,
    Source,
    TableState,
    Unit,
    Words,
)

Word = str | Promise
STATES: Mapping[str, tuple[Word, str]] = {
    FrameworkState.DRAFT: (_("Draft"), "unknown"),
    FrameworkState.CONSULTATION: (_("Under consultation"), "late"),
    FrameworkState.VALIDATED: (_("Validated"), "act"),
    FrameworkState.IN_FORCE: (_("In force"), "act"),
    FrameworkState.SUPERSEDED: (_("Superseded"), ""),
}
TABLES: Mapping[str, tuple[Word, str]] = {
    TableState.ASKED: (_("Waits for the worker"), "unknown"),
    TableState.COMPUTING: (_("Being reckoned"), "unknown"),
    TableState.READY: (_("Ready"), "act"),
    TableState.FAILED: (_("Could not be reckoned"), "late"),
}
PARTS: Mapping[str, Word] = {
    FrameworkPart.CONSULTED: _("is asked what it thinks"),
    FrameworkPart.CO_OWNER: _("owns it too and has to validate"),
}
SCOPES: Mapping[str, Word] = {Scope.CORE: _("Core"), Scope.LOCAL: _("Local")}
LEVELS: Mapping[str, Word] = {
    Level.INDIVIDUAL: _("Individual"),
    Level.COMMUNITY: _("Community"),
    Level.STRUCTURAL: _("Structural"),
}
ASPECTS: Mapping[str, Word] = {
    Aspect.ECONOMIC: _("Economic"),
    Aspect.SOCIAL: _("Social"),
    Aspect.PSYCHOSOCIAL: _("Psychosocial"),
    Aspect.OVERALL: _("All dimensions"),
}
SORTS: Mapping[str, Word] = {Sort.PROCESS: _("Process"), Sort.OUTCOME: _("Outcome")}
CRITERIA: Mapping[str, Word] = {
    Criterion.RELEVANCE: _("Relevance"),
    Criterion.COHERENCE: _("Coherence"),
    Criterion.EFFECTIVENESS: _("Effectiveness"),
    Criterion.EFFICIENCY: _("Efficiency"),
    Criterion.IMPACT: _("Impact"),
    Criterion.SUSTAINABILITY: _("Sustainability"),
}
WHOLE = (Unit.CASES, Unit.PLACES, Unit.KINDS, Unit.DAYS, Unit.EURO)
UNITS: Mapping[str, Word] = {
    Unit.SHARE: _("share, in per cent"),
    Unit.SCORE: _("score from 0 to 1"),
    Unit.DAYS: _("days"),
    Unit.CASES: _("cases"),
    Unit.PLACES: _("places"),
    Unit.KINDS: _("kinds of need"),
    Unit.JOBS: _("people at work"),
    Unit.EURO: _("euro"),
    Unit.NUMBER: _("a number"),
}
SOURCES: Mapping[str, Word] = {
    Source.CASE_FILE: _("case file"),
    Source.PLAN: _("plan"),
    Source.DELIVERIES: _("deliveries"),
    Source.PAYMENTS: _("payments"),
    Source.REFERRALS: _("referrals"),
    Source.VISITS: _("visits"),
    Source.SURVEY: _("survey"),
}
FREQUENCIES: Mapping[str, Word] = {
    Frequency.QUARTERLY: _("every quarter"),
    Frequency.YEARLY: _("every year"),
}
BETTER: Mapping[str, Word] = {
    Better.HIGHER: _("higher is better"),
    Better.LOWER: _("lower is better"),
    Better.NEITHER: _("neither way is better by itself"),
}
COMPARING: Mapping[str, Word] = {
    Comparing.NEW: _("New in this version"),
    Comparing.SAME: _("The same as in the version before"),
    Comparing.BRIDGED: _("Bridged from the version before"),
    Comparing.BROKEN: _("Not comparable with the version before"),
}
DIMENSIONS: Mapping[str, Word] = {
    Dimension.PROGRAMME: _("Programme"),
    Dimension.COUNTRY: _("Country of return"),
    Dimension.PARTNER: _("Partner"),
    Dimension.SEX: _("Sex"),
    Dimension.AGE_BAND: _("Age"),
    Dimension.GROUP: _("Group"),
}
VALUES: Mapping[str, Word] = {
    NOT_KNOWN: _("not known"),
    "female": _("women and girls"),
    "male": _("men and boys"),
    "other": _("other"),
    "unknown": _("not known"),
    "none": _("none of the groups"),
    "single_parent": _("single parents"),
    "older_person": _("older people"),
    "disability": _("people with a disability"),
    "trafficking": _("victims of trafficking"),
    "unaccompanied_child": _("unaccompanied children"),
    "violence": _("survivors of violence"),
    "health": _("people with a health need"),
}


def said(words: Words) -> str:
    """The words in the reader's language."""
    language = (get_language() or "en")[:2]
    return words[language if language in LANGUAGES else "en"]


def told_value(value: float | None, unit: Unit) -> str:
    """A number as it is read: shares in per cent, euro whole and with their name, scores with two digits."""
    if value is None:
        return ""
    if unit is Unit.SHARE:
        return f"{number_format(value * 100, 1)}\N{NO-BREAK SPACE}%"
    whole = unit in WHOLE or (unit is Unit.NUMBER and value.is_integer())
    digits = 0 if whole else 2
    told = str(number_format(round(value, digits) + 0.0, digits, force_grouping=True))  # never "-0.00"
    return f"EUR\N{NO-BREAK SPACE}{told}" if unit is Unit.EURO else told


def place_words(dimension: str, value: str) -> Word:
    """The value of a dimension in the reader's language: what is no word of ours is a name."""
    if dimension == Dimension.COUNTRY and is_country(value):
        return country_name(value, (get_language() or "en")[:2])
    return VALUES.get(value, value)
