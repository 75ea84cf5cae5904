"""How long records are kept, the ledger of erasures, the registers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.casework.rights.register import register
from homeward.casework.rights.retention import due_for_erasure
from homeward.codelists.countries import country_choices
from homeward.people.queries.behind import people_named
from homeward.privacy import queries
from homeward.privacy.commands.retention import end_rule, set_rule
from homeward.privacy.rules import RecordClass
from homeward.sharing.queries import visible_disclosures
from homeward.web.case_forms import long_text
from homeward.web.forms import posted
from homeward.web.protection.acts import ActPage, act_page
from homeward.web.protection.words import BECAUSE, RECORD_CLASSES

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST_SHOWN = 200
RULE = ActPage(
    _("Set a retention rule"),
    _("Set the rule"),
    _("The rule stands from tonight on."),
    _("A rule of one country goes before the rule of all. What no rule covers is kept for good."),
)


class RuleForm(forms.Form):
    """How long what is kept, and why."""

    record_class = forms.ChoiceField(
        label=_("Which records"), choices=list(RECORD_CLASSES.items()), widget=forms.RadioSelect
    )
    country = forms.ChoiceField(label=_("Country of return"), required=False)
    months = forms.IntegerField(
        label=_("Kept for how many months after their last day"), min_value=1, max_value=1200
    )
    because = forms.CharField(
        label=_("Which law or agreement asks for this"), max_length=1000, widget=long_text(2)
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        countries = [("", _("All countries")), *country_choices(get_language() or "en")]
        self.fields["country"].choices = countries  # type: ignore[attr-defined]

    def clean_record_class(self) -> RecordClass:
        return RecordClass(self.cleaned_data["record_class"])


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The rules, and whom they would erase tonight: a dry run that changes nothing."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    due = due_for_erasure(actor, today=localdate(), most=MOST_SHOWN)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    people = people_named(actor, [one.person_id for one in due])
    shown = {
        "rules": [
            {"rule": one, "what": RECORD_CLASSES[one.record_class]} for one in queries.live_rules(actor)
        ],
        "due": [{"one": one, "person": people.get(one.person_id)} for one in due],
        "going": sum(one.goes for one in due),
        "erasures": [
            {"erasure": one, "because": BECAUSE[one.because]} for one in queries.erasures(actor)[:MOST_SHOWN]
        ],
    }
    return render(request, "protection/retention.html", shown)


@form_page
def new_rule(request: HttpRequest) -> HttpResponse:
    """Set a rule."""
    actor = actor_of(request)
    actor.require(Action.RETENTION_SET)

    def run(**given: Any) -> None:
        set_rule(actor, **given)

    return act_page(
        request, RULE, RuleForm(posted(request)), run, way_back=(reverse("retention"), _("Retention"))
    )


@require_POST
def stop_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """End a rule."""
    end_rule(actor_of(request), rule_id=rule_id)
    messages.success(request, gettext("The rule is ended. What it covered is kept for good."))
    return redirect("retention")


@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """Records of processing, generated; as a page, or as JSON."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    found = register(actor, on=localdate())
    if request.GET.get("format") == "json":
        answer = JsonResponse(found, json_dumps_params={"indent": 1, "ensure_ascii": False})
        answer["Content-Disposition"] = 'attachment; filename="records-of-processing.json"'
        return answer
    measures = [
        (name.replace("_", " "), ", ".join(value) if isinstance(value, list) else value)
        for name, value in found["measures"].items()
    ]
    rules = [{**rule, "about": RECORD_CLASSES[rule["records"]]} for rule in found["retention"]]
    shown = {"found": found, "measures": measures, "rules": rules}
    return render(request, "protection/processing.html", shown)


@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """The register of what was disclosed to whom, on what ground, until when."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    related = ("organisation", "by_organisation")
    found = list(visible_disclosures(actor).select_related(*related).order_by("-made_at")[:MOST_SHOWN])
    people = people_named(actor, {one.subject_id for one in found})
    rows = [{"one": one, "person": people.get(one.subject_id)} for one in found]
    return render(request, "protection/disclosures.html", {"rows": rows})
