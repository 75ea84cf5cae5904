"""Opening a case beyond one's reach when it cannot wait, and reviewing that afterwards."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries import get_emergency_to_review
from homeward.lib.problems import NotFound, Problem
from homeward.web.case_forms import long_text
from homeward.web.case_header import form_page
from homeward.web.forms import posted, put_problem


class EmergencyForm(forms.Form):
    """Which case, and why it cannot wait."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        max_length=40,
        help_text=_("Such as HW-7K3M-92QX-4. Small letters and missing dashes do not matter."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("What happened, and why it cannot wait"), max_length=1000, widget=long_text(3)
    )


class ReviewForm(forms.Form):
    """Whether it was one."""

    was_justified = forms.ChoiceField(
        label=_("Was it an emergency?"),
        choices=[("yes", _("Yes, the case had to be opened")), ("no", _("No, another way was open"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What you found, and what follows"), required=False, max_length=1000, widget=long_text(3)
    )


@form_page
def open_case(request: HttpRequest) -> HttpResponse:
    """A case of one's own organisation, opened for a few hours, by its reference."""
    actor = actor_of(request)
    actor.require(Action.CASE_EMERGENCY)
    form = EmergencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened = commands.open_in_emergency(actor, **form.cleaned_data)
        except NotFound:
            form.add_error("reference", gettext("No case of your organisation has this reference."))
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.warning(request, gettext("The case is open to you for eight hours."))
            return redirect("case", opened.case_id)
    return render(request, "cases/emergency.html", {"form": form}, status=422 if form.errors else 200)


@form_page
def review(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """What a colleague opened and why; say whether it was an emergency. Nobody reviews their own."""
    actor = actor_of(request)
    actor.require(Action.CASE_EMERGENCY_REVIEW)
    opened = get_emergency_to_review(actor, emergency_id)
    form = ReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        commands.review_emergency(
            actor,
            emergency_id=opened.id,
            was_justified=form.cleaned_data["was_justified"] == "yes",
            note=form.cleaned_data["note"],
        )
        messages.success(request, gettext("Your review is on record."))
        return redirect("inbox")
    shown = {"opened": opened, "form": form}
    return render(request, "cases/emergency_review.html", shown, status=422 if form.errors else 200)
