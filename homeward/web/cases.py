"""The case list: views, filters, search, pages; saving and forgetting a view of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries import (
    CaseFilters,
    ListedCases,
    Page,
    count_up_to,
    listed_cases,
    page_of_listings,
    saved_views,
    search_cases,
)
from homeward.lib.identifiers import clean_reference
from homeward.lib.problems import Invalid
from homeward.organisations.queries import organisation_names
from homeward.web.case_filters import (
    VIEWS,
    Chip,
    FindForm,
    View,
    address,
    chip_words,
    read_filters,
    read_id,
    spelled_out,
    together,
)
from homeward.web.case_search import keep, recall

ORDERS = {"promise": _("oldest promise first"), "newest": _("last changed first")}


@dataclass(frozen=True)
class Order:
    """An order the list can stand in."""

    label: str | Promise
    url: str
    is_current: bool


class Asked:
    """What an address of the list asks for: a view, filters on top of it, words searched for, an order."""

    def __init__(self, request: HttpRequest, actor: Actor, today: date) -> None:
        given = request.GET
        self.actor, self.today, self.base = actor, today, reverse("cases")
        self.key = given.get("q", "")
        self.text = recall(request, self.key)
        self.chosen = read_filters(given.dict())
        self.saved = given.get("saved", "")
        self.view = _view(given.get("view", ""), self._default())
        self.chosen_order = given["order"] if given.get("order") in ORDERS else ""
        self.order = self.chosen_order or self.view.order
        after = read_id(given.get("after", ""))
        self.after = str(after) if after else None

    def _default(self) -> str:
        """Searching and saved views look everywhere; who works cases begins with their own."""
        everywhere = self.key or self.saved or not self.actor.may(Action.CASE_OPEN)
        return "all" if everywhere else "mine"

    @property
    def filters(self) -> CaseFilters:
        return together(self.view.filters(self.today), self.chosen)

    def listings(self) -> ListedCases:
        """The listings asked for, of those in reach."""
        listed = listed_cases(self.actor, self.filters, self.today)
        return listed & search_cases(self.actor, self.text) if self.text else listed

    def parts(self, **changed: str) -> dict[str, str]:
        """The parts of this list's address, with some changed; a changed list begins at its first page."""
        told = {"view": self.view.code, "saved": self.saved, "q": self.key if self.text else ""}
        return {**told, "order": self.chosen_order, **spelled_out(self.chosen), **changed}

    def url(self, **changed: str) -> str:
        return address(self.base, self.parts(**changed))

    def chips(self) -> list[Chip]:
        """Everything that narrows the list, each with the way back."""
        found = (
            [Chip(gettext("Search: %s") % self.text, self.url(q="", view="", saved=""))] if self.text else []
        )
        return found + [
            Chip(chip_words(name, self.chosen), self.url(saved="", **{name: ""}))
            for name in spelled_out(self.chosen)
        ]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The cases of a view, narrowed by filters or found by search; reading it is one entry on the record."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.CASE_LIST)
    asked = Asked(request, actor, today)
    page = page_of_listings(asked.listings(), asked.order, asked.after)
    remember_reading(actor, Action.CASE_LIST, subject_id=None)
    form = FindForm(
        initial={"text": asked.text, **spelled_out(asked.chosen)}, actor=actor, today=today, auto_id="find_%s"
    )
    return render(request, "cases/list.html", _shown(asked, page, form))


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Take what was typed into search and filters, and lead to the list it asks for."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.CASE_LIST)
    form = FindForm(request.POST, actor=actor, today=today, auto_id="find_%s")
    if not form.is_valid():
        asked = Asked(request, actor, today)
        page = page_of_listings(asked.listings(), asked.order)
        remember_reading(actor, Action.CASE_LIST, subject_id=None)
        return render(request, "cases/list.html", _shown(asked, page, form), status=422)
    text = form.cleaned_data["text"].strip()
    if clean_reference(text) and (only := search_cases(actor, text).first()):
        return redirect("case", only.case_id)
    filters = spelled_out(read_filters({name: form.cleaned_data[name] for name in form.fields}))
    view = "" if text else _view(request.POST.get("view", ""), "all").code
    parts = {"view": view, "q": keep(request, text) if text else "", **filters}
    return redirect(address(reverse("cases"), parts))


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters in force as a view of one's own; words searched for are never kept."""
    actor = actor_of(request)
    actor.require(Action.VIEW_SAVE)
    asked = Asked(request, actor, localdate())
    try:
        view = commands.save_view(actor, name=request.POST.get("name", ""), filters=asked.filters)
    except Invalid as problem:
        messages.error(request, str(next(iter(problem.fields.values()), problem)))
        return redirect(asked.url())
    messages.success(request, gettext("The view is kept for you."))
    return redirect(address(reverse("cases"), {"saved": str(view.id), **spelled_out(asked.filters)}))


@require_POST
def forget_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Drop one of one's own views."""
    commands.forget_view(actor_of(request), view_id=view_id)
    messages.success(request, gettext("The view is forgotten. No case was changed."))
    return redirect("cases")


def _shown(asked: Asked, page: Page, form: FindForm) -> Mapping[str, Any]:
    saved = _saved_tabs(asked)
    return {
        "page": page,
        "asked": asked,
        "form": form,
        "views": [*_tabs(asked), *saved],
        "saved": next((tab for tab in saved if tab["is_current"]), None),
        "chips": asked.chips(),
        "can_save": asked.actor.may(Action.VIEW_SAVE) and bool(spelled_out(asked.chosen)) and not asked.saved,
        "start_url": reverse("new_application") if asked.actor.may(Action.CASE_OPEN) else "",
        "may_assign": asked.actor.may(Action.CASE_ASSIGN),
        "may_open_in_emergency": asked.actor.may(Action.CASE_EMERGENCY),
        "can_export": asked.actor.may(Action.CASE_EXPORT) and bool(page.rows),
        "next_url": asked.url(after=page.following) if page.following else "",
        "first_url": asked.url() if asked.after else "",
        "orders": [
            Order(label, asked.url(order=code), code == asked.order) for code, label in ORDERS.items()
        ],
        "clear_url": address(asked.base, {"view": "all" if asked.text else asked.view.code}),
        "query": address("", asked.parts()).removeprefix("?"),
        "caption": gettext("Cases found") if asked.text else asked.view.label,
        "organisations": organisation_names(asked.actor, {row.lead_organisation_id for row in page.rows}),
    }


def _tabs(asked: Asked) -> list[dict[str, object]]:
    return [
        {
            "label": view.label,
            "url": address(asked.base, {"view": view.code}),
            "is_current": view == asked.view and not asked.saved and not asked.text,
            "count": _count(asked, view) if view.has_count else None,
        }
        for view in VIEWS
    ]


def _saved_tabs(asked: Asked) -> list[dict[str, object]]:
    return [
        {
            "id": view.id,
            "label": view.name,
            "url": address(asked.base, {"saved": str(view.id), **spelled_out(read_filters(view.filters))}),
            "is_current": str(view.id) == asked.saved,
            "count": None,
        }
        for view in saved_views(asked.actor)
    ]


def _count(asked: Asked, view: View) -> str:
    listings = listed_cases(asked.actor, view.filters(asked.today), asked.today)
    count, is_more = count_up_to(listings)
    return f"{count:,}+" if is_more else str(count)


def _view(code: str, default: str) -> View:
    by_code = {view.code: view for view in VIEWS}
    return by_code.get(code) or by_code[default]
