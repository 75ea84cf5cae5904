"""One version of a framework: what it defines, what partners say, and each step on its way to force."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.extracts.queries import visible_extracts
from homeward.extracts.rules import UNDER_WAY, ExtractState
from homeward.indicators import commands
from homeward.indicators.declared import is_counted
from homeward.indicators.definitions import DefinitionsInvalid
from homeward.indicators.queries import (
    TOTAL,
    ShownValue,
    comments_of,
    get_version,
    indicators_of,
    latest_table,
    may_comment,
    may_validate,
    missing_validations,
    parties_of,
    validations_of,
    values_of,
    visible_tables,
)
from homeward.indicators.rules import AGREED, Comparing, Definition, FrameworkState, Sort, Unit, target_for
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.organisations.queries import known_organisations
from homeward.web.forms import put_problem
from homeward.web.indicators import words
from homeward.web.indicators.cells import Row, row_of, scale_of
from homeward.web.indicators.forms import (
    CommentForm,
    ConsultForm,
    DefinitionsForm,
    PartyForm,
    TableForm,
)
from homeward.web.indicators.words import Word

if TYPE_CHECKING:
    from homeward.indicators.models import FrameworkVersion

TABLES_SHOWN, EXTRACTS_OFFERED, WRONGS_SHOWN = 10, 20, 20


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version; what is pressed names the step, and what the domain refuses stands beside its form."""
    actor = actor_of(request)
    one = get_version(actor, version_id)
    step = next((name for name in STEPS if name in request.POST), "")
    forms = _forms(actor, one, step, request)
    if request.method == "POST":
        form = forms.get(step)
        if step not in STEPS or (step in FORMED and form is None):
            raise Refused
        if form is None or form.is_valid():
            try:
                return _stepped(request, actor, one, step, form)
            except (NotFound, Refused):
                raise
            except Problem as problem:
                if form is None:
                    raise
                _put(form, problem)
    shown = _shown(actor, one) | {"forms": forms, "seen": _seen(one, request)}
    return render(request, "indicators/version.html", shown, status=422 if request.method == "POST" else 200)


def _put(form: Form, problem: Problem) -> None:
    """Show a problem on its form; what is wrong in definitions is told by its path."""
    if isinstance(problem, DefinitionsInvalid) and "definitions" in form.fields:
        form.add_error("definitions", str(problem))
        told = [f"{path}: {said}" for path, said in problem.fields.items()]
        form.add_error(None, told[:WRONGS_SHOWN])
    else:
        put_problem(form, problem)


def _stepped(
    request: HttpRequest, actor: Actor, one: "FrameworkVersion", step: str, form: Form | None
) -> HttpResponse:
    made = STEPS[step](actor, one, form.cleaned_data if form else {}, request)
    messages.success(request, _("Done."))
    return redirect("framework_version", made or one.id)


def _name_party(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.name_party(actor, framework_id=one.framework_id, **given)


def _change(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    seen = _seen(one, request)
    commands.change_definitions(actor, version_id=one.id, expected_version=seen, **given)


def _consult(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.open_consultation(actor, version_id=one.id, expected_version=_seen(one, request), **given)


def _take_back(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.take_back(actor, version_id=one.id, expected_version=_seen(one, request))


def _comment(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.comment_on_version(actor, version_id=one.id, **given)


def _validate(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    read = request.POST.get("definitions_sha256", "")
    commands.validate_version(actor, version_id=one.id, definitions_sha256=read)


def _put_in_force(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.put_in_force(actor, version_id=one.id, expected_version=_seen(one, request))


def _begin(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> UUID:
    return commands.begin_framework_version(actor, framework_id=one.framework_id).id


def _compute(actor: Actor, one: "FrameworkVersion", given: dict[str, Any], request: HttpRequest) -> None:
    commands.compute_table(actor, version_id=one.id, **given)


Step = Callable[[Actor, "FrameworkVersion", dict[str, Any], HttpRequest], UUID | None]
STEPS: dict[str, Step] = {
    "name_party": _name_party,
    "keep": _change,
    "consult": _consult,
    "take_back": _take_back,
    "say": _comment,
    "validate": _validate,
    "put_in_force": _put_in_force,
    "begin": _begin,
    "compute": _compute,
}
FORMED = frozenset({"name_party", "keep", "consult", "say", "compute"})


def _seen(one: "FrameworkVersion", request: HttpRequest) -> int:
    """The version that the page showed, so that nobody's writing is lost."""
    given = request.POST.get("expected_version", "")
    return int(given) if given.isdecimal() else one.version


def _forms(actor: Actor, one: "FrameworkVersion", step: str, request: HttpRequest) -> dict[str, Form]:
    """The forms of the steps that are open to the reader now; the one that was sent is bound."""

    def sent(name: str) -> Any:
        return request.POST if step == name else None

    state = FrameworkState(one.state)
    edits = actor.may(Action.INDICATOR_EDIT) and one.organisation_id == actor.organisation_id
    open_to_all: dict[str, Form] = {}
    if edits and state not in AGREED:
        others = known_organisations(actor).exclude(id=actor.organisation_id).values_list("id", "name")
        open_to_all["name_party"] = PartyForm(
            sent("name_party"), [(str(given), name) for given, name in others]
        )
    if edits and state is FrameworkState.DRAFT:
        open_to_all["keep"] = _definitions_form(one, sent("keep"))
        open_to_all["consult"] = ConsultForm(sent("consult"))
    if may_comment(actor, one):
        codes = [(given.code, given.code) for given in indicators_of(one)]
        open_to_all["say"] = CommentForm(sent("say"), codes)
    if actor.may(Action.INDICATOR_COMPUTE) and state in AGREED:
        open_to_all["compute"] = TableForm(sent("compute"), _extracts(actor))
    return open_to_all


def _definitions_form(one: "FrameworkVersion", sent: Any) -> DefinitionsForm:
    told = json.dumps(one.definitions, ensure_ascii=False, indent=1)
    return DefinitionsForm(sent, initial={"definitions": told, "what_changed": one.what_changed})


def _extracts(actor: Actor) -> list[tuple[str, str]]:
    """Those that are ready, and those that will be: their values wait for them."""
    found = visible_extracts(actor).filter(state__in=[*UNDER_WAY, ExtractState.READY])[:EXTRACTS_OFFERED]
    return [(str(one.id), f"{date_format(one.asked_at, 'j M Y, H:i')}: {one.why}") for one in found]


def _shown(actor: Actor, one: "FrameworkVersion") -> dict[str, object]:
    state, kind = words.STATES[one.state]
    under_way = one.state == FrameworkState.CONSULTATION
    tables = visible_tables(actor).filter(version_id=one.id)[:TABLES_SHOWN]
    defined = indicators_of(one)
    is_drafter = actor.user_id in one.drafted_by_ids
    is_owner = one.organisation_id == actor.organisation_id
    edits = is_owner and actor.may(Action.INDICATOR_EDIT)
    return {
        "version": one,
        "framework": words.said(one.framework.name),
        "state": state,
        "kind": kind,
        "sorts": _sorts(actor, one, defined),
        "parties": [(given, words.PARTS[given.part]) for given in parties_of(actor, one.framework_id)],
        "validations": validations_of(actor, one),
        "missing": sorted(missing_validations(actor, one).values()) if under_way else [],
        "comments": comments_of(actor, one.id),
        "tables": [(given, *words.TABLES[given.state]) for given in tables],
        "all_indicators": len(defined),
        "may_validate": may_validate(actor, one) and not is_drafter,
        "may_take_back": edits and under_way,
        "may_put_in_force": is_owner
        and one.state == FrameworkState.VALIDATED
        and actor.may(Action.INDICATOR_PUT_IN_FORCE)
        and not is_drafter,
        "may_begin": edits and one.state == FrameworkState.IN_FORCE,
    }


@dataclass(frozen=True)
class Line:
    """An indicator of a version, with its value over everything where there is one."""

    code: str
    name: str
    kinds: tuple[Word, ...]
    comparing: Word
    is_broken: bool
    target: str
    in_full: bool
    row: Row | None


def _sorts(
    actor: Actor, one: "FrameworkVersion", defined: Sequence[Definition]
) -> list[tuple[Word, bool, list[Line]]]:
    """Indicators of process, then of outcome, with the values of the newest table."""
    table = latest_table(actor, one.id)
    cells = values_of(actor, table.id, replace(TOTAL, period="")) if table else ()
    totals = {cell.indicator: cell for cell in cells}
    made = [
        (sort, [_line(given, totals.get(given.code), one.number) for given in defined if given.sort is sort])
        for sort in Sort
    ]
    return [(words.SORTS[sort], bool(table), lines) for sort, lines in made if lines]


def _line(given: Definition, cell: ShownValue | None, number: int) -> Line:
    target = target_for(given.targets, "", "")
    aim = target.value if target else None
    return Line(
        code=given.code,
        name=words.said(given.name),
        kinds=(words.LEVELS[given.level], words.ASPECTS[given.aspect], words.CRITERIA[given.criterion]),
        comparing=words.COMPARING[given.comparability.kind] if number > 1 else "",
        is_broken=given.comparability.kind is Comparing.BROKEN,
        target=words.told_value(aim, given.unit),
        in_full=is_counted(given.measure),
        row=_row(given, cell, aim) if cell else None,
    )


def _row(given: Definition, cell: ShownValue, aim: float | None) -> Row:
    """The value beside others in other units: only shares have a scale in common."""
    row = row_of("", cell, given, scale_of([cell], given.unit, aim), aim)
    return row if given.unit is Unit.SHARE else replace(row, mark=None)
