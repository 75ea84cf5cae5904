"""The list of samples, the calculator, a new sample, and the page of one."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.followup.sampling import commands, queries
from homeward.followup.sampling.frames import preview
from homeward.followup.sampling.rules import SizeFound, TellApart, size_of
from homeward.lib.cells import safe_cell
from homeward.lib.problems import Problem
from homeward.web.followup.words import round_name
from homeward.web.forms import posted, put_problem
from homeward.web.samples.forms import CalculatorForm, DoubleForm, PlanForm
from homeward.web.samples.shown import page_of
from homeward.web.samples.words import group_name

MOST = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The samples of the reader's organisation, the newest first."""
    actor = actor_of(request)
    remember_reading(actor, Action.SAMPLE_VIEW, subject_id=None)
    rows = [(one, round_name(one.round)) for one in queries.visible_samples(actor)[:MOST]]
    return render(request, "samples/list.html", {"rows": rows, "may_plan": actor.may(Action.SAMPLE_PLAN)})


@require_safe
def size(request: HttpRequest) -> HttpResponse:
    """How many people to ask; nothing is kept of it."""
    actor = actor_of(request)
    actor.require(Action.SAMPLE_VIEW)
    form = CalculatorForm(request.GET or None)
    found = _size(form) if request.GET and form.is_valid() else None
    asked = request.GET.urlencode() if found else ""
    said = {"form": form, "found": found, "asked": asked, "may_plan": actor.may(Action.SAMPLE_PLAN)}
    return render(request, "samples/size.html", said, status=422 if form.errors else 200)


def _size(form: CalculatorForm) -> SizeFound | None:
    try:
        return size_of(form.asked(), form.cleaned_data["people"])
    except ValueError:
        form.add_error(None, str(_("No size follows from these numbers.")))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new sample: counted as often as one likes, then kept as a plan."""
    actor = actor_of(request)
    actor.require(Action.SAMPLE_PLAN)
    form = PlanForm(posted(request), actor=actor, initial=request.GET.dict())
    counted: Any = None
    if request.method == "POST" and form.is_valid():
        if "count" in request.POST:
            counted = _counted(actor, form)
        else:
            try:
                made = commands.plan_sample(actor, plan=form.plan())
            except Problem as problem:
                put_problem(form, problem)
            else:
                return redirect("sample", made.id)
    said = {"form": form, "counted": counted, "fewest": settings.FEWEST_IN_A_GROUP}
    return render(request, "samples/plan.html", said, status=422 if form.errors else 200)


def _counted(actor: Any, form: PlanForm) -> dict[str, Any]:
    by = TellApart(form.cleaned_data["by"])
    found = preview(actor, form.rule(), by, localdate())
    groups = [(group_name(by, name), count) for name, count in found.groups]
    try:
        needed = size_of(form.asked(), found.count) if found.count else None
    except ValueError:
        needed = None
    return {"count": found.count, "groups": groups, "needed": needed}


@require_safe
def show(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """One sample: its design, how far it got, whom to try next, the unreached."""
    actor = actor_of(request)
    sample = queries.get_sample(actor, sample_id)
    remember_reading(actor, Action.SAMPLE_VIEW, subject_id=sample.id)
    return render(request, "samples/sample.html", page_of(actor, sample))


@require_POST
def draw(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Freeze the list and draw."""
    actor = actor_of(request)
    return _done(
        request, sample_id, lambda: commands.draw_sample(actor, sample_id=sample_id), _("It is drawn.")
    )


@require_POST
def discard(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Take back a plan."""
    actor = actor_of(request)
    commands.discard_sample(actor, sample_id=sample_id)
    messages.success(request, str(_("The plan is taken back.")))
    return redirect("samples")


@require_POST
def replace(request: HttpRequest, sample_id: UUID, member_id: UUID) -> HttpResponse:
    """Let the next in line take a place."""
    actor = actor_of(request)
    told = {"sample_id": sample_id, "member_id": member_id}
    done = _("The next in line took the place.")
    return _done(request, sample_id, lambda: commands.replace_unreached(actor, **told), done)


@require_POST
def double(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Draw a part of the unreached, to be followed up until it answers."""
    actor = actor_of(request)
    actor.require(Action.SAMPLE_DRAW)
    sample = queries.get_sample(actor, sample_id)
    form = DoubleForm(request.POST)
    if form.is_valid():
        share = form.cleaned_data["share"] / 100
        try:
            made = commands.draw_double_sample(actor, sample_id=sample.id, share=share)
        except Problem as problem:
            put_problem(form, problem)
        else:
            return redirect("sample", made.id)
    return render(request, "samples/sample.html", {**page_of(actor, sample), "double_form": form}, status=422)


@require_POST
def take_out(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """The list of the sample as CSV, by pseudonym: the keys are those on telephones and in answers."""
    actor = actor_of(request)
    sample = queries.get_sample(actor, sample_id)
    remember_reading(actor, Action.SAMPLE_EXPORT, subject_id=sample.id)
    picture = queries.picture_of(actor, sample)
    columns = ("key", "group", "line", "role", "opens_on", "closes_on", "attempts", "ended")
    rows = ([*(getattr(one, name) for name in columns), picture.weights[one.id]] for one in picture.members)
    name = f"sample-{sample.id}.csv"
    response = HttpResponse(_csv([*columns, "weight"], rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe_cell(str(value)) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _done(request: HttpRequest, sample_id: UUID, act: Any, said: Any) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, str(said))
    return redirect("sample", sample_id)
