"""The notices of an organisation: what people read before they are asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.consent.commands import publish_notice
from homeward.consent.queries import newest_notices, notice_for
from homeward.consent.rules import LANGUAGES, PARTS
from homeward.consent.wording import example_texts
from homeward.lib.problems import NotFound, Problem
from homeward.sharing.rules import Purpose
from homeward.web.consents.forms import NoticeForm
from homeward.web.forms import posted, put_problem


@require_http_methods(["GET", "HEAD"])
def notices(request: HttpRequest) -> HttpResponse:
    """One row for each purpose: the words in force, or that nothing may be asked yet."""
    actor = actor_of(request)
    actor.require(Action.NOTICE_PUBLISH)
    published = {notice.purpose: notice for notice in newest_notices(actor)}
    rows = [(purpose, published.get(purpose)) for purpose in Purpose]
    return render(request, "consents/notices.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, purpose: str) -> HttpResponse:
    """Write the notice of a purpose; an example stands ready."""
    actor = actor_of(request)
    actor.require(Action.NOTICE_PUBLISH)
    if purpose not in list(Purpose):
        raise NotFound
    chosen = Purpose(purpose)
    current, example = notice_for(actor, chosen), example_texts(chosen)
    texts = current.texts if current else example
    form = NoticeForm(posted(request), initial=NoticeForm.flat(texts))
    if request.method == "POST" and form.is_valid():
        try:
            publish_notice(actor, purpose=chosen, texts=form.texts(), is_example=form.texts() == example)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The notice is published."))
            return redirect("notices")
    shown = {"purpose": chosen, "current": current, "form": form, "languages": LANGUAGES, "parts": PARTS}
    return render(request, "consents/notice.html", shown, status=422 if form.errors else 200)
