"""The plan of a case, each of its versions, and the person's own page of it to print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.approvals.queries import approval_of, steps_of
from homeward.approvals.rules import SubjectKind
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import obstacle_for
from homeward.cases.queries import get_case
from homeward.lib.money import Money, total
from homeward.plans import queries
from homeward.plans.content import Content
from homeward.web.plans.reading import difference_seen, may_of, version_seen, versions_seen

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.plans.models import PlanVersion


@require_safe
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The version that is worked on or in force, and the list of the others."""
    actor, case = _begin(request, case_id)
    shown, others = versions_seen(actor, case.id)
    if shown is None:
        begun = {"case": case, "may": may_of(actor), "obstacle": obstacle_for(case, Act.BEGIN_PLANNING)}
        return render(request, "plans/none.html", begun)
    return render(request, "plans/plan.html", {**_about(actor, case, shown), "others": others})


@require_safe
def version(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """One version as it was, with how it differs from the one before it."""
    actor, case = _begin(request, case_id)
    shown = queries.get_version(actor, version_id, case.id)
    return render(request, "plans/version.html", _about(actor, case, shown))


@require_safe
def printed(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """One page for the person: pictures, big figures and days, in a language they read."""
    actor, case = _begin(request, case_id)
    shown = queries.get_version(actor, version_id, case.id)
    language = _language(request, case)
    content = queries.content_of(shown)
    with override(language):
        found = {
            "case": case,
            "version": shown,
            "content": content,
            "lines": list(content.lines()),
            "total": _total(content),
            "agreement": queries.agreement_of(actor, shown),
            "today": localdate(),
            "languages": settings.LANGUAGES,
            "language": language,
        }
        return render(request, "plans/print.html", found)


def _begin(request: HttpRequest, case_id: UUID) -> tuple[Actor, Case]:
    actor = actor_of(request)
    actor.require(Action.PLAN_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.PLAN_VIEW, subject_id=case.id, case_id=case.id)
    return actor, case


def _about(actor: Actor, case: Case, shown: PlanVersion) -> dict[str, object]:
    approval = approval_of(actor, SubjectKind.PLAN, shown.id)
    return {
        "case": case,
        "seen": version_seen(actor, shown),
        "version": shown,
        "difference": difference_seen(actor, shown),
        "agreement": queries.agreement_of(actor, shown),
        "approval": approval,
        "steps": steps_of(actor, approval) if approval else [],
        "may": may_of(actor),
    }


def _language(request: HttpRequest, case: Case) -> str:
    """The language asked for, else the first the person speaks that is known here, else the reader's."""
    known = dict(settings.LANGUAGES)
    wanted = [request.GET.get("language", ""), *case.person.languages]
    return next((one for one in wanted if one in known), get_language() or "en")


def _total(content: Content) -> Money | None:
    """What comes from entitlements, where all of it is in one currency."""
    paid = [line.details.cost for line in content.lines() if line.details.package_code]
    costs = [cost for cost in paid if cost]
    currencies = {cost.currency for cost in costs}
    return total(costs, currencies.pop()) if len(currencies) == 1 else None
