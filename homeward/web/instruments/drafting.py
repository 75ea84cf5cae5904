"""Uploading forms, and what is done with a draft until it is published."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import EditConflict, NotFound, Problem, WrongState
from homeward.surveys import commands
from homeward.surveys.forms.troubles import in_runs
from homeward.surveys.problems import CodeTaken, FormRefused
from homeward.surveys.queries import get_instrument, get_version, missing_files, questions_of
from homeward.surveys.rules import FormState
from homeward.web.forms import posted, put_problem
from homeward.web.instruments.forms import MediaForm, NextForm, PrivacyForm, PublishForm, UploadForm
from homeward.web.instruments.reading import may_edit

if TYPE_CHECKING:
    from typing import Any

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from homeward.surveys.models import InstrumentVersion

ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
def add(request: HttpRequest) -> HttpResponse:
    """Begin an instrument from a workbook."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_EDIT)
    form = UploadForm(posted(request), _files(request))
    shown: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            return redirect("form_version", commands.add_instrument(actor, file=form.given()).id)
        except (FormRefused, CodeTaken) as problem:
            shown |= _refused(form, problem)
    return render(request, "instruments/upload.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(ASKED)
def upload(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Bring a workbook in as the next version."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_EDIT)
    one = get_instrument(actor, instrument_id)
    if not may_edit(actor, one):
        raise NotFound
    form = NextForm(posted(request), _files(request))
    shown: dict[str, object] = {"form": form, "instrument": one}
    if form.is_bound and form.is_valid():
        told = form.cleaned_data["what_changed"]
        try:
            made = commands.upload_form(actor, instrument_id=one.id, file=form.given(), what_changed=told)
            return redirect("form_version", made.id)
        except FormRefused as problem:
            shown |= _refused(form, problem)
    return render(request, "instruments/upload.html", shown, status=422 if form.is_bound else 200)


@require_POST
def add_file(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Add a file that the form names."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_EDIT)
    one = _draft(actor, version_id)
    form = MediaForm(request.POST, request.FILES)
    if form.is_valid():
        expected = form.cleaned_data["version"]
        commands.add_form_file(actor, version_id=one.id, expected_version=expected, file=form.given())
        messages.success(request, _("The file goes with the form."))
        return redirect("form_version", one.id)
    shown = {"form": form, "version": one, "instrument": one.instrument}
    return render(request, "instruments/file.html", shown, status=422)


@require_http_methods(ASKED)
def privacy(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Say how private each answer is."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_EDIT)
    one = _draft(actor, version_id)
    asked = [each for each in questions_of(one) if each.is_answered]
    form = PrivacyForm(asked, get_language() or "en", posted(request), initial={"version": one.version})
    if form.is_bound and form.is_valid():
        expected = form.cleaned_data["version"]
        commands.set_privacy(actor, version_id=one.id, expected_version=expected, privacy=form.said())
        return redirect("form_version", one.id)
    shown = {"form": form, "version": one, "instrument": one.instrument}
    return render(request, "instruments/privacy.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(ASKED)
def publish(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Let a form be asked from now on."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_PUBLISH)
    one = _draft(actor, version_id)
    form = PublishForm(posted(request), initial={"version": one.version, "what_changed": one.what_changed})
    if form.is_bound and form.is_valid():
        try:
            commands.publish_form(
                actor,
                version_id=one.id,
                expected_version=form.cleaned_data["version"],
                what_changed=form.cleaned_data["what_changed"],
            )
            messages.success(request, _("The form is asked from now on."))
            return redirect("form_version", one.id)
        except (EditConflict, WrongState):
            raise
        except Problem as problem:
            put_problem(form, problem)
    shown = {"form": form, "version": one, "instrument": one.instrument, "missing": missing_files(actor, one)}
    return render(request, "instruments/publish.html", shown, status=422 if form.is_bound else 200)


@require_POST
def discard(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    actor = actor_of(request)
    actor.require(Action.INSTRUMENT_EDIT)
    one = _draft(actor, version_id)
    commands.discard_form(actor, version_id=one.id, expected_version=one.version)
    return redirect("instrument", one.instrument_id)


@require_POST
def retire(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Offer a form no longer."""
    version = commands.retire_form(actor_of(request), version_id=version_id)
    return redirect("form_version", version.id)


def _files(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[Any]] | None":
    return request.FILES if request.method == "POST" else None


def _draft(actor: Actor, version_id: UUID) -> "InstrumentVersion":
    one = get_version(actor, version_id)
    if not may_edit(actor, one.instrument):
        raise NotFound
    if one.state != FormState.DRAFT:
        raise WrongState
    return one


def _refused(form: UploadForm, problem: Problem) -> dict[str, object]:
    form.add_error("file", str(problem))
    found = problem.problems if isinstance(problem, FormRefused) else ()
    return {"problems": in_runs(found)}
