"""The outcome picture of one person, and the part of it that the case file shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case, hidden_categories
from homeward.evaluation.likeness.queries import comparison_in_use
from homeward.outcomes.around import happenings
from homeward.outcomes.queries import newest_round, rounds_of
from homeward.outcomes.rules import SIDES as THREE
from homeward.outcomes.rules import RoundPicture, Side, SideScore, Stretch, are_comparable, stretches
from homeward.sharing.rules import Category
from homeward.web.journey.sections import Section, not_shared
from homeward.web.outcomes.drawing import Figure, figure_of
from homeward.web.outcomes.words import BANDS, MEANWHILE, REASONS, SIDES, missing_words, when_words

if TYPE_CHECKING:
    from datetime import date

    from homeward.access.actor import Actor
    from homeward.cases.models import Case

TITLE = _("How they are doing")


@dataclass(frozen=True)
class SideSeen:
    """One score in words."""

    title: str | Promise
    value: str
    band: str | Promise
    answered: int
    why: str | Promise
    missing: Sequence[str]


@dataclass(frozen=True)
class RoundSeen:
    """One round in words."""

    round: RoundPicture
    when: str
    sides: Sequence[SideSeen]


@dataclass(frozen=True)
class FigureSeen:
    """A figure with what it says, for who does not see it."""

    title: str | Promise
    figure: Figure
    told: str


@dataclass(frozen=True)
class StretchSeen:
    """What happened up to a round, the last first."""

    stretch: Stretch
    when: str
    lines: Sequence[tuple[str | Promise, str, date]]


@require_safe
def picture(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Three dimensions by round, with what was happening beneath; the look is on the record."""
    actor = actor_of(request)
    actor.require(Action.OUTCOME_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.OUTCOME_VIEW, subject_id=case.id, case_id=case.id)
    is_hidden = Category.FOLLOW_UP in hidden_categories(actor, case.id)
    rounds = [] if is_hidden else rounds_of(actor, case.id)
    seen = [_round(one, case) for one in rounds]
    shown = {
        "case": case,
        "is_hidden": is_hidden,
        "rounds": seen,
        "figures": [_figure(side, rounds, seen) for side in THREE],
        "comparable": are_comparable(rounds),
        "provisional": any(one.is_provisional for one in rounds),
        "stretches": [] if is_hidden else _around(actor, case, rounds),
    }
    return render(request, "outcomes/picture.html", shown)


def outcomes_section(actor: Actor, case: Case, hidden: Collection[Category] = ()) -> Section | None:
    """The newest round on the case file, with the way to the whole picture."""
    if not actor.may(Action.OUTCOME_VIEW):
        return None
    if Category.FOLLOW_UP in hidden:
        return not_shared("outcomes", TITLE)
    newest = newest_round(actor, case.id)
    context = {
        "case": case,
        "newest": _round(newest, case) if newest else None,
        "may_compare": actor.may(Action.COMPARISON_VIEW) and comparison_in_use(actor) is not None,
    }
    return Section("outcomes", TITLE, "outcomes/section.html", context)


def _round(one: RoundPicture, case: Case) -> RoundSeen:
    return RoundSeen(
        one, when_words(one.on, case.arrived_on), [_side(side, one.sides[side]) for side in Side]
    )


def _side(side: Side, score: SideScore) -> SideSeen:
    return SideSeen(
        title=SIDES[side],
        value="" if score.value is None else f"{score.value:.2f}",
        band=BANDS.get(score.band, score.band),
        answered=int(score.coverage * 100),
        why=REASONS.get(score.reason, ""),
        missing=[missing_words(kind, count) for kind, count in sorted(score.missing.items())],
    )


def _figure(side: Side, rounds: Sequence[RoundPicture], seen: Sequence[RoundSeen]) -> FigureSeen:
    labels = [(date_format(one.round.on, "M y"), one.when) for one in seen]
    figure = figure_of(rounds, side, labels, is_rtl=get_language_bidi())
    place = list(Side).index(side)
    told = "; ".join(
        f"{date_format(one.round.on, 'j M Y')}: {one.sides[place].value or one.sides[place].why}"
        for one in seen
    )
    return FigureSeen(SIDES[side], figure, told)


def _around(actor: Actor, case: Case, rounds: Sequence[RoundPicture]) -> list[StretchSeen]:
    found = stretches(rounds, happenings(actor, case.id, localdate()))
    return [
        StretchSeen(
            one,
            when_words(one.round.on, case.arrived_on) if one.round else "",
            [(MEANWHILE[each.kind], each.what, each.on) for each in reversed(one.happened)],
        )
        for one in reversed(found)
    ]
