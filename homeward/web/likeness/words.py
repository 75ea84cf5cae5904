"""What a comparison says, in the reader's words: sentences about many, never about one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_name
from homeward.evaluation.likeness.rules import HORIZONS, NOT_KNOWN, PROTECTED, ComparisonState, Trait, let_go
from homeward.web.case_words import RETURN_TYPES
from homeward.web.outcomes.words import SIDES
from homeward.web.people.words import SEXES

Words = str | Promise
Told = Mapping[str, Any]
TRAITS: Mapping[Trait, Words] = {
    Trait.ORIGIN: _("Country of return"),
    Trait.DISTRICT: _("Place"),
    Trait.PROGRAMME: _("Programme"),
    Trait.BASIS: _("Ground of return"),
    Trait.SEX: _("Sex"),
    Trait.AGE: _("Age"),
    Trait.CIRCUMSTANCE: _("Circumstance"),
}
AGES: Mapping[str, Words] = {
    "0-17": _("under 18"),
    "18-24": _("18 to 24"),
    "25-34": _("25 to 34"),
    "35-54": _("35 to 54"),
    "55+": _("55 and older"),
}
CIRCUMSTANCES: Mapping[str, Words] = {
    "none": _("none of those recorded"),
    "single_parent": _("alone with children"),
    "older_person": _("older person"),
    "disability": _("living with a disability"),
    PROTECTED: _("in need of special protection"),
}
STATES: Mapping[str, Words] = {
    ComparisonState.ASKED: _("Is being made"),
    ComparisonState.READY: _("Colleagues can compare with it"),
    ComparisonState.FAILED: _("Could not be made"),
    ComparisonState.WITHDRAWN: _("Taken away"),
}
CAUSES: Mapping[str, Words] = {
    "choice": _("By choice"),
    "necessity": _("Out of need"),
    "unknown": _("Not known why"),
}
PARTS: Mapping[str, Words] = {
    "reached": _("Reached"),
    "not_reached": _("Not reached"),
    "not_asked": _("No longer asked: moved on, died, or a visit was not needed"),
    "not_due": _("No visit was planned then"),
}


@dataclass(frozen=True)
class SideTold:
    """How people stood on one side of life; empty words where too few can be told of."""

    title: Words
    start: str
    now: str
    interval: str
    change: str
    n: int
    answered: int | None


@dataclass(frozen=True)
class HorizonTold:
    """What became of people after so many months, in sentences and rows."""

    months: int
    title: str
    people: int
    parts: tuple[tuple[Words, int | None], ...]
    sides: tuple[SideTold, ...]
    moved: tuple[tuple[Words, str], ...]
    business: str


def traits_in_words(traits: Mapping[str, str]) -> list[tuple[Words, Words]]:
    """What the people of a group have in common."""
    return [(TRAITS[one], _value(one, traits[one.value])) for one in Trait if one.value in traits]


def let_go_in_words(level: int) -> list[Words]:
    """What they are not alike in, because too few people were."""
    return [TRAITS[one] for one in let_go(level)]


def horizons_in_words(told: Told) -> list[HorizonTold]:
    """What became of a group, horizon by horizon; those not old enough for it are left away."""
    return [_horizon(one, told[str(one)]) for one in HORIZONS if told.get(str(one))]


def _value(trait: Trait, value: str) -> Words:
    if value == NOT_KNOWN:
        return _("not known, or too rare to be told apart") if trait == Trait.DISTRICT else _("not known")
    if trait == Trait.ORIGIN:
        return country_name(value, get_language() or "en")
    words: Mapping[str, Words] = {
        Trait.BASIS: RETURN_TYPES,
        Trait.SEX: SEXES,
        Trait.AGE: AGES,
        Trait.CIRCUMSTANCE: CIRCUMSTANCES,
    }.get(trait, {})
    return words.get(value, value)


def _horizon(months: int, told: Told) -> HorizonTold:
    title = ngettext("After %(n)d month", "After %(n)d months", months) % {"n": months}
    return HorizonTold(
        months=months,
        title=title,
        people=told["people"],
        parts=tuple((words, told[name]) for name, words in PARTS.items() if name in told),
        sides=tuple(_sides(told["scores"])),
        moved=tuple((words, _moved(told["moved"].get(cause))) for cause, words in CAUSES.items()),
        business=_business(told["business"]),
    )


def _sides(scores: Told) -> Iterator[SideTold]:
    for side, words in SIDES.items():
        found = scores.get(str(side))
        if found:
            yield _side(words, found)


def _side(title: Words, found: Told) -> SideTold:
    now, low, high = found["now"]
    return SideTold(
        title=title,
        start="" if found["start"] is None else f"{found['start']:.2f}",
        now=f"{now:.2f}",
        interval=_range(low, high, "{:.2f}"),
        change=_change(found["change"]),
        n=found["n"],
        answered=found["answered"],
    )


def _change(given: list[float] | None) -> str:
    if given is None or None in given:
        return ""
    change, low, high = given
    if low > 0:
        return gettext("higher by %(d)s (%(low)s to %(high)s)") % _signed(change, low, high)
    if high < 0:
        return gettext("lower by %(d)s (%(low)s to %(high)s)") % _signed(-change, -high, -low)
    return gettext("cannot be told: between %(low)s lower and %(high)s higher") % _signed(0, -low, high)


def _signed(change: float, low: float, high: float) -> dict[str, str]:
    return {"d": f"{change:.2f}", "low": f"{low:.2f}", "high": f"{high:.2f}"}


def _range(low: float | None, high: float | None, how: str) -> str:
    if low is None or high is None:
        return ""
    return gettext("%(low)s to %(high)s") % {"low": how.format(low), "high": how.format(high)}


def _moved(found: Told | None) -> str:
    if found is None:
        return gettext("Too few to say a number.")
    share, low, high = found["share"]
    shown = {
        "share": share,
        "range": _range(low, high, "{:d}"),
        "least": found["least"],
        "most": found["most"],
    }
    if shown["least"] == shown["most"]:
        return gettext("About %(share)d in a hundred (%(range)s).") % shown
    return (
        gettext(
            "About %(share)d in a hundred (%(range)s). If all who were not reached stayed, %(least)d; "
            "if all of them left so, %(most)d."
        )
        % shown
    )


def _business(found: Told | None) -> str:
    if found is None:
        return ""
    alive, low, high = found["alive"]
    shown = {"seen": found["seen"], "share": alive, "range": _range(low, high, "{:d}")}
    told = gettext(
        "Of %(seen)d businesses that were seen, about %(share)d in a hundred were open (%(range)s)."
    )
    missing = found["not_seen"]
    if missing is None:
        return told % shown
    return f"{told % shown} " + gettext("Not seen: %(n)d.") % {"n": missing}
