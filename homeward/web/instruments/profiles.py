"""Scoring profiles of an instrument: what one says in words, and how its weights came about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.outcomes.queries import last_rescoring, outcomes_to_rescore
from homeward.surveys.forms.questions import Question, said_in
from homeward.surveys.queries import questions_of
from homeward.surveys.rules import ProfileState
from homeward.surveys.scoring.profile import Dimension, Item, Profile
from homeward.surveys.scoring.queries import form_to_score, get_profile, profiles_of, read_terms
from homeward.surveys.scoring.score import points_of
from homeward.surveys.scoring.tables import as_workbook
from homeward.web.instruments.profile_forms import VersionForm, WeighForm
from homeward.web.instruments.profile_words import KINDS, STANDING, TREATMENTS, WAYS
from homeward.web.outcomes.words import BANDS, SIDES

if TYPE_CHECKING:
    from homeward.surveys.models import Instrument, ScoringProfile

Words = str | Promise
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ItemSeen:
    """One question that counts, and what each of its answers counts."""

    label: str
    path: str
    weight: float
    way: Words
    points: Sequence[tuple[str, float]]
    limits: tuple[float, float] | None
    missing: Sequence[tuple[Words, Words]]


@dataclass(frozen=True)
class SideSeen:
    """One side of life: what it weighs, how much of it has to be answered, and its questions."""

    title: Words
    weight: float
    minimum: int
    items: Sequence[ItemSeen]


@dataclass(frozen=True)
class WeighedSide:
    """How the weights of one side came out of the answers."""

    title: Words
    explained: int | None
    told: Mapping[str, Any]
    items: Sequence[tuple[str, Mapping[str, Any]]]


def scoring_of(actor: Actor, instrument: "Instrument", weigh: WeighForm | None = None) -> dict[str, Any]:
    """The part of an instrument's page about its profiles and about scoring anew."""
    profiles = list(profiles_of(actor, instrument.id))
    keeps = keeps_scoring(actor, instrument)
    used = next((one for one in profiles if one.state == ProfileState.IN_USE), None)
    may_rescore = used is not None and actor.may(Action.OUTCOME_RESCORE)
    rescoring = last_rescoring(actor, used) if used and may_rescore else None
    is_running = rescoring is not None and rescoring.finished_at is None
    return {
        "profiles": [{"profile": one, "standing": STANDING[one.state]} for one in profiles],
        "keeps_scoring": keeps,
        "weigh": (weigh or WeighForm()) if keeps and used and actor.may(Action.SCORING_DERIVE) else None,
        "may_rescore": may_rescore,
        "rescoring": rescoring,
        "is_running": is_running,
        "older": outcomes_to_rescore(actor, used).count() if used and may_rescore and not is_running else 0,
    }


def keeps_scoring(actor: Actor, instrument: "Instrument") -> bool:
    """Whether the actor brings profiles of this instrument in."""
    return instrument.organisation_id == actor.organisation_id and actor.may(Action.SCORING_EDIT)


@require_safe
def profile(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """All that one profile says, in words."""
    actor = actor_of(request)
    one = get_profile(actor, profile_id)
    terms = read_terms(one)
    questions = _questions(one.instrument_id)
    is_own_draft = one.state == ProfileState.DRAFT and keeps_scoring(actor, one.instrument)
    shown = {
        "instrument": one.instrument,
        "profile": one,
        "standing": STANDING[one.state],
        "terms": terms,
        "sides": list(_sides(terms, questions)),
        "missing": _missing(terms.missing),
        "bands": [(BANDS.get(band.code, band.code), band.begins) for band in terms.bands],
        "left_out": [(_label(questions, path), path, why) for path, why in terms.left_out.items()],
        "weighed": list(_weighed(one, questions)),
        "across": _across(one),
        "version_form": VersionForm(initial={"version": one.version}) if is_own_draft else None,
        "may_use": is_own_draft and actor.may(Action.SCORING_USE),
    }
    return render(request, "instruments/profile.html", shown)


@require_safe
def workbook(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """A profile as a workbook that can be changed and brought in again."""
    one = get_profile(actor_of(request), profile_id)
    response = HttpResponse(as_workbook(read_terms(one)), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="scoring-{one.number}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _questions(instrument_id: UUID) -> dict[str, Question]:
    form = form_to_score(instrument_id)
    return {one.path: one for one in questions_of(form)} if form else {}


def _sides(terms: Profile, questions: Mapping[str, Question]) -> Iterable[SideSeen]:
    for dimension in filter(terms.dimensions.__contains__, Dimension):
        rule = terms.dimensions[dimension]
        items = [_item(one, questions) for one in terms.items if one.dimension == dimension]
        yield SideSeen(SIDES[dimension.value], rule.weight, round(rule.minimum_coverage * 100), items)


def _item(one: Item, questions: Mapping[str, Question]) -> ItemSeen:
    language = get_language() or "en"
    asked = questions.get(one.path)
    labels = {each.code: said_in(each.labels, language) for each in asked.choices} if asked else {}
    points = [(labels.get(code, code), points_of(one, code) or 0.0) for code in one.points]
    limits = (one.least, one.most) if one.least is not None and one.most is not None else None
    return ItemSeen(
        label=_label(questions, one.path),
        path=one.path,
        weight=one.weight,
        way=WAYS[one.way],
        points=sorted(points, key=lambda pair: -pair[1]),
        limits=limits,
        missing=_missing(one.missing),
    )


def _missing(given: Mapping[Any, Any]) -> list[tuple[Words, Words]]:
    return [(words, TREATMENTS[given[kind]]) for kind, words in KINDS.items() if kind in given]


def _weighed(one: "ScoringProfile", questions: Mapping[str, Question]) -> Iterable[WeighedSide]:
    weighed = one.derivation.get("dimensions", {})
    for side in filter(weighed.__contains__, Dimension):
        told = weighed[side]
        items = [(_label(questions, path), about) for path, about in told["items"].items()]
        explained = round(told["explained"] * 100) if "explained" in told else None
        yield WeighedSide(SIDES[side], explained, told, items)


def _across(one: "ScoringProfile") -> Mapping[str, Any]:
    told = one.derivation.get("composite", {})
    if "loadings" not in told:
        return {}
    loadings = [(SIDES[side], loading) for side, loading in told["loadings"].items()]
    return {"forms": told["forms"], "explained": round(told["explained"] * 100), "loadings": loadings}


def _label(questions: Mapping[str, Question], path: str) -> str:
    asked = questions.get(path)
    return asked.label(get_language() or "en") if asked else path
