"""Questions asked when a case passes from one organisation to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.commands import Along, Justification
from homeward.cases.handover_rules import STAY_DAYS, DeclineReason, HandoverKind
from homeward.cases.journey_rules import AppointmentState
from homeward.cases.queries import journey
from homeward.cases.rules import Visibility
from homeward.organisations.queries import actor_for, colleagues, known_organisations
from homeward.sharing.rules import Basis
from homeward.web.case_forms import long_text, offer
from homeward.web.fields import OnDateField
from homeward.web.ground_fields import basis_field, chosen_condition, condition_field, necessity_field
from homeward.web.handovers.words import REASONS
from homeward.web.journey.words import PAPER_KINDS
from homeward.web.labels import ROLE_LABELS

if TYPE_CHECKING:
    from homeward.cases.models import Case, Handover


class Given(TypedDict):
    """What the command needs to know of an offer."""

    organisation_id: UUID
    why: Justification
    message: str
    stays_until: date
    along: Along


def partners_of(actor: Actor) -> dict[str, str]:
    """Organisations that a case may pass to or come from, by id."""
    return {
        str(one.id): one.name
        for one in known_organisations(actor)
        if one.id != actor.organisation_id and not one.is_enforcement
    }


def justification(answers: Mapping[str, str]) -> Justification:
    """On what ground a case is shown, and why, as the command takes it."""
    condition = chosen_condition(answers["condition"])
    return Justification(Basis(answers["basis"]), answers["necessity"], condition)


class OfferForm(forms.Form):
    """To whom, on what ground, with what words, and what comes along."""

    organisation = forms.TypedChoiceField(label=_("To which organisation"), coerce=UUID)
    basis = basis_field()
    condition = condition_field()
    necessity = necessity_field()
    message = forms.CharField(
        label=_("What a colleague there must know to decide"),
        help_text=_("Read before the case is theirs: what is needed, by when. No names, no health."),
        max_length=2000,
        widget=long_text(4),
    )
    appointments = forms.TypedMultipleChoiceField(
        label=_("Appointments that they keep from then on"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    documents = forms.TypedMultipleChoiceField(
        label=_("Documents of your organisation that come along"),
        help_text=_("Until now only your organisation sees these."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stays_until = OnDateField(
        label=_("You can be asked until"),
        not_past=True,
        help_text=_("So long your organisation still sees the case and answers questions about it."),
    )

    def __init__(self, *args: object, actor: Actor, case: Case, to: str = "", **options: object) -> None:
        appointments = {
            str(one.id): f"{one.subject}, {date_format(localtime(one.starts_at), 'j M Y, H:i')}"
            for one in journey.appointments_of_case(actor, case.id)
            if one.state == AppointmentState.OPEN and one.organisation_id == actor.organisation_id
        }
        papers = {
            str(one.id): one.note or str(PAPER_KINDS[one.kind])
            for one in journey.documents_of_case(actor, case.id)
            if one.visibility == Visibility.ORGANISATION and one.organisation_id == actor.organisation_id
        }
        first = {
            "organisation": to,
            "stays_until": localdate() + timedelta(days=STAY_DAYS),
            "appointments": list(appointments),
        }
        options.setdefault("initial", first)
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.partners = partners_of(actor)
        offer(self, "organisation", [("", gettext("Choose")), *self.partners.items()])
        offer(self, "appointments", list(appointments.items()))
        offer(self, "documents", list(papers.items()))
        for name, choices in (("appointments", appointments), ("documents", papers)):
            if not choices:
                del self.fields[name]

    @property
    def partner(self) -> str:
        """The chosen organisation by name."""
        return self.partners[str(self.cleaned_data["organisation"])]

    def along(self) -> Along:
        """What was ticked to come along."""
        chosen = self.cleaned_data
        return Along(tuple(chosen.get("appointments", ())), tuple(chosen.get("documents", ())))

    def given(self) -> Given:
        """The answers as the command takes them."""
        chosen = self.cleaned_data
        return {
            "organisation_id": chosen["organisation"],
            "why": justification(chosen),
            "message": chosen["message"],
            "stays_until": chosen["stays_until"],
            "along": self.along(),
        }


class RequestForm(forms.Form):
    """Why one's organisation should lead."""

    message = forms.CharField(
        label=_("Why your organisation should lead this case"),
        help_text=_("The lead reads this and decides within seven days."),
        max_length=2000,
        widget=long_text(4),
    )


class EnquiryForm(forms.Form):
    """Which case, of which nothing else is known, and why one's organisation should lead it."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("As it stands on a paper the person has: HW-7K3M-92QX-4."),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    message = forms.CharField(
        label=_("Why your organisation should lead this case"),
        help_text=_("If there is a lead, they read this. No names, no health."),
        max_length=2000,
        widget=long_text(4),
    )


class FormerPartnerForm(forms.Form):
    """Who may have sent somebody who is back already, and what they can recognise the return by."""

    organisation = forms.TypedChoiceField(label=_("Who probably sent the person"), coerce=UUID)
    their_reference = forms.CharField(
        label=_("Their number for this person"),
        help_text=_("As it stands on papers the person has. They can look it up without a name."),
        required=False,
        max_length=60,
    )
    message = forms.CharField(
        label=_("How they can recognise the return"),
        help_text=_("Month, place, programme. No names: show who it is only when they ask."),
        required=False,
        max_length=2000,
        widget=long_text(3),
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        offer(self, "organisation", [("", gettext("Choose")), *partners_of(actor).items()])


class SayForm(forms.Form):
    """A question or an answer."""

    text = forms.CharField(label=_("Your words"), max_length=2000, widget=long_text(3))


class AcceptForm(forms.Form):
    """Who leads from now on, where the case comes to one's own organisation; why, where it is let go."""

    basis = basis_field()
    condition = condition_field()
    necessity = necessity_field()
    lead = forms.TypedChoiceField(label=_("Who leads it from now on"), coerce=UUID)
    note = forms.CharField(
        label=_("What you want to say with it"), required=False, max_length=2000, widget=long_text(2)
    )

    def __init__(self, *args: object, actor: Actor, handover: Handover, **options: object) -> None:
        if actor.may(Action.CASE_EDIT):
            options.setdefault("initial", {"lead": str(actor.membership_id)})
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if handover.kind != HandoverKind.REQUEST:
            for name in ("basis", "condition", "necessity"):
                del self.fields[name]
        if handover.kind != HandoverKind.OFFER:
            del self.fields["lead"]
            return
        who = [one for one in colleagues(actor) if actor_for(one).may(Action.CASE_EDIT)]
        named = [(str(one.id), f"{one.user.name} · {ROLE_LABELS[actor_for(one).role]}") for one in who]
        offer(self, "lead", [("", gettext("Choose")), *named])

    @property
    def why(self) -> Justification | None:
        """On what ground the case is let go, where that was asked."""
        return justification(self.cleaned_data) if "basis" in self.fields else None


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What would help, or who else could"), required=False, max_length=2000, widget=long_text(2)
    )

    def __init__(self, *args: object, handover: Handover, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        is_whence = handover.kind == HandoverKind.RETROACTIVE
        known = {DeclineReason.NOT_KNOWN, DeclineReason.TOO_LITTLE_KNOWN, DeclineReason.OTHER}
        offer(
            self,
            "reason",
            [
                (code, words)
                for code, words in REASONS.items()
                if (code in known if is_whence else code != DeclineReason.NOT_KNOWN)
            ],
        )


class RecallForm(forms.Form):
    """Taking back what one's organisation began."""

    note = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=long_text(2))


class LaterQuestionForm(forms.Form):
    """What the record does not say, and who may know."""

    organisation = forms.TypedChoiceField(label=_("Whom you ask"), coerce=UUID)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("They know the case. Ask only for what you need to help now."),
        max_length=2000,
        widget=long_text(3),
    )

    def __init__(self, *args: object, known: list[Handover], **options: object) -> None:
        if len(known) == 1:
            options.setdefault("initial", {"organisation": str(known[0].from_organisation_id)})
        super().__init__(*args, **options)  # type: ignore[arg-type]
        named = [(str(one.from_organisation_id), one.from_organisation.name) for one in known]
        offer(self, "organisation", [("", gettext("Choose")), *named])
