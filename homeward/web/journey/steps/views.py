"""The one address of all steps but the first talk's beginning."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.cases.queries.journey import live_draft
from homeward.lib.problems import NotFound
from homeward.web.journey.steps import check, family, frame, reach, route, talk, who, wish

STEPS = {
    one.slug: one for one in (who.STEP, family.STEP, reach.STEP, route.STEP, talk.STEP, wish.STEP, check.STEP)
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """One step of a new application."""
    actor = actor_of(request)
    actor.require(Action.APPLICATION_SUBMIT)
    chosen = STEPS.get(slug)
    if chosen is None:
        raise NotFound
    case = get_case(actor, case_id)
    data = request.POST if request.method == "POST" else None
    form = chosen.form(data, actor=actor, case=case, initial=chosen.form.saved(actor, case))
    if not form.is_valid():
        return frame.show(request, chosen, form)
    if isinstance(form, check.CheckForm):
        return check.submit(request, form)
    return frame.save(request, chosen, form)


@require_safe
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Go to the first step that is not filled in yet."""
    actor = actor_of(request)
    actor.require(Action.APPLICATION_SUBMIT)
    draft = live_draft(actor, get_case(actor, case_id).id)
    done = draft.steps_done if draft else []
    following = next((slug for slug in frame.SLUGS if slug not in done), frame.SLUGS[-1])
    return redirect("application_step", case_id, following)
