"""Bringing services in from a file and taking the public part out as one."""

import orjson
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.services import commands
from homeward.services.hsds.files import read_content
from homeward.services.hsds.tabular import packed

FAULTS = 50
MOST_BYTES = 5_000_000


class BringForm(forms.Form):
    """The file, and whether it is only tried."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("HSDS 3.1: JSON, or a zip with datapackage.json and CSV tables. At most 5 MB."),
    )
    only_check = forms.BooleanField(label=_("Only check it, change nothing"), required=False)

    def clean_file(self) -> bytes:
        """What the file holds."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Use the command line for it."))
        return bytes(given.read())


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and say what it did or what is wrong in it."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_IMPORT)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    found = made = None
    if form.is_bound and form.is_valid():
        found = read_content(form.cleaned_data["file"])
        if not found.faults and not form.cleaned_data["only_check"]:
            made = commands.bring_in_services(actor, services=found.services)
    shown = {"form": form, "found": found, "made": made, "faults": found.faults[:FAULTS] if found else ()}
    is_wrong = bool(form.errors or (found and found.faults))
    return render(request, "services/files.html", shown, status=422 if is_wrong else 200)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The public part of the directory as a file."""
    told = commands.take_out_services(actor_of(request)).services
    if request.POST.get("form") == "csv":
        response = HttpResponse(packed(told), content_type="application/zip")
        name = "services.zip"
    else:
        content = orjson.dumps(told, option=orjson.OPT_INDENT_2)
        response, name = HttpResponse(content, content_type="application/json"), "services.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
