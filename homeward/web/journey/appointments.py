"""Appointments: making, moving, and saying what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act, AppointmentState, Interpreting
from homeward.cases.queries.journey import get_appointment
from homeward.lib.problems import NotFound
from homeward.organisations.queries import actor_for, colleagues
from homeward.people.queries import contacts_of
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import (
    CaseForm,
    CasePage,
    case_page,
    languages_to_choose,
    long_text,
    offer,
    one_line,
    one_of,
)
from homeward.web.journey.words import APPOINTMENT_STATES, INTERPRETING, choices

if TYPE_CHECKING:
    from homeward.cases.models import Appointment, Case


class WhenForm(CaseForm):
    """A day and an hour that lie ahead."""

    day = OnDateField(label=_("Day"), not_past=True)
    hour = forms.TimeField(
        label=_("Time"),
        help_text=_("For example 14:30"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Enter a time, such as 14:30")},
    )
    widths = {"hour": "s", "place": "m", "language": "m", "membership_id": "m"}

    def starts_at(self) -> datetime:
        """The moment, at the clock of this installation."""
        return make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class AppointmentForm(WhenForm):
    subject = forms.CharField(label=_("What it is about"), max_length=200, widget=one_line())
    place = forms.CharField(label=_("Where"), required=False, max_length=200, widget=one_line())
    membership_id = forms.TypedChoiceField(label=_("With whom"), coerce=UUID)
    language = forms.ChoiceField(label=_("Language"), required=False)
    interpreting = one_of(_("Interpreter"), choices(INTERPRETING, Interpreting.MISSING))
    field_order = ("subject", "day", "hour", "place", "membership_id", "language", "interpreting")

    def prepare(self) -> None:
        offer(self, "language", languages_to_choose())
        workers = [(str(one.id), one.user.name) for one in colleagues(self.actor) if _works_with_cases(one)]
        offer(self, "membership_id", workers)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {
            "membership_id": str(actor.membership_id),
            "language": (case.person.languages or [""])[0],
            "interpreting": str(Interpreting.NOT_NEEDED),
        }

    def told(self) -> dict[str, Any]:
        answers = {
            name: self.cleaned_data[name] for name in ("subject", "place", "language", "membership_id")
        }
        answers["interpreting"] = Interpreting(self.cleaned_data["interpreting"])
        return {"case_id": self.case.id, "starts_at": self.starts_at(), **answers}


class MoveForm(WhenForm):
    place = forms.CharField(label=_("Where"), required=False, max_length=200, widget=one_line())
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        appointment = appointment_of(actor, case, given["appointment_id"])
        starts_at = localtime(appointment.starts_at)
        return {
            "day": starts_at.date(),
            "hour": starts_at.time(),
            "place": appointment.place,
            "expected_version": appointment.version,
        }


class OutcomeForm(CaseForm):
    state = one_of(_("What became of it?"), choices(APPOINTMENT_STATES, AppointmentState.OPEN))
    note = forms.CharField(
        label=_("What a colleague needs to know"),
        help_text=_("Say why, if it was called off."),
        required=False,
        max_length=400,
        widget=long_text(3),
    )

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        appointment_of(actor, case, given["appointment_id"])
        return {}


def appointment_of(actor: Actor, case: Case, appointment_id: UUID) -> Appointment:
    """The appointment, if it is this case's."""
    appointment = get_appointment(actor, appointment_id)
    if appointment.case_id != case.id:
        raise NotFound
    return appointment


def _works_with_cases(membership: Any) -> bool:
    return actor_for(membership).may(Action.CASE_VIEW)


def _move(form: CaseForm, appointment_id: UUID) -> object:
    assert isinstance(form, MoveForm)  # noqa: S101
    return commands.reschedule_appointment(
        form.actor,
        appointment_id=appointment_id,
        expected_version=form.cleaned_data["expected_version"],
        starts_at=form.starts_at(),
        place=form.cleaned_data["place"],
    )


def _end(form: CaseForm, appointment_id: UUID) -> object:
    state, note = form.cleaned_data["state"], form.cleaned_data["note"]
    if state == AppointmentState.CANCELLED:
        return commands.cancel_appointment(form.actor, appointment_id=appointment_id, reason=note)
    end = commands.keep_appointment if state == AppointmentState.KEPT else commands.miss_appointment
    return end(form.actor, appointment_id=appointment_id, note=note)


def _which(actor: Actor, case: Case, given: Any) -> dict[str, object]:
    return {"appointment": appointment_of(actor, case, given["appointment_id"])}


make = case_page(
    CasePage(
        heading=_("Make an appointment"),
        save=_("Make the appointment"),
        done=_("The appointment is made. You are reminded the day before."),
        verb=Action.APPOINTMENT_MAKE,
        act=Act.MAKE_APPOINTMENT,
        form=AppointmentForm,
        run=lambda form: commands.make_appointment(form.actor, **form.told()),
        before="journey/safe_contact.html",
        context=lambda actor, case, given: {"contacts": contacts_of(actor, case.person_id)},
    )
)
move = case_page(
    CasePage(
        heading=_("Move the appointment"),
        save=_("Move it"),
        done=_("The appointment is moved."),
        verb=Action.APPOINTMENT_CHANGE,
        form=MoveForm,
        run=_move,
        before="journey/appointment.html",
        context=_which,
    )
)
end = case_page(
    CasePage(
        heading=_("What became of the appointment"),
        save=_("Record it"),
        done=_("It is recorded."),
        verb=Action.APPOINTMENT_CHANGE,
        form=OutcomeForm,
        run=_end,
        before="journey/appointment.html",
        context=_which,
    )
)
