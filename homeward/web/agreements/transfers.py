"""What the law lets an organisation send abroad: its rules, one added, changed, verified or ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import Problem
from homeward.sharing import commands, queries
from homeward.web.agreements.transfer_forms import ChangeRuleForm, EndRuleForm, RuleForm, in_words
from homeward.web.forms import posted, put_problem

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every rule in force, those that nobody verified marked; below, those that ended and why."""
    actor = actor_of(request)
    actor.require(Action.TRANSFER_RULE_EDIT)
    language = get_language() or "en"
    shown = {
        "rules": [in_words(one, language) for one in queries.transfer_rules_of(actor)[:MOST]],
        "ended": [in_words(one, language) for one in queries.ended_transfer_rules(actor)[:MOST]],
    }
    return render(request, "agreements/transfers.html", shown)


@form_page
def add(request: HttpRequest) -> HttpResponse:
    """Allow what no rule allowed so far."""
    actor = actor_of(request)
    actor.require(Action.TRANSFER_RULE_EDIT)
    form = RuleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"terms": form.terms(), "is_verified": form.cleaned_data["is_verified"]}
        if _done(form, commands.add_transfer_rule, actor=actor, **given):
            messages.success(request, gettext("The rule is in force."))
            return redirect("transfer_rules")
    return render(request, "agreements/transfer_add.html", {"form": form}, status=422 if form.errors else 200)


@form_page
def change(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Put another rule in the place of one; what was sent on the old one stays as it was."""
    actor = actor_of(request)
    actor.require(Action.TRANSFER_RULE_EDIT)
    rule = queries.get_transfer_rule(actor, rule_id)
    form = ChangeRuleForm(posted(request), rule=rule)
    if request.method == "POST" and form.is_valid():
        given = {"rule_id": rule.id, "terms": form.terms(), "why": form.cleaned_data["why"]}
        if _done(form, commands.change_transfer_rule, actor=actor, **given):
            messages.success(request, gettext("The rule is changed. Nobody verified the new one yet."))
            return redirect("transfer_rules")
    shown = {"form": form, "rule": in_words(rule, get_language() or "en")}
    return render(request, "agreements/transfer_change.html", shown, status=422 if form.errors else 200)


@form_page
def end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Say why, then end a rule."""
    actor = actor_of(request)
    actor.require(Action.TRANSFER_RULE_EDIT)
    rule = queries.get_transfer_rule(actor, rule_id)
    form = EndRuleForm(posted(request))
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and _done(
        form, commands.end_transfer_rule, actor=actor, rule_id=rule.id, why=form.cleaned_data["why"]
    ):
        messages.success(request, gettext("The rule has ended."))
        return redirect("transfer_rules")
    shown = {"form": form, "rule": in_words(rule, get_language() or "en")}
    return render(request, "agreements/transfer_end.html", shown, status=422 if form.errors else 200)


@require_POST
def verify(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Note that the organisation's lawyer confirmed a rule."""
    commands.verify_transfer_rule(actor_of(request), rule_id=rule_id)
    messages.success(request, gettext("Marked as verified."))
    return redirect("transfer_rules")


@require_POST
def take_examples(request: HttpRequest) -> HttpResponse:
    """Begin with the examples, each marked as one that nobody verified."""
    taken = commands.take_example_rules(actor_of(request))
    if taken.count:
        messages.success(request, gettext("The examples are in force. Have your lawyer verify each."))
    return redirect("transfer_rules")


def _done(form: Any, command: Any, *, actor: Any, **given: Any) -> bool:
    """Whether it was done; what the domain refuses stands beside the question."""
    try:
        command(actor, **given)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        put_problem(form, problem)
        return False
    return True
