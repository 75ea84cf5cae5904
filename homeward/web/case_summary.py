"""Where a case stands on the path, and what nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.cases.rules import PATH, Stage
from homeward.codelists.countries import country_name
from homeward.web.case_words import FACTS, STAGES

if TYPE_CHECKING:
    from homeward.cases.models import Case

HOST, RETURN = PATH.index(Stage.TRAVELLING), len(PATH) - PATH.index(Stage.ARRIVED)


@dataclass(frozen=True)
class StageBar:
    """The path with its places, the stage in words with its number, and the facts it follows from."""

    stages: list[dict[str, object]]
    places: list[dict[str, object]]
    number: int | None
    reasons: list[tuple[str | Promise, object]]


def stage_bar(case: Case) -> StageBar:
    """The path of a case as far as its facts show it."""
    reached, now = case.path_reached, case.stage
    farthest = max(PATH.index(stage) for stage in reached)
    on_path = now in PATH
    stages: list[dict[str, object]] = []
    for number, stage in enumerate(PATH):
        is_now = stage == now
        state = "now" if is_now else "done" if number <= farthest else "ahead"
        on = reached.get(stage) or (gettext("no record") if state == "done" else None)
        stages.append({"label": STAGES[stage], "state": state, "on": on})
    reasons = [(FACTS[fact], getattr(case, fact)) for fact in case.stage_reached.facts]
    return StageBar(stages, _places(case), PATH.index(Stage(now)) + 1 if on_path else None, reasons)


def _places(case: Case) -> list[dict[str, object]]:
    language = get_language() or "en"
    unknown = gettext("Country not known")
    return [
        {"name": country_name(case.host_country, language) if case.host_country else unknown, "stages": HOST},
        {"name": gettext("On the way"), "stages": 1},
        {
            "name": country_name(case.return_country, language) if case.return_country else unknown,
            "stages": RETURN,
        },
    ]


@dataclass(frozen=True)
class Unknown:
    """Something nobody knows yet, and whether the person or the case's lead could say."""

    label: str | Promise
    is_for_person: bool = True


def unknowns(case: Case) -> list[Unknown]:
    """What is not known of a case; written out, because a blank would look like an answer."""
    person = case.person
    asked = (
        (person.birth, Unknown(_("Birth date or age"))),
        (person.languages, Unknown(_("Languages"))),
        (person.nationalities, Unknown(_("Nationality"))),
        (case.host_country, Unknown(_("Country they come from"))),
        (case.return_country, Unknown(_("Country of return"))),
        (case.return_place, Unknown(_("Place of return"))),
        (case.return_type != "unknown", Unknown(_("Type of return"), is_for_person=False)),
        (case.how_heard, Unknown(_("How they heard of the programme"))),
    )
    return [unknown for known, unknown in asked if not known]
