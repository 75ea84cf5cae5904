"""Which programmes there are, what one says now and said before, and what changed."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.programmes.queries import (
    all_published,
    get_programme,
    get_version,
    known_programmes,
    parties_of,
    terms_of,
    versions_of,
)
from homeward.programmes.rules import VersionState
from homeward.web.programmes.told import told_differences

if TYPE_CHECKING:
    from homeward.programmes.models import Programme, ProgrammeVersion


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every programme on this installation with the version in force today."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.ORGANISATION_VIEW)
    in_force: dict[UUID, ProgrammeVersion] = {}
    for version in all_published(actor):  # the latest to take effect first
        if version.takes_effect_on and version.takes_effect_on <= today:
            in_force.setdefault(version.programme_id, version)
    rows = [
        {"programme": one, "version": in_force.get(one.id), "is_open": _is_open(one, today)}
        for one in known_programmes(actor)
    ]
    shown = {"rows": rows, "may_add": actor.may(Action.PROGRAMME_ADD)}
    return render(request, "programmes/list.html", shown)


@require_safe
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """One programme: who pays and carries it out, what it says now, and its versions."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.ORGANISATION_VIEW)
    one = get_programme(actor, programme_id)
    versions = list(versions_of(actor, one.id))
    now = _in_force(versions, today)
    shown = {
        "programme": one,
        "parties": parties_of(actor, one.id),
        "versions": versions,
        "in_force": now,
        "terms": terms_of(now) if now else None,
        "today": today,
        **_may(actor, one),
        "has_draft": any(version.state == VersionState.DRAFT for version in versions),
    }
    return render(request, "programmes/programme.html", shown)


@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version: all it says, and what it changed."""
    actor = actor_of(request)
    actor.require(Action.ORGANISATION_VIEW)
    one = get_version(actor, version_id)
    before = _before(actor, one)
    terms = terms_of(one)
    shown = {
        "programme": one.programme,
        "version": one,
        "terms": terms,
        "before": before,
        "changes": told_differences(terms_of(before), terms) if before else [],
        **_may(actor, one.programme),
    }
    return render(request, "programmes/version.html", shown)


def _before(actor: Actor, one: "ProgrammeVersion") -> "ProgrammeVersion | None":
    """The version with the number before, which this one was written from."""
    return versions_of(actor, one.programme_id).filter(number__lt=one.number).first()


def _may(actor: Actor, one: "Programme") -> dict[str, bool]:
    is_own = one.organisation_id == actor.organisation_id
    return {"may_edit": is_own and actor.may(Action.PROGRAMME_EDIT)}


def _in_force(versions: "list[ProgrammeVersion]", today: date) -> "ProgrammeVersion | None":
    published = [
        one
        for one in versions
        if one.state == VersionState.PUBLISHED and one.takes_effect_on and one.takes_effect_on <= today
    ]
    return max(published, key=lambda one: (one.takes_effect_on or date.min, one.number), default=None)


def _is_open(one: "Programme", today: date) -> bool:
    return one.opens_on <= today and (one.closes_on is None or today <= one.closes_on)
