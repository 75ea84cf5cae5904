"""Channels of an organisation: added, tried, shut out, all on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.texting import commands
from homeward.texting.queries import live_channel, own_channels
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.texting.forms import ChannelForm, TryForm

SECTION = "text_channels"


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """The channels, those at work first; a new one is let in below, its secrets shown once."""
    actor = actor_of(request)
    actor.require(Action.CHANNEL_VIEW)

    def add(answers: Answers) -> HttpResponse:
        made = commands.add_channel(actor, details=form.details())
        root = request.build_absolute_uri(f"/gateway/{made.door}/")
        return page(
            request, "channel_made", SECTION, made=made, received=root + "received", report=root + "report"
        )

    form = ChannelForm(sent(request))
    return form_page(request, "channels", SECTION, form, add, channels=own_channels(actor)[:200])


@require_http_methods(["GET", "HEAD", "POST"])
def try_channel(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """Send a text that says it is a test."""
    actor = actor_of(request)
    actor.require(Action.CHANNEL_TEST)
    channel = live_channel(actor, channel_id)

    def send(answers: Answers) -> HttpResponse:
        commands.try_channel(actor, channel_id=channel_id, number=answers["number"])
        messages.success(request, _("The test is on its way. See here whether the gateway took it."))
        return redirect(SECTION)

    return form_page(request, "try_channel", SECTION, TryForm(sent(request)), send, channel=channel)


@require_POST
def end_channel(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """Shut a gateway out."""
    commands.end_channel(actor_of(request), channel_id=channel_id)
    messages.success(
        request, _("The channel is shut out. Nothing goes out by it, and what it brings is refused.")
    )
    return redirect(SECTION)
