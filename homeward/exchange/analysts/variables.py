"""What an analysis file may hold: each variable with the expression that gives it, and what its gaps mean.

Expressions are SQL over the frames of an extract, joined as `staging` does. Comes in: which rows and columns
are wanted, and the rounds there are. Goes out: the columns in order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from homeward.exchange.analysts.problems import NoSuchColumn, RoundsAlike
from homeward.exchange.analysts.rules import AnalystAudience, AnalystUnit, Missing
from homeward.extracts.frames import BY_NAME, SIDES, Column, Kind

UNKNOWN, NOT_APPLICABLE = str(int(Missing.UNKNOWN)), str(int(Missing.NOT_APPLICABLE))
NOT_SHOWN, NOT_REACHED = str(int(Missing.NOT_SHOWN)), str(int(Missing.NOT_REACHED))
IS_OVER = "(c.closed_month IS NOT NULL OR c.stage IN ('closed', 'monitoring'))"
# On a path that goes on, what is not there is not reached yet; on one that has ended it does not apply.
ON_THE_WAY = f"CASE WHEN {IS_OVER} THEN {NOT_APPLICABLE} ELSE {NOT_REACHED} END"
OF_AN_END = f"CASE WHEN {IS_OVER} THEN {UNKNOWN} ELSE {NOT_APPLICABLE} END"
OF_A_PLAN = f"CASE WHEN l.case_id IS NULL THEN {ON_THE_WAY} ELSE {UNKNOWN} END"
OF_A_BUSINESS = f"CASE WHEN b.case_id IS NULL THEN {NOT_APPLICABLE} ELSE {UNKNOWN} END"
MONEY_SHOWN = "c.is_assisted IS NOT NULL"
PAID = f"CASE WHEN {MONEY_SHOWN} AND coalesce(k.uncounted, 0) = 0 THEN coalesce(k.paid_eur, 0) END"
OF_MONEY = f"CASE WHEN {MONEY_SHOWN} THEN {UNKNOWN} ELSE {NOT_SHOWN} END"
OF_SCORE = (
    f"CASE WHEN {{0}}.case_id IS NOT NULL AND {{0}}.state = 'done' THEN {UNKNOWN} "
    f"WHEN {{0}}.state = 'not_needed' OR {{0}}.case_id IS NULL AND {IS_OVER} THEN {NOT_APPLICABLE} "
    f"ELSE {NOT_REACHED} END"
)
MEASURES = (*SIDES, "composite", *(f"{one}_coverage" for one in (*SIDES, "composite")))


@dataclass(frozen=True)
class Chosen:
    """A column of an analysis file: `value` gives it, `gap` why it is empty; asked for as `group`."""

    name: str
    label: str
    kind: Kind
    value: str
    gap: str = UNKNOWN
    codes: tuple[str, ...] = ()
    unit: str = ""
    group: str = ""
    is_identifying: bool = False  # known to others, so that a person could be found by it
    is_sensitive: bool = False
    is_inside_only: bool = False  # tells too much of the path, or belongs to a sealed group


def _taken(frame: str, name: str, alias: str, gap: str = UNKNOWN, **more: bool) -> Chosen:
    column: Column = BY_NAME[frame].by_name[name]
    return Chosen(
        name, column.words, column.kind, f'{alias}."{name}"', gap, column.values, column.unit, name, **more
    )


IDS = (_taken("cases", "case_id", "c"), _taken("cases", "person_id", "c", is_inside_only=True))
OF_CASE = (
    _taken("cases", "programme", "c", is_identifying=True),
    _taken("cases", "programme_version", "c"),
    _taken("cases", "destination_country", "c", is_identifying=True),
    _taken("cases", "origin_country", "c", is_identifying=True),
    _taken("cases", "district", "c", is_identifying=True),
    _taken("cases", "counselling_partner", "c", is_identifying=True),
    _taken("cases", "partner", "c", is_identifying=True),
    _taken("cases", "sex", "c", is_identifying=True),
    _taken("cases", "age_band", "c", is_identifying=True),
    _taken("persons", "birth_year_band", "p", is_identifying=True),
    _taken("persons", "nationality", "p", is_identifying=True),
    _taken("cases", "return_basis", "c", is_identifying=True),
    _taken("cases", "group", "c", NOT_SHOWN, is_sensitive=True),
    _taken("cases", "sealed_group", "c", NOT_SHOWN, is_sensitive=True, is_inside_only=True),
    *(
        _taken("cases", name, "c", ON_THE_WAY, is_identifying=True)
        for name in ("applied_month", "departed_month", "arrived_month")
    ),
    _taken("cases", "closed_month", "c", NOT_APPLICABLE, is_inside_only=True),
    _taken("cases", "closure", "c", OF_AN_END, is_sensitive=True),
    _taken("cases", "stage", "c", is_sensitive=True),  # it tells of deaths, refusals and moving on
    _taken("cases", "is_assisted", "c", NOT_SHOWN),
    _taken("plans", "activities", "l", ON_THE_WAY),
    Chosen("planned_cost", "Cost of the last agreed plan; missing when in several currencies.", Kind.NUMBER,
           "l.cost", OF_A_PLAN, group="planned_cost"),
    Chosen("planned_currency", "The currency of the planned cost.", Kind.CODE, "l.currency",
           OF_A_PLAN, group="planned_currency"),
    Chosen("deliveries", "Deliveries that were not reversed.", Kind.COUNT,
           f"CASE WHEN {MONEY_SHOWN} THEN coalesce(d.deliveries, 0) END", NOT_SHOWN, group="deliveries"),
    Chosen("paid_eur", "What was paid, less reversals; missing when a part was never counted in euro.",
           Kind.NUMBER, PAID,
           OF_MONEY, unit="EUR", group="paid_eur"),
    Chosen("referrals", "Referrals that were sent, as far as they are shown.", Kind.COUNT,
           "coalesce(r.referrals, 0)", group="referrals"),
    Chosen("remigrated_month", "When the person moved on, if it was not taken back.", Kind.MONTH, "m.month",
           NOT_APPLICABLE, group="remigrated_month", is_inside_only=True),
    Chosen("remigrated_by", "Whether moving on was a choice.", Kind.CODE, "m.necessity",
           f"CASE WHEN m.case_id IS NULL THEN {NOT_APPLICABLE} ELSE {UNKNOWN} END",
           ("choice", "necessity", "unknown"), group="remigrated_by", is_sensitive=True),
    Chosen("business", "How the business fared when it was last seen.", Kind.CODE, "b.state",
           OF_A_BUSINESS,
           ("open", "changed", "closed"), group="business"),
    Chosen("jobs", "People who work in the business.", Kind.COUNT, "b.jobs",
           OF_A_BUSINESS, group="jobs"),
)  # fmt: skip
OF_ROUND = (
    _taken("visits", "round", "v"),
    _taken("visits", "state", "v"),
    _taken("visits", "due_month", "v", is_inside_only=True),
    _taken("visits", "attempts", "v"),
    _taken(
        "visits",
        "reached_month",
        "v",
        f"CASE WHEN v.state = 'not_needed' THEN {NOT_APPLICABLE} ELSE {NOT_REACHED} END",
        is_inside_only=True,
    ),
    _taken("scores", "months", "s", OF_SCORE.format("v")),
    _taken("scores", "instrument", "s", OF_SCORE.format("v")),
    _taken("scores", "instrument_version", "s", OF_SCORE.format("v")),
    _taken("scores", "profile_version", "s", OF_SCORE.format("v")),
)
SCORES = tuple(_taken("scores", name, "s", OF_SCORE.format("v")) for name in MEASURES)


def names_for(unit: AnalystUnit, audience: AnalystAudience = AnalystAudience.INSIDE) -> tuple[str, ...]:
    """What can be asked for, in its order; the scores of all rounds of a case count as one."""
    more = (*OF_ROUND, *SCORES) if unit is AnalystUnit.CASE_ROUND else SCORES
    is_inside = audience is AnalystAudience.INSIDE
    return tuple(one.name for one in (*IDS[1:], *OF_CASE, *more) if is_inside or not one.is_inside_only)


def chosen(
    unit: AnalystUnit,
    wanted: Sequence[str],
    rounds: Iterable[str],
    audience: AnalystAudience = AnalystAudience.INSIDE,
) -> tuple[Chosen, ...]:
    """The columns of a file, the case first; all that there are when nothing is named."""
    check_names(unit, wanted, audience)
    asked = set(wanted or names_for(unit, audience)) | {"case_id"}
    columns = [one for one in (*IDS, *OF_CASE) if one.name in asked]
    if unit is AnalystUnit.CASE_ROUND:
        return tuple(columns + [one for one in (*OF_ROUND, *SCORES) if one.name in asked])
    is_scored = not asked.isdisjoint(MEASURES)
    aliases = aliases_of(rounds) if is_scored else ()
    return tuple(columns + [one for alias in aliases for one in _at(alias) if one.group in asked])


def check_names(unit: AnalystUnit, wanted: Iterable[str], audience: AnalystAudience) -> None:
    """Raise NoSuchColumn for a name that cannot be asked for, with the nearest that can."""
    known = names_for(unit, audience)
    for name in wanted:
        if name not in known:
            raise NoSuchColumn.of(name, *get_close_matches(name, known, 1))


def round_alias(code: str) -> str:
    """A round's code as it may stand in a name."""
    return re.sub(r"[^0-9A-Za-z_]", "_", code) or "_"


def aliases_of(rounds: Iterable[str]) -> tuple[str, ...]:
    """A name for each round; RoundsAlike where one name would stand for two."""
    codes: dict[str, str] = {}
    for code in rounds:
        other = codes.setdefault(round_alias(code).casefold(), code)  # columns differ by more than capitals
        if other != code:
            raise RoundsAlike.of(other, code)
    return tuple(round_alias(code) for code in codes.values())


def keys_of(columns: Iterable[Chosen], declared: Iterable[str]) -> tuple[str, ...]:
    """By which columns a person could be found again: those always known to others, and those declared.

    A score is declared as it is asked for: for all rounds together.
    """
    also = set(declared)
    return tuple(one.name for one in columns if one.is_identifying or also & {one.name, one.group})


def sensitive_of(columns: Iterable[Chosen]) -> tuple[str, ...]:
    """Columns that nobody should be able to tell of a person."""
    return tuple(one.name for one in columns if one.is_sensitive)


def described(unit: AnalystUnit) -> Mapping[str, str]:
    """Every name that can be asked for, in words."""
    everything = {one.name: one.label for one in (*IDS, *OF_CASE, *OF_ROUND, *SCORES)}
    return {name: everything[name] for name in names_for(unit)}


def _at(alias: str) -> list[Chosen]:
    return [
        Chosen(
            f"{one.name}_at_{alias}",
            f"{one.label} Round: {alias}.",
            one.kind,
            f'"s_{alias}"."{one.name}"',
            OF_SCORE.format(f'"v_{alias}"'),
            unit=one.unit,
            group=one.name,
        )
        for one in SCORES
    ]
