"""What is done with scoring profiles: brought in, put in use, worked out from answers, scored by anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import NotFound, Problem
from homeward.outcomes.commands import start_rescoring
from homeward.surveys.forms.troubles import in_runs
from homeward.surveys.problems import ProfileRefused
from homeward.surveys.queries import get_instrument
from homeward.surveys.scoring import commands
from homeward.web.forms import posted, put_problem
from homeward.web.instruments.profile_forms import ProfileFileForm, VersionForm, WeighForm
from homeward.web.instruments.profiles import keeps_scoring
from homeward.web.instruments.reading import instrument_page


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Bring a profile in as a draft; what does not fit is told by sheet and row."""
    actor = actor_of(request)
    actor.require(Action.SCORING_EDIT)
    one = get_instrument(actor, instrument_id)
    if not keeps_scoring(actor, one):
        raise NotFound
    form = ProfileFileForm(posted(request), request.FILES if request.method == "POST" else None)
    shown: dict[str, object] = {"form": form, "instrument": one}
    if form.is_bound and form.is_valid():
        try:
            made = commands.import_profile(actor, instrument_id=one.id, content=form.given())
            return redirect("scoring_profile", made.id)
        except Problem as problem:
            form.add_error("file", str(problem))
            if isinstance(problem, ProfileRefused):
                shown["problems"] = in_runs(problem.problems)
    return render(request, "instruments/profile_upload.html", shown, status=422 if form.is_bound else 200)


@require_POST
def use(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """Score by a draft from now on."""
    expected = _expected(request)
    made = commands.use_profile(actor_of(request), profile_id=profile_id, expected_version=expected)
    messages.success(request, _("What comes in from now on is scored by this profile."))
    return redirect("scoring_profile", made.id)


@require_POST
def discard(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    actor, expected = actor_of(request), _expected(request)
    draft = commands.discard_profile(actor, profile_id=profile_id, expected_version=expected)
    return redirect("instrument", draft.instrument_id)


@require_POST
def derive(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Work weights out from own answers, as a draft with everything to judge it by."""
    actor = actor_of(request)
    actor.require(Action.SCORING_DERIVE)
    one = get_instrument(actor, instrument_id)
    form = WeighForm(request.POST)
    if form.is_valid():
        days = {name: form.cleaned_data[name] or None for name in ("since", "until")}
        try:
            made = commands.derive_profile(actor, instrument_id=one.id, **days)
            return redirect("scoring_profile", made.id)
        except NotFound:
            raise
        except Problem as problem:
            put_problem(form, problem)
    return instrument_page(request, one, weigh=form)


@require_POST
def rescore(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Begin to score older rounds by the profile in use; the page says how far it is."""
    start_rescoring(actor_of(request), instrument_id=instrument_id)
    return redirect("instrument", instrument_id)


def _expected(request: HttpRequest) -> int:
    """The version that was looked at; none is never the one that is there."""
    form = VersionForm(request.POST)
    version: int = form.cleaned_data["version"] if form.is_valid() else 0
    return version
