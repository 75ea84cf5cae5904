"""How a page with one form about a person answers."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from homeward.lib.problems import EditConflict, NotFound, Problem, Refused
from homeward.web.forms import put_problem


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing was filled in; None while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, template: str, form: Form, act: Callable[[], HttpResponse], **words: Any
) -> HttpResponse:
    """Show a form; when its answers will do, act; what the domain then refuses goes back to its question."""
    if form.is_bound and form.is_valid():
        try:
            return act()
        except (NotFound, Refused, EditConflict):
            raise
        except Problem as problem:
            put_problem(form, problem)
    status = 422 if form.is_bound else 200
    return render(request, f"people/{template}.html", {"form": form, **words}, status=status)
