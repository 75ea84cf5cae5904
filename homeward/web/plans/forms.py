"""Questions about goals and activities."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.casework.planning import frame_of
from homeward.lib.money import Money
from homeward.lib.problems import WrongState
from homeward.plans import queries
from homeward.plans.content import ActivityDetails
from homeward.plans.rules import Dimension, Level, PayForm, Picture, ProviderKind
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, languages_to_choose, long_text, offer, one_line, one_of
from homeward.web.journey.words import choices
from homeward.web.money import AmountField
from homeward.web.plans.words import DIMENSIONS, FORMS, LEVELS, PICTURES, PROVIDERS

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.plans.models import PlanVersion

OFTEN = ("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "XOF", "XAF")


def draft_of(actor: Actor, case: Case) -> PlanVersion:
    """The open version of the plan of a case."""
    version = queries.open_version(actor, case.id)
    if version is None:
        raise WrongState(_("There is no draft of a plan. Begin one, or amend the agreed plan."))
    return version


class DraftForm(CaseForm):
    """A change of the draft; it knows which draft its answers were written against."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.version = draft_of(self.actor, self.case)

    def written_to(self) -> dict[str, Any]:
        """The draft as the commands name it."""
        return {
            "version_id": self.version.id,
            "expected_revision": self.cleaned_data["expected_version"],
        }

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"expected_version": draft_of(actor, case).revision}


class GoalForm(DraftForm):
    """What the person wants, as they say it."""

    own_words = forms.CharField(
        label=_("What they want, in their own words"),
        help_text=_("Write down what is said, in the language it is said in. Do not make it sound better."),
        max_length=2000,
        widget=long_text(3),
    )
    language = forms.ChoiceField(label=_("Language of these words"), required=False)
    dimension = one_of(_("Which part of life it is about"), choices(DIMENSIONS))
    voice = ("own_words",)
    widths = {"language": "m"}

    def prepare(self) -> None:
        super().prepare()
        offer(self, "language", languages_to_choose())

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        told = super().saved(actor, case)
        if "goal_id" not in given:
            return {**told, "language": next(iter(case.person.languages), "")}
        goal = queries.get_goal(actor, draft_of(actor, case), given["goal_id"])
        return {
            **told,
            "own_words": goal.own_words,
            "language": goal.language,
            "dimension": goal.dimension,
        }

    def goal(self) -> dict[str, Any]:
        """The answers as the commands take them."""
        answers = self.cleaned_data
        return {
            "own_words": answers["own_words"],
            "language": answers["language"],
            "dimension": Dimension(answers["dimension"]),
        }


class ActivityForm(DraftForm):
    """What is done, by whom, from what money and when."""

    what = forms.CharField(
        label=_("What is done"),
        help_text=_("One thing that somebody can deliver and check."),
        max_length=300,
        widget=one_line(),
    )
    plain_words = forms.CharField(
        label=_("The same for the person’s own page"),
        help_text=_("A few plain words in the language the person reads or hears best."),
        required=False,
        max_length=300,
        widget=one_line(),
    )
    picture = forms.ChoiceField(label=_("Picture on the person’s page"), required=False)
    dimension = one_of(_("Part of life"), choices(DIMENSIONS))
    level = one_of(_("For whom first"), choices(LEVELS))
    provider_kind = forms.ChoiceField(label=_("Who makes it possible"), choices=choices(PROVIDERS))
    provider_name = forms.CharField(
        label=_("Name of the provider"), required=False, max_length=200, widget=one_line()
    )
    form = one_of(_("How it is given"), choices(FORMS))
    package_code = forms.ChoiceField(label=_("Paid from"), required=False)
    cost = AmountField(label=_("Cost"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    matching_percent = forms.IntegerField(
        label=_("What the person adds for each 100 of a matching fund"),
        required=False,
        min_value=0,
        max_value=1000,
    )
    planned_on = OnDateField(label=_("Planned for"), required=False)
    depends_on_id = forms.TypedChoiceField(
        label=_("Has to wait for"), required=False, coerce=UUID, empty_value=None
    )
    feasibility = forms.CharField(
        label=_("Is it feasible there?"),
        help_text=_(
            "Demand and prices on the local market, distance, papers that are needed, who was asked."
        ),
        required=False,
        max_length=4000,
        widget=long_text(3),
    )
    widths = {"picture": "m", "provider_kind": "m", "cost": "m", "currency": "s", "matching_percent": "s"}

    def prepare(self) -> None:
        super().prepare()
        frame = frame_of(self.actor, self.case.id)
        language = get_language() or "en"
        packages = [(one.package_code, one.label.read(language)) for one in frame.rights]
        offer(self, "package_code", [("", _("Not from the programme’s entitlement")), *packages])
        known = dict.fromkeys(one for one in (frame.currency, *OFTEN) if one)
        offer(self, "currency", [("", _("None")), *((one, one) for one in known)])
        offer(self, "picture", [("", _("No picture")), *choices(PICTURES)])
        offer(self, "depends_on_id", [("", _("Nothing")), *self._others()])

    def _others(self) -> list[tuple[str, str]]:
        own = self.initial.get("line_id")
        lines = queries.content_of(self.version).lines()
        return [(str(one.line_id), one.details.what) for one in lines if one.line_id != own]

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        told = super().saved(actor, case)
        version = draft_of(actor, case)
        if "activity_id" not in given:
            goal = queries.get_goal(actor, version, given["goal_id"])
            currency = frame_of(actor, case.id).currency
            begun = {"dimension": goal.dimension, "level": str(Level.INDIVIDUAL)}
            return {**told, **begun, "form": str(PayForm.KIND), "currency": currency}
        activity = queries.get_activity(actor, version, given["activity_id"])
        details = queries.details_of(activity)
        written = {name: _as_answer(value) for name, value in asdict(details).items()}
        cost = f"{details.cost.amount:f}" if details.cost else ""
        return {**told, **written, "cost": cost, "line_id": activity.line_id}

    def clean(self) -> dict[str, Any]:
        """An amount has no more places than its currency."""
        answers = self.cleaned_data
        cost, currency = answers.get("cost"), answers.get("currency")
        if cost and currency:
            try:
                Money.of(cost, currency)
            except ValueError:
                self.add_error("cost", _("This currency has fewer decimal places."))
        return answers

    def details(self) -> ActivityDetails:
        """The answers as the commands take them."""
        answers = self.cleaned_data
        cost, currency = answers["cost"], answers["currency"]
        return ActivityDetails(
            what=answers["what"],
            dimension=Dimension(answers["dimension"]),
            level=Level(answers["level"]),
            provider_kind=ProviderKind(answers["provider_kind"]),
            provider_name=answers["provider_name"],
            package_code=answers["package_code"],
            form=PayForm(answers["form"]),
            cost_minor=_minor(cost, currency),
            currency=currency if cost else "",
            matching_percent=answers["matching_percent"] or 0,
            planned_on=answers["planned_on"],
            depends_on_id=answers["depends_on_id"],
            feasibility=answers["feasibility"],
            plain_words=answers["plain_words"],
            picture=Picture(answers["picture"]) if answers["picture"] else None,
        )


def _minor(cost: Any, currency: str) -> int:
    """A cost without a currency is still a cost: the command asks for its currency."""
    return Money.of(cost, currency).minor if cost and currency else int(cost or 0)


def _as_answer(value: object) -> object:
    return (
        str(value) if isinstance(value, (UUID, Dimension, Level, PayForm, ProviderKind, Picture)) else value
    )
