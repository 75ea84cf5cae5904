"""What the directory says of an organisation that runs services."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import Invalid
from homeward.services.commands import edit_provider
from homeward.services.queries import own_provider
from homeward.services.rules import ProviderDetails
from homeward.web.case_forms import long_text
from homeward.web.forms import posted, put_problem

SAID = ("name", "alternate_name", "description", "email", "website")


class ProviderDetailsForm(forms.Form):
    """What everybody reads of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=300)
    alternate_name = forms.CharField(label=_("Also known as"), max_length=300, required=False)
    description = forms.CharField(
        label=_("What it does"), max_length=4000, required=False, widget=long_text(3)
    )
    email = forms.EmailField(label=_("Email"), required=False)
    website = forms.URLField(label=_("Website"), max_length=1000, required=False, assume_scheme="https")
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Change what the directory says of an organisation whose entry the reader's keeps."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_EDIT)
    provider = own_provider(actor, provider_id)
    known = {name: getattr(provider, name) for name in SAID}
    form = ProviderDetailsForm(posted(request), initial={**known, "expected_version": provider.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        details = ProviderDetails(account_id=provider.account_id, **{name: told[name] for name in SAID})
        try:
            edit_provider(
                actor, provider_id=provider.id, expected_version=told["expected_version"], details=details
            )
        except Invalid as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The directory is up to date."))
            return redirect("services")
    shown = {"provider": provider, "form": form}
    return render(request, "services/provider.html", shown, status=422 if form.errors else 200)
