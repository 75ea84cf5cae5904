"""Noting what is known of a person, clearing gates, and confirming that somebody can travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.gate_rules import Evidence, Gate, ProfileFlag, ProfileSource, evidence_allowed
from homeward.cases.gates import GATE_WORDS
from homeward.cases.journey_rules import Act, PaperKind
from homeward.cases.queries.gates import flags_of_case, gates_of_case
from homeward.cases.queries.journey import counselling_of_case, documents_of_case
from homeward.lib.problems import NotFound
from homeward.web.fields import OnDateField
from homeward.web.journey.gate_words import FLAGS, WHO_CLEARS
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, offer, one_line
from homeward.web.journey.words import PAPER_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homeward.cases.models import Case

NOTHING = ("", _("None of these"))


def gate_asked(given: Mapping[str, Any]) -> Gate:
    """The gate an address names, or NotFound."""
    if given.get("gate") not in set(Gate):
        raise NotFound
    return Gate(given["gate"])


class ProfileForm(CaseForm):
    """Everything that is known, ticked; what was ticked before and is not now is taken away."""

    flags = forms.MultipleChoiceField(
        label=_("What is known of the person"),
        help_text=_("Gates before travel and the least time of follow-up depend on it. No score decides it."),
        choices=[(str(flag), words) for flag, words in FLAGS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why something is taken away"),
        help_text=_("Only needed then, and only a colleague of whoever noted it can do it."),
        required=False,
        max_length=400,
        widget=one_line(),
    )

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: Any) -> dict[str, Any]:
        return {"flags": sorted(flags_of_case(actor, case.id))}


class DecisionForm(CaseForm):
    """Who decided about a gate."""

    decided_by_name = forms.CharField(label=_("Who decided"), max_length=200, widget=one_line())
    decided_by_function = forms.CharField(
        label=_("In what function"),
        help_text=_("For example physician, guardian, child-protection officer."),
        max_length=200,
        widget=one_line(),
    )
    decided_by_organisation = forms.CharField(
        label=_("Of which organisation or family"), max_length=200, widget=one_line()
    )
    decided_on = OnDateField(label=_("On which day"), not_future=True)
    gate = forms.CharField(widget=forms.HiddenInput)
    widths = {"decided_by_name": "m", "decided_by_function": "m", "decided_by_organisation": "m"}

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: Any) -> dict[str, Any]:
        return {"gate": str(gate_asked(given))}

    @property
    def gate_asked(self) -> Gate:
        return Gate(self.initial["gate"])

    def decided_by(self) -> commands.DecidedBy:
        """The decision-maker as one value."""
        told = self.cleaned_data
        return commands.DecidedBy(
            told["decided_by_name"],
            told["decided_by_function"],
            told["decided_by_organisation"],
            told["decided_on"],
        )

    def paper(self) -> UUID | None:
        """The document chosen, or the one just handed in."""
        file = self.cleaned_data.get("file")
        if not file:
            chosen = self.cleaned_data.get("document_id")
            return UUID(chosen) if chosen else None
        kept = commands.add_case_document(
            self.actor,
            case_id=self.case.id,
            name=file.name,
            content=file.read(),
            kind=PaperKind.OTHER,
            note=str(GATE_WORDS[self.gate_asked]),
        )
        return kept.id


class ClearanceForm(DecisionForm):
    """The decision with its evidence, its conditions and how long it holds."""

    document_id = forms.ChoiceField(
        label=_("The document that shows it"), required=False, choices=[], widget=forms.RadioSelect
    )
    counselling_id = forms.ChoiceField(
        label=_("The session in which it was said"), required=False, choices=[], widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("Or hand in the document now"),
        help_text=_("A picture or a PDF, up to 20 MB. It is kept encrypted with the case."),
        required=False,
    )
    valid_until = OnDateField(
        label=_("Holds until"), help_text=_("Leave empty if no end is written."), required=False
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("For example oxygen on board, or somebody who travels along."),
        required=False,
        max_length=2000,
        widget=long_text(3),
    )
    sealed = {"conditions": _("Opened by caseworkers on this case only, on the record.")}

    def prepare(self) -> None:
        allowed = evidence_allowed(self.gate_asked)
        if Evidence.COUNSELLING in allowed:
            offer(self, "counselling_id", [NOTHING, *_sessions(self.actor, self.case)])
        else:
            del self.fields["counselling_id"]
        if Evidence.DOCUMENT in allowed:
            offer(self, "document_id", [NOTHING, *_papers(self.actor, self.case)])
        else:
            del self.fields["document_id"], self.fields["file"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        evidence = [name for name in ("document_id", "counselling_id", "file") if name in self.fields]
        if not any(told.get(name) for name in evidence):
            self.add_error(evidence[0], _("The evidence is needed before a gate opens."))
        return told


class RefusalForm(DecisionForm):
    reason = forms.CharField(label=_("Why it was not cleared"), max_length=400, widget=long_text(3))
    file = forms.FileField(
        label=_("The document that shows it"),
        help_text=_("A picture or a PDF, up to 20 MB. It is kept encrypted with the case."),
        required=False,
    )


class LapseForm(CaseForm):
    gate = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("What has changed"), max_length=400, widget=long_text(3))

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: Any) -> dict[str, Any]:
        return {"gate": str(gate_asked(given))}


class ConfirmForm(CaseForm):
    confirmed_on = OnDateField(label=_("Day"), not_future=True)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: Any) -> dict[str, Any]:
        return {"confirmed_on": localdate()}


def _sessions(actor: Actor, case: Case) -> list[tuple[str, Any]]:
    found = counselling_of_case(actor, case.id)
    return [(str(one.id), f"{date_format(one.held_on, 'j M Y')}, {one.recorded_by_name}") for one in found]


def _papers(actor: Actor, case: Case) -> list[tuple[str, Any]]:
    return [
        (str(one.id), f"{PAPER_KINDS[one.kind]}: {one.note or date_format(one.added_at, 'j M Y')}")
        for one in documents_of_case(actor, case.id)
    ]


def _note(form: CaseForm) -> object:
    flags = [ProfileFlag(flag) for flag in form.cleaned_data["flags"]]
    return commands.set_profile(
        form.actor,
        case_id=form.case.id,
        flags=flags,
        source=ProfileSource.CASEWORK,
        reason=form.cleaned_data["reason"],
    )


def _give(form: CaseForm, gate: str) -> object:
    assert isinstance(form, ClearanceForm)  # noqa: S101
    session = form.cleaned_data.get("counselling_id")
    return commands.give_clearance(
        form.actor,
        case_id=form.case.id,
        gate=Gate(gate),
        decided_by=form.decided_by(),
        document_id=form.paper(),
        counselling_id=UUID(session) if session else None,
        conditions=form.cleaned_data["conditions"],
        valid_until=form.cleaned_data["valid_until"],
    )


def _refuse(form: CaseForm, gate: str) -> object:
    assert isinstance(form, RefusalForm)  # noqa: S101
    return commands.refuse_clearance(
        form.actor,
        case_id=form.case.id,
        gate=Gate(gate),
        decided_by=form.decided_by(),
        reason=form.cleaned_data["reason"],
        document_id=form.paper(),
    )


def _about(actor: Actor, case: Case, given: Mapping[str, Any]) -> Mapping[str, object]:
    gate = gate_asked(given)
    return {"gate": GATE_WORDS[gate], "who_clears": WHO_CLEARS[gate]}


def _all_gates(actor: Actor, case: Case, given: Mapping[str, Any]) -> Mapping[str, object]:
    return {"gates": gates_of_case(actor, case), "may_clear": actor.may(Action.CLEARANCE_DECIDE)}


note = case_page(
    CasePage(
        heading=_("What to mind"),
        lead=_("What travel and follow-up must mind. Whoever works on the case sees it, nobody else."),
        save=_("Save it"),
        done=_("It is noted."),
        verb=Action.PROFILE_SET,
        act=Act.NOTE_PROFILE,
        form=ProfileForm,
        run=_note,
    )
)
give = case_page(
    CasePage(
        heading=_("Record a clearance"),
        save=_("Record the clearance"),
        done=_("The clearance is recorded."),
        verb=Action.CLEARANCE_DECIDE,
        act=Act.CLEAR_GATE,
        form=ClearanceForm,
        run=_give,
        before="journey/gate.html",
        back="case_gates",
        context=_about,
    )
)
refuse = case_page(
    CasePage(
        heading=_("Record that it was not cleared"),
        save=_("Record it"),
        done=_("It is recorded. Travel waits."),
        verb=Action.CLEARANCE_DECIDE,
        act=Act.CLEAR_GATE,
        form=RefusalForm,
        run=_refuse,
        before="journey/gate.html",
        back="case_gates",
        context=_about,
    )
)
lapse = case_page(
    CasePage(
        heading=_("A clearance no longer holds"),
        lead=_("The gate is closed again, and a confirmed journey has to be confirmed anew."),
        save=_("Close the gate"),
        done=_("The gate is closed again."),
        verb=Action.CLEARANCE_DECIDE,
        act=Act.CLEAR_GATE,
        form=LapseForm,
        run=lambda form, gate: commands.lapse_clearance(
            form.actor, case_id=form.case.id, gate=Gate(gate), reason=form.cleaned_data["reason"]
        ),
        before="journey/gate.html",
        back="case_gates",
        context=_about,
    )
)
confirm = case_page(
    CasePage(
        heading=_("Confirm travel"),
        lead=_("Travel is confirmed once every gate is open for the day of departure."),
        save=_("Confirm travel"),
        done=_("Travel is confirmed."),
        verb=Action.TRAVEL_CONFIRM,
        act=Act.CONFIRM_TRAVEL,
        form=ConfirmForm,
        run=lambda form: commands.confirm_travel(form.actor, **form.told()),
        before="journey/gates_list.html",
        context=_all_gates,
    )
)
