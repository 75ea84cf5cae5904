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
from homeward.indicators.queries import (
    TOTAL,
    ShownValue,
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
from homeward.indicators.rules import AGREED, Definition, Dimension, FrameworkState, Point, Unit, target_for
from homeward.lib.problems import Problem
from homeward.web.forms import posted, put_problem
from homeward.web.indicators import words
from homeward.web.indicators.forms import CellsForm, FrameworkForm
from homeward.web.labels import ROLE_LABELS

if TYPE_CHECKING:
    from homeward.indicators.models import FrameworkVersion, IndicatorTable

BARS = 20  # steps of a bar: its width is a class, for styles stand in no page


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
    """One indicator of a version: its definition, its series over all versions, its cells in this one."""
    actor = actor_of(request)
    version = get_version(actor, version_id)
    one = indicator_of(version, code)
    agreed = FrameworkState(version.state) in AGREED
    table = latest_table(actor, version.id) if agreed else None
    shown = {"version": version, "one": one, "name": words.said(one.name), "table": table}
    shown |= {"facts": _facts(one), "framework": words.said(version.framework.name)}
    shown |= {"counts": words.said(one.counts), "leaves_out": words.said(one.leaves_out)}
    if table:
        shown |= _cells(request, actor, table, one)
        shown["segments"] = _segments(actor, version, one, str(shown["country"]))
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


def _cells(request: HttpRequest, actor: Actor, table: "IndicatorTable", one: Definition) -> dict[str, object]:
    """The cells that are asked for, told apart by one dimension, with the total above them."""
    labels = labels_of(actor, table.id)
    form = CellsForm(request.GET, labels["period"], labels["country"])
    form.is_valid()  # what nobody knows is passed over
    asked = form.cleaned_data
    by = asked.get("by") or str(next(iter(one.disaggregations), Dimension.SEX))
    period = asked.get("period") or ""
    country = "" if by == Dimension.COUNTRY else asked.get("country") or ""
    place = {str(name): "" for name in Dimension} | {"country": country}
    whole = values_of(actor, table.id, ValueFilters(one.code, period, **place))
    place.pop(by)
    parts = values_of(actor, table.id, ValueFilters(one.code, period, **place))
    told = [(getattr(cell, by), cell) for cell in parts if getattr(cell, by)]
    most = max((cell.value or 0 for _name, cell in told), default=0)
    target = target_for(one.targets, country, period)
    rows = [_row(words.VALUES.get(name, name), cell, one.unit, most) for name, cell in told]
    return {
        "cells": rows,
        "by": words.DIMENSIONS[by],
        "whole": _row("", whole[0], one.unit, most) if whole else None,
        "form": form,
        "country": country,
        "period": period,
        "target": words.told_value(target.value, one.unit) if target else "",
        "trouble": table.troubles.get(one.code, ""),
    }


def _row(name: object, cell: "ShownValue | Point", unit: Unit, most: float) -> dict[str, object]:
    """One value with its words, its limits, how many stand behind it, and how long its bar is."""
    coverage = cell.coverage
    return {
        "name": name,
        "value": words.told_value(cell.value, unit),
        "low": words.told_value(cell.low, unit),
        "high": words.told_value(cell.high, unit),
        "n": cell.n,
        "coverage": words.told_value(coverage, Unit.SHARE),
        "is_hidden": bool(cell.why_hidden),
        "bar": max(round(BARS * (cell.value or 0) / most), 0) if most > 0 else 0,
    }


def _segments(
    actor: Actor, version: "FrameworkVersion", one: Definition, country: str
) -> list[dict[str, object]]:
    """The series over all versions, each unbroken stretch with why it does not go on from the one before."""
    filters = replace(TOTAL, country=country)
    told: list[dict[str, object]] = []
    for segment in series_of(actor, version.framework_id, one.code, filters):
        most = max((point.value or 0 for point in segment.points), default=0)
        rows = [
            {
                **_row(words.VALUES.get(point.period, point.period), point, one.unit, most),
                "version": point.version,
                "is_bridged": point.is_bridged,
            }
            for point in segment.points
        ]
        told.append({"broken": segment.broken, "rows": rows})
    return told
