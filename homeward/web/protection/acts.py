"""One page for one act of an officer: its heading, its question, the command it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from homeward.lib.problems import Problem
from homeward.web.forms import put_problem

Words = str | Promise


@dataclass(frozen=True)
class ActPage:
    """What an act's page says."""

    title: Words
    submit: Words
    done: Words
    lead: Words = ""
    kind: str = "filled"
    warning: Words = ""


def act_page(
    request: HttpRequest,
    page: ActPage,
    form: forms.Form,
    run: Callable[..., Any],
    *,
    way_back: tuple[str, Words],
) -> HttpResponse:
    """Ask, do, and go back; what the domain refuses stands beside the question."""
    back, crumb = way_back
    if request.method == "POST" and form.is_valid():
        try:
            run(**form.cleaned_data)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            put_problem(form, problem)
        else:
            messages.success(request, str(page.done))
            return redirect(back)
    shown = {"page": page, "form": form, "back": back, "crumb": crumb}
    return render(request, "protection/act.html", shown, status=422 if form.errors else 200)
