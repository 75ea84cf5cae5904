"""The page of comparable people beside a case; publishing and taking away beside an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.cases.queries.traits import traits_of
from homeward.evaluation.likeness import commands
from homeward.evaluation.likeness.queries import (
    comparison_in_use,
    comparison_of_extract,
    get_comparison,
    likeness_of,
)
from homeward.evaluation.likeness.rules import ComparisonState, Profile, profile_of
from homeward.lib.problems import Problem
from homeward.web.likeness.words import (
    STATES,
    horizons_in_words,
    let_go_in_words,
    traits_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homeward.access.actor import Actor
    from homeward.evaluation.models import Comparison
    from homeward.extracts.models import Extract


class ChoiceForm(forms.Form):
    """Another place or programme to compare with; nothing that says who is compared."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, profile: Profile, comparison: Comparison) -> None:
        super().__init__(initial={"place": profile.district, "programme": profile.programme})
        for name, known, value in (
            ("place", comparison.places.get(profile.origin, []), profile.district),
            ("programme", comparison.programmes, profile.programme),
        ):
            none = [] if value in known else [(value, gettext("Not among these"))]
            self.fields[name].choices = [*none, *((one, one) for one in known)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def like_this(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What became of people like the one of a case; the look is on the record.

    What is chosen is posted, though nothing is written: places of somebody's case are in no address.
    """
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    actor.require(Action.COMPARISON_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.COMPARISON_VIEW, subject_id=case.id, case_id=case.id)
    comparison = comparison_in_use(actor)
    shown: dict[str, object] = {"case": case, "comparison": comparison}
    if comparison:
        profile = profile_of(
            traits_of(actor, case),
            comparison.places,
            comparison.programmes,
            place=request.POST.get("place", ""),
            programme=request.POST.get("programme", ""),
        )
        shown |= _told(actor, profile, comparison)
    return render(request, "likeness/like_this.html", shown)


@require_POST
def publish(request: HttpRequest, extract_id: UUID) -> HttpResponse:
    """Publish groups of people of an extract."""
    actor = actor_of(request)
    try:
        commands.publish_comparison(actor, extract_id=extract_id)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, gettext("It is being made. Colleagues see it as soon as it is ready."))
    return redirect("extract", extract_id)


@require_POST
def withdraw(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """Take a publication away, its numbers with it."""
    actor = actor_of(request)
    actor.require(Action.COMPARISON_WITHDRAW)
    extract_id = get_comparison(actor, comparison_id).extract_id
    commands.withdraw_comparison(actor, comparison_id=comparison_id)
    messages.success(request, gettext("It is taken away."))
    return redirect("extract", extract_id)


def beside_extract(actor: Actor, extract: Extract, *, is_ready: bool) -> Mapping[str, object]:
    """What the page of an extract says of the people published from it."""
    if not actor.may(Action.COMPARISON_VIEW):
        return {}
    found = comparison_of_extract(actor, extract.id)
    return {
        "comparison": found,
        "comparison_words": STATES[found.state] if found else "",
        "may_publish": is_ready
        and (found is None or found.state == ComparisonState.FAILED)
        and actor.may(Action.COMPARISON_PUBLISH),
        "may_withdraw_comparison": found is not None
        and found.state == ComparisonState.READY
        and actor.may(Action.COMPARISON_WITHDRAW),
    }


def _told(actor: Actor, profile: Profile, comparison: Comparison) -> dict[str, object]:
    group = likeness_of(actor, profile, comparison).group
    told: dict[str, object] = {"form": ChoiceForm(profile, comparison), "group": group}
    if group is None:
        return told
    return told | {
        "traits": traits_in_words(group.traits),
        "let_go": let_go_in_words(group.level),
        "people": group.told["people"],
        "horizons": horizons_in_words(group.told),
    }
