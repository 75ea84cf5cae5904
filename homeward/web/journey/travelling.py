"""The journey: planned, changed, begun, not made, ended by arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.commands.travelling import TravelDetails
from homeward.cases.journey_rules import Act, Readiness
from homeward.cases.queries.journey import live_travel
from homeward.casework import commands as casework
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, one_line, one_of
from homeward.web.journey.words import READINESS, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case

PLAIN = ("departs_on", "arrives_on", "arrival_place", "route", "tickets", "papers", "escort")


class TravelForm(CaseForm):
    """When, by which way, with which papers, and when and where the person is expected."""

    departs_on = OnDateField(label=_("Day of departure"))
    arrives_on = OnDateField(label=_("Expected arrival"))
    arrival_place = forms.CharField(label=_("Where they arrive"), max_length=200, widget=one_line())
    route = forms.CharField(
        label=_("Flight or route"),
        help_text=_("For example the flight number and where they change."),
        required=False,
        max_length=400,
        widget=one_line(),
    )
    tickets = one_of(_("Tickets"), choices(READINESS))
    papers = one_of(_("Travel documents"), choices(READINESS))
    escort = forms.CharField(
        label=_("Who travels along to help"), required=False, max_length=300, widget=one_line()
    )
    medical_items = forms.CharField(
        label=_("Medicine or help needed on the way"), required=False, max_length=2000, widget=long_text(3)
    )
    sealed = {"medical_items": _("Opened by caseworkers on this case only, on the record.")}
    widths = {"arrival_place": "m", "route": "m"}

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {
            "tickets": str(Readiness.TO_DO),
            "papers": str(Readiness.TO_DO),
            "arrival_place": case.return_place,
        }

    def details(self) -> TravelDetails:
        """The answers as one value."""
        answers = {name: self.cleaned_data[name] for name in PLAIN}
        for name in ("tickets", "papers"):
            answers[name] = Readiness(answers[name])
        return TravelDetails(**answers, medical_items=self.cleaned_data["medical_items"])


class ChangedTravelForm(TravelForm):
    """A planned journey, changed."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["medical_items"].help_text = _("Leave empty to keep what is sealed.")

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        travel = live_travel(actor, case.id)
        if travel is None:
            return {"expected_version": 0}
        recorded = {name: getattr(travel, name) for name in PLAIN}
        return {**recorded, "expected_version": travel.version}

    def details(self) -> TravelDetails:
        details = super().details()
        return TravelDetails(**{**vars(details), "medical_items": details.medical_items or None})


class DepartureForm(CaseForm):
    departed_on = OnDateField(label=_("Day of departure"), not_future=True)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        travel = live_travel(actor, case.id)
        return {"departed_on": travel.departs_on if travel and travel.departs_on <= localdate() else None}


class NotTravelledForm(CaseForm):
    on = OnDateField(label=_("Day"), not_future=True)
    reason = forms.CharField(
        label=_("What happened"),
        help_text=_("Say what happened, not who is to blame. The journey can be planned anew."),
        max_length=4000,
        widget=long_text(3),
    )

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"on": localdate()}


class ArrivalForm(CaseForm):
    arrived_on = OnDateField(label=_("Day of arrival"), not_future=True)
    place = forms.CharField(label=_("Where"), max_length=200, widget=one_line())
    note = forms.CharField(
        label=_("How they arrived"),
        help_text=_("For example who met them, and what is needed first."),
        required=False,
        max_length=4000,
        widget=long_text(3),
    )
    widths = {"place": "m"}

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        travel = live_travel(actor, case.id)
        return {"place": travel.arrival_place if travel else case.return_place}


def _plan(form: CaseForm) -> object:
    assert isinstance(form, TravelForm)  # noqa: S101
    return commands.plan_travel(form.actor, case_id=form.case.id, details=form.details())


def _change(form: CaseForm) -> object:
    assert isinstance(form, ChangedTravelForm)  # noqa: S101
    version = form.cleaned_data["expected_version"]
    return commands.change_travel(
        form.actor, case_id=form.case.id, expected_version=version, details=form.details()
    )


plan = case_page(
    CasePage(
        heading=_("Plan the journey"),
        lead=_("Those who receive the person see the day and the place they are expected."),
        save=_("Save the plan"),
        done=_("The journey is planned."),
        verb=Action.TRAVEL_PLAN,
        act=Act.PLAN_TRAVEL,
        form=TravelForm,
        run=_plan,
    )
)
change = case_page(
    CasePage(
        heading=_("Change the planned journey"),
        save=_("Save the change"),
        done=_("The change is saved."),
        verb=Action.TRAVEL_PLAN,
        act=Act.CHANGE_TRAVEL,
        form=ChangedTravelForm,
        run=_change,
    )
)
depart = case_page(
    CasePage(
        heading=_("Record the departure"),
        save=_("Record the departure"),
        done=_("The departure is recorded."),
        verb=Action.DEPARTURE_RECORD,
        act=Act.DEPART,
        form=DepartureForm,
        run=lambda form: commands.record_departure(form.actor, **form.told()),
    )
)
not_travelled = case_page(
    CasePage(
        heading=_("The journey did not take place"),
        save=_("Record it"),
        done=_("It is recorded that the journey did not take place."),
        verb=Action.DEPARTURE_RECORD,
        act=Act.NOT_TRAVEL,
        form=NotTravelledForm,
        run=lambda form: commands.record_not_travelled(form.actor, **form.told()),
    )
)
arrive = case_page(
    CasePage(
        heading=_("Confirm the arrival"),
        lead=_(
            "Only who receives the person confirms that they came. The time there is counted from this day."
        ),
        save=_("Confirm the arrival"),
        done=_("The arrival is confirmed."),
        verb=Action.ARRIVAL_CONFIRM,
        act=Act.ARRIVE,
        form=ArrivalForm,
        run=lambda form: casework.confirm_arrival(form.actor, **form.told()),
    )
)
