"""Let a telephone in, show what it has to read, shut it out."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import Refused
from homeward.surveys import commands
from homeward.surveys.queries import colleagues_phones, own_phones
from homeward.web.devices.settings import USERNAME, CollectSettings
from homeward.web.forms import posted

MOST_SHOWN = 200


class PhoneForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the phone"),
        max_length=100,
        help_text=gettext_lazy("Such as its colour or number, so that you know which one to shut out."),
    )
    shows_names = forms.BooleanField(
        label=gettext_lazy("Show names of people to visit on this phone"),
        required=False,
        help_text=gettext_lazy("Without this it shows references only. A lost phone then tells no name."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def phones(request: HttpRequest) -> HttpResponse:
    """The telephones at hand; a new one is let in by a picture that is shown once."""
    actor = actor_of(request)
    if not (actor.may(Action.PHONE_ADD) or actor.may(Action.PHONE_VIEW)):
        raise Refused
    form = PhoneForm(posted(request))
    if form.is_valid():
        return _let_in(request, actor, form)
    if form.is_bound:
        actor.require(Action.PHONE_ADD)
    return _shown(request, actor, form, 422 if form.is_bound else 200)


@require_POST
def end(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Shut a telephone out."""
    commands.end_phone(actor_of(request), phone_id=phone_id)
    messages.success(request, _("The phone is shut out. What it sent before stays; it sends nothing more."))
    return redirect("phones")


def _let_in(request: HttpRequest, actor: Actor, form: PhoneForm) -> HttpResponse:
    made = commands.add_phone(actor, **form.cleaned_data)
    server = request.build_absolute_uri("/phone")
    settings = CollectSettings(server, made.secret)
    shown = {"phone": made.phone, "settings": settings, "username": USERNAME}
    return render(request, "devices/set_up.html", shown)


def _shown(request: HttpRequest, actor: Actor, form: PhoneForm, status: int) -> HttpResponse:
    shown = {
        "form": form if actor.may(Action.PHONE_ADD) else None,
        "mine": own_phones(actor)[:MOST_SHOWN] if actor.may(Action.PHONE_ADD) else (),
        "others": colleagues_phones(actor)[:MOST_SHOWN] if actor.may(Action.PHONE_VIEW) else None,
        "now": timezone.now(),
    }
    return render(request, "devices/phones.html", shown, status=status)
