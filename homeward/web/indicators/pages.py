"""The list of frameworks, and one indicator: what it says, its series, its cells."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.indicators import commands
from homeward.indicators.declared import is_counted
from homeward.indicators.queries import (
    TOTAL,
    ValueFilters,
    get_version,
    indicator_of,
    labels_of,
    latest_table,
    series_of,
    values_of,
    versions_of,
    visible_frameworks,
    visible_versions,
)
from homeward.indicators.rules import (
    AGREED,
    Definition,
    Dimension,
    FrameworkState,
    is_told_apart,
    target_for,
)
from homeward.lib.problems import Problem
from homeward.web.forms import posted, put_problem
from homeward.web.indicators import words
from homeward.web.indicators.cells import reached, row_of, scale_of
from homeward.web.indicators.forms import CellsForm, FrameworkForm
from homeward.web.labels import ROLE_LABELS

if TYPE_CHECKING:
    from homeward.indicators.models import FrameworkVersion, IndicatorTable


@require_http_methods(["GET", "HEAD", "POST"])
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework with the versions that the reader may see; the form begins another."""
    actor = actor_of(request)
    actor.require(Action.INDICATOR_EDIT if request.method == "POST" else Action.INDICATOR_VIEW)
    form = FrameworkForm(posted(request)) if actor.may(Action.INDICATOR_EDIT) else None
    if form and form.is_valid():
        try:
            given = form.cleaned_data
            made = commands.add_framework(
                actor, code=given["code"], name=form.name(), from_catalogue=given["from_catalogue"]
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The framework is begun. Nobody else sees its draft."))
            return redirect("framework_version", versions_of(actor, made.id)[0].id)
    known: dict[UUID, list[FrameworkVersion]] = {}
    for one in visible_versions(actor).defer("definitions"):
        known.setdefault(one.framework_id, []).append(one)
    rows = [
        (
            framework,
            words.said(framework.name),
            [(one, *words.STATES[one.state]) for one in known.get(framework.id, [])],
        )
        for framework in visible_frameworks(actor)
    ]
    status = 422 if form and form.is_bound else 200
    return render(request, "indicators/frameworks.html", {"rows": rows, "form": form}, status=status)


@require_safe
def indicator(request: HttpRequest, version_id: UUID, code: str) -> HttpResponse:
    """One indicator of a version: its value, its cells, its series over all versions, its definition."""
    actor = actor_of(request)
    version = get_version(actor, version_id)
    one = indicator_of(version, code)
    agreed = FrameworkState(version.state) in AGREED
    table = latest_table(actor, version.id) if agreed else None
    shown = {"version": version, "one": one, "name": words.said(one.name), "table": table}
    shown |= {"facts": _facts(one), "framework": words.said(version.framework.name)}
    shown |= {"counts": words.said(one.counts), "leaves_out": words.said(one.leaves_out)}
    shown |= {"in_full": is_counted(one.measure), "unit": words.UNITS[one.unit]}
    shown |= {"targets": _targets(one)}
    if table:
        shown |= _values(request, actor, version, table, one)
    return render(request, "indicators/indicator.html", shown)


def _facts(one: Definition) -> list[tuple[str, object]]:
    """What a definition says beside its texts, as terms and words."""
    parameters = ", ".join(f"{name} = {value}" for name, value in one.parameters.items())
    kind = words.COMPARING[one.comparability.kind]
    return [
        (_("Scope"), words.SCOPES[one.scope]),
        (_("Level"), words.LEVELS[one.level]),
        (_("Dimension"), words.ASPECTS[one.aspect]),
        (_("Process or outcome"), words.SORTS[one.sort]),
        (_("Criterion"), words.CRITERIA[one.criterion]),
        (_("Unit"), words.UNITS[one.unit]),
        (_("Reading"), words.BETTER[one.better]),
        (_("Measure"), f"{one.measure} ({parameters})" if parameters else one.measure),
        (_("Source"), words.SOURCES[one.source]),
        (_("How often"), words.FREQUENCIES[one.frequency]),
        (_("Who answers for it"), _role(one.responsible)),
        (_("Comparability"), f"{kind}: {one.comparability.rule}" if one.comparability.rule else kind),
    ]


def _role(code: str) -> object:
    known = {str(role): label for role, label in ROLE_LABELS.items()}
    return known.get(code, code)


def _targets(one: Definition) -> list[tuple[object, object, str]]:
    """What is aimed at, for which place and period."""
    return [
        (
            words.place_words(Dimension.COUNTRY, each.place) if each.place else _("all countries"),
            each.period or _("all periods"),
            words.told_value(each.value, one.unit),
        )
        for each in one.targets
    ]


def _values(
    request: HttpRequest,
    actor: Actor,
    version: "FrameworkVersion",
    table: "IndicatorTable",
    one: Definition,
) -> dict[str, object]:
    """The cells that are asked for, told apart by one dimension, with the total and the series."""
    labels = labels_of(actor, table.id, one.code, "period", str(Dimension.COUNTRY))
    form = CellsForm(request.GET, one, labels)
    form.is_valid()  # what nobody knows is passed over
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    first = next((str(each) for each in one.disaggregations), "")
    by, period, country = asked.get("by", first), asked.get("period", ""), asked.get("country", "")
    target = target_for(one.targets, country, period)
    aim = target.value if target else None
    at = replace(TOTAL, indicator=one.code, period=period, country=country)
    whole = next(iter(values_of(actor, table.id, at)), None)
    shown = {
        "form": form,
        "is_narrowed": len([name for name in ("period", "country") if name in asked]),
        "whole": whole and row_of("", whole, one, scale_of([whole], one.unit, aim), aim),
        "target": words.told_value(aim, one.unit),
        "reached": reached(one, whole, aim) if whole and aim is not None else "",
        "trouble": table.troubles.get(one.code, ""),
        "segments": _segments(actor, version, one, country),
    }
    return shown | (_cells(actor, table, one, by, at) if by else {})


def _cells(
    actor: Actor, table: "IndicatorTable", one: Definition, by: str, at: ValueFilters
) -> dict[str, object]:
    """One row for each value of a dimension, with what is aimed at there."""
    apart = {Dimension(by), *([Dimension.COUNTRY] if at.country and by != Dimension.COUNTRY else [])}
    told = values_of(actor, table.id, replace(at, **{by: None}))
    cells = [(getattr(cell, by), cell) for cell in told if getattr(cell, by)]
    scale = scale_of([cell for _name, cell in cells], one.unit)
    rows = [
        row_of(words.place_words(by, name), cell, one, scale, _aim(one, by, name, at)) for name, cell in cells
    ]
    return {
        "by": words.DIMENSIONS[Dimension(by)],
        "cells": rows,
        "is_told_apart": is_told_apart(apart, by_period=bool(at.period)),
    }


def _aim(one: Definition, by: str, name: str, at: ValueFilters) -> float | None:
    """The target of a row: a country has its own, any other row that of the whole table."""
    place = name if by == Dimension.COUNTRY else at.country or ""
    target = target_for(one.targets, place, at.period or "")
    return target.value if target else None


def _segments(
    actor: Actor, version: "FrameworkVersion", one: Definition, country: str
) -> list[dict[str, object]]:
    """The series over all versions, each unbroken stretch with why it does not go on from the one before."""
    found = series_of(actor, version.framework_id, one.code, replace(TOTAL, country=country))
    told: list[dict[str, object]] = []
    for segment in found:
        scale = scale_of(segment.points, one.unit)
        rows = [
            row_of(words.VALUES.get(point.period, point.period), point, one, scale)
            for point in segment.points
        ]
        told.append({"broken": segment.broken, "version": segment.version, "rows": rows})
    return told
