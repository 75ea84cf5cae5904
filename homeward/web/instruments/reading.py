"""The library of instruments, one of them, and what a version asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.surveys.forms.comparing import Difference, differences
from homeward.surveys.forms.questions import Question, language_code, said_in
from homeward.surveys.queries import (
    file_of,
    files_of,
    flagged_submissions,
    get_instrument,
    get_version,
    known_instruments,
    missing_files,
    published_forms,
    questions_of,
    versions_of,
)
from homeward.surveys.rules import FileKind, FormState, Kind
from homeward.web.instruments import words
from homeward.web.instruments.forms import MediaForm
from homeward.web.instruments.profile_forms import WeighForm
from homeward.web.instruments.profiles import scoring_of
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.surveys.models import Instrument, InstrumentVersion

MOST_CHOICES = 30
NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Line:
    """One line of a form as a reader sees it."""

    question: Question
    label: str
    hint: str
    kind: words.Words
    privacy: words.Words
    choices: tuple[str, ...]
    more_choices: int
    depth: int


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every instrument on the installation with the version asked now."""
    actor = actor_of(request)
    asked = {one.instrument_id: one for one in published_forms(actor)}
    rows = [{"instrument": one, "version": asked.get(one.id)} for one in known_instruments(actor)]
    may_review = actor.may(Action.SUBMISSION_REVIEW)
    shown = {
        "rows": rows,
        "may_edit": actor.may(Action.INSTRUMENT_EDIT),
        "flagged": flagged_submissions(actor).count() if may_review else 0,
    }
    return render(request, "instruments/list.html", shown)


@require_safe
def instrument(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """One instrument with its versions and scoring profiles."""
    return instrument_page(request, get_instrument(actor_of(request), instrument_id))


def instrument_page(
    request: HttpRequest, one: "Instrument", *, weigh: WeighForm | None = None
) -> HttpResponse:
    """The page of an instrument; with what was wrong when weights were to be worked out."""
    actor = actor_of(request)
    rows = [{"version": each, "state": words.STATES[each.state]} for each in versions_of(actor, one.id)]
    shown = {"instrument": one, "rows": rows, "may_edit": may_edit(actor, one)}
    told = scoring_of(actor, one, weigh)
    return render(request, "instruments/instrument.html", shown | told, status=422 if weigh else 200)


@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version: all it asks, in a language that it has, and what it changes."""
    actor = actor_of(request)
    one = get_version(actor, version_id)
    language = chosen_language(request, one)
    before = versions_of(actor, one.instrument_id).filter(number__lt=one.number).first()
    changed = _changes(actor, before.id, one, language) if before else None
    is_draft, edits = one.state == FormState.DRAFT, may_edit(actor, one.instrument)
    shown = {
        "instrument": one.instrument,
        "version": one,
        "state": words.STATES[one.state],
        "checked": words.CHECKED[one.checked],
        "language": language,
        "code": language_code(language),
        "lines": lines_of(questions_of(one), language),
        "before": before,
        "changes": changed,
        "files": list(files_of(actor, one.id)),
        "missing": missing_files(actor, one),
        "may_edit": edits and is_draft,
        "may_export": not is_draft and actor.may(Action.SUBMISSION_EXPORT),
        "may_retire": edits and one.state == FormState.PUBLISHED and actor.may(Action.INSTRUMENT_PUBLISH),
        "media_form": MediaForm(initial={"version": one.version}) if edits and is_draft else None,
    }
    return render(request, "instruments/version.html", shown)


@require_safe
def source(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The workbook that a version was made from."""
    actor = actor_of(request)
    one = get_version(actor, version_id)
    name = files_of(actor, one.id, FileKind.SOURCE).values_list("name", flat=True).get()
    file = file_of(actor, one.id, name, FileKind.SOURCE)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    return response


def may_edit(actor: Actor, one: "Instrument") -> bool:
    """Whether the actor changes this instrument."""
    return one.organisation_id == actor.organisation_id and actor.may(Action.INSTRUMENT_EDIT)


def chosen_language(request: HttpRequest, one: "InstrumentVersion") -> str:
    """The language asked for when the form has it; the reader's own, or the form's first, otherwise."""
    wanted = request.GET.get("in", "")
    if wanted in one.languages:
        return wanted
    own = next((name for name in one.languages if language_code(name) == (get_language() or "en")), None)
    return own or (one.languages[0] if one.languages else "default")


def lines_of(questions: Iterable[Question], language: str) -> list[Line]:
    """What a form asks, line by line; what a device notes by itself is left out."""
    return [_line(one, language) for one in questions if one.kind != Kind.META and one.type != "hidden"]


def _line(one: Question, language: str) -> Line:
    choices = tuple(said_in(choice.labels, language) or choice.code for choice in one.choices[:MOST_CHOICES])
    return Line(
        one,
        one.label(language),
        said_in(one.hints, language),
        words.KINDS[one.kind],
        words.PRIVACY[one.privacy] if one.is_answered else "",
        choices,
        max(0, len(one.choices) - MOST_CHOICES),
        one.path.count("/"),
    )


def _changes(
    actor: Actor, before_id: UUID, one: "InstrumentVersion", language: str
) -> list[dict[str, object]]:
    old = questions_of(get_version(actor, before_id))
    return [_told(each, language) for each in differences(old, questions_of(one))]


def _told(one: Difference, language: str) -> dict[str, object]:
    return {
        "label": one.question.label(language),
        "path": one.question.path,
        "change": words.CHANGES[one.change],
        "aspects": listed(str(words.ASPECTS[aspect]) for aspect in one.aspects),
        "comparable": words.COMPARABLE[one.comparable],
        "kind": {"yes": "act", "with_care": "unknown"}.get(one.comparable, "late"),
    }
