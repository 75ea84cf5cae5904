"""Forms of samples; shares are asked in percent, scores in points of a hundred."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.followup.sampling.commands import SamplePlan
from homeward.followup.sampling.frames import choices as frame_choices
from homeward.followup.sampling.rules import (
    Aim,
    Allocation,
    Design,
    FrameRule,
    ReplaceWhen,
    SizeAsked,
    TellApart,
)
from homeward.web.case_words import RETURN_TYPES
from homeward.web.followup.words import round_name
from homeward.web.journey.pages import offer, one_line, one_of
from homeward.web.journey.words import choices
from homeward.web.people.words import SEXES
from homeward.web.samples.words import AIMS, ALLOCATIONS, DESIGNS, REPLACE_WHEN, TOLD_APART

CONFIDENCES = [("90", "90 %"), ("95", "95 %"), ("99", "99 %")]
POWERS = [("80", "80 %"), ("90", "90 %")]


def whole(label: Any, least: int, most: int, hint: Any = "", **options: Any) -> forms.IntegerField:
    """A whole number within bounds; left out, it is what stands in the box at first."""
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, help_text=hint, **options
    )


class SizeForm(forms.Form):
    """What a sample has to be large enough for."""

    aim = one_of(_("What you want to know"), choices(AIMS), initial=Aim.SHARE.value)
    margin = whole(_("How exactly: plus or minus, in percent or points"), 1, 50, initial=5)
    expected = whole(
        _("The share you expect, in percent"),
        0,
        100,
        _("50 when nothing is known: the safe side."),
        initial=50,
    )
    sd = whole(_("How much scores differ (standard deviation), in points of 100"), 1, 50, initial=20)
    difference = whole(_("The difference worth finding, in points of 100"), 1, 100, initial=10)
    number = whole(_("How many people, when that is decided"), 1, 50_000)
    response = whole(_("How many in a hundred will answer"), 1, 100, initial=70)
    per_cluster = whole(
        _("People asked in each place"), 1, 1000, _("1 when you do not draw by place."), initial=1
    )
    icc = whole(
        _("How alike people of one place are, in percent"),
        0,
        100,
        _("The correlation within a place; 5 is common. It counts when several are asked in a place."),
        initial=5,
    )
    confidence = forms.ChoiceField(label=_("How sure"), choices=CONFIDENCES, initial="95")
    power = forms.ChoiceField(
        label=_("How surely a difference that is there is found"), choices=POWERS, initial="80"
    )
    size_names = (
        *("aim", "margin", "expected", "sd", "difference", "number", "response"),
        *("per_cluster", "icc", "confidence", "power"),
    )

    def asked(self) -> SizeAsked:
        """The answers as the rules take them."""
        given = {name: self._given(name) for name in self.size_names}
        shares = ("margin", "expected", "sd", "difference", "response", "icc", "confidence", "power")
        told = {name: int(given[name]) / 100 for name in shares}
        number, each = int(given["number"] or 0), float(given["per_cluster"])
        return SizeAsked(Aim(given["aim"]), number=number, per_cluster=each, **told)

    def _given(self, name: str) -> Any:
        typed = self.cleaned_data.get(name)
        return self.fields[name].initial if typed in (None, "") else typed


class CalculatorForm(SizeForm):
    """The same, with how many people there are."""

    people = whole(_("How many people there are in all"), 1, 10_000_000, _("Empty when they are very many."))


class PlanForm(SizeForm):
    """A sample from the rule of its frame to its seed."""

    name = forms.CharField(label=_("Name of the sample"), max_length=200, widget=one_line())
    round = forms.ChoiceField(label=_("Round"))
    programme_id = forms.ChoiceField(label=_("Programme"), required=False)
    partner_id = forms.ChoiceField(label=_("Organisation that leads"), required=False)
    from_months = whole(_("Arrived at least so many months ago"), 0, 240)
    to_months = whole(_("Arrived at most so many months ago"), 0, 240)
    places = forms.MultipleChoiceField(
        label=_("Districts; none for all"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sexes = forms.MultipleChoiceField(
        label=_("Sex; none for all"),
        required=False,
        choices=choices(SEXES),
        widget=forms.CheckboxSelectMultiple,
    )
    return_types = forms.MultipleChoiceField(
        label=_("Type of return; none for all"),
        required=False,
        choices=choices(RETURN_TYPES),
        widget=forms.CheckboxSelectMultiple,
    )
    design = one_of(_("How to draw"), choices(DESIGNS), initial=Design.SIMPLE.value)
    by = one_of(_("Groups that are told apart"), choices(TOLD_APART), initial=TellApart.PLACE.value)
    allocation = one_of(
        _("By group: how many of each"), choices(ALLOCATIONS), initial=Allocation.PROPORTIONAL.value
    )
    least = whole(_("By group: at least so many of each"), 0, 10_000, initial=0)
    clusters = whole(_("By place: how many places"), 1, 1000, initial=10)
    replace_when = one_of(
        _("Whose place the next in line may take"),
        choices(REPLACE_WHEN),
        initial=ReplaceWhen.NOT_IN_FRAME.value,
    )
    replace_after = whole(_("After how many attempts"), 1, 50, initial=5)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=64,
        required=False,
        help_text=_("Any word or number. The same seed and list give the same sample; empty: one is made."),
    )
    rule_names = ("round", "programme_id", "partner_id", "from_months", "to_months", "places")
    whom = (*rule_names, "sexes", "return_types")
    how = ("design", "by", "allocation", "least", "clusters", "replace_when", "replace_after", "seed")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        found = frame_choices(actor)
        everybody = [("", _("All"))]
        offer(self, "round", [(code, round_name(code)) for code in found.rounds])
        offer(self, "programme_id", [*everybody, *((str(key), name) for key, name in found.programmes)])
        offer(self, "partner_id", [*everybody, *((str(key), name) for key, name in found.partners)])
        offer(self, "places", [(name, name) for name in found.places])

    def rule(self) -> FrameRule:
        """Who belongs."""
        given = self.cleaned_data
        return FrameRule(
            round=given["round"],
            programme_id=UUID(given["programme_id"]) if given["programme_id"] else None,
            partner_id=UUID(given["partner_id"]) if given["partner_id"] else None,
            from_months=given["from_months"] or 0,
            to_months=given["to_months"],
            places=tuple(given["places"]),
            sexes=tuple(given["sexes"]),
            return_types=tuple(given["return_types"]),
        )

    def plan(self) -> SamplePlan:
        """The answers as the command takes them."""
        given = self.cleaned_data
        return SamplePlan(
            name=given["name"],
            rule=self.rule(),
            asked=self.asked(),
            design=Design(given["design"]),
            by=TellApart(given["by"]),
            allocation=Allocation(given["allocation"]),
            least=int(self._given("least")),
            clusters=int(self._given("clusters")),
            seed=given["seed"],
            replace_when=ReplaceWhen(given["replace_when"]),
            replace_after=int(self._given("replace_after")),
        )

    def fields_of(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def whom_fields(self) -> list[Any]:
        return self.fields_of(*self.whom)

    @property
    def how_fields(self) -> list[Any]:
        return self.fields_of(*self.how)

    @property
    def size_fields(self) -> list[Any]:
        return self.fields_of(*self.size_names)


class DoubleForm(forms.Form):
    """What part of the unreached is followed up."""

    share = forms.IntegerField(
        label=_("How many in a hundred of them"),
        min_value=1,
        max_value=100,
        initial=35,
        help_text=_("As many as can really be reached: each stands for several."),
    )
