"""Forms of referrals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.casework.referring import FIELDS as TOLD_FIELDS
from homeward.codelists.countries import country_name
from homeward.codelists.needs import need_choices
from homeward.referrals.rules import (
    DECLINE_REASONS,
    RECALL_REASONS,
    Channel,
    ReferralState,
    Urgency,
)
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import long_text, offer, one_line, one_of
from homeward.web.journey.words import choices
from homeward.web.referrals.words import ANSWERS, CHANNELS, CONFIRMED, FIELDS, OUTCOMES, REASONS, URGENCIES
from homeward.web.sharing_words import BASES

S = ReferralState
POSSIBLE_ANSWERS = {
    S.SENT: (S.ACCEPTED, S.WAITLISTED, S.DECLINED),
    S.ACKNOWLEDGED: (S.ACCEPTED, S.WAITLISTED, S.DECLINED),
    S.WAITLISTED: (S.ACCEPTED, S.DECLINED),
    S.ACCEPTED: (S.STARTED, S.COMPLETED),
    S.STARTED: (S.COMPLETED,),
}


class FindForm(forms.Form):
    """The need, and where help is looked for."""

    need = forms.ChoiceField(label=_("What the person needs"))
    country = forms.ChoiceField(label=_("In which country"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=200, widget=one_line())
    urgency = one_of(_("How soon"), choices(URGENCIES), initial=Urgency.ROUTINE.value)

    def __init__(self, *args: Any, countries: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        offer(self, "need", [("", _("Choose a need")), *need_choices(language)])
        named = [(code, country_name(code, language)) for code in countries]
        offer(self, "country", [*named, ("", _("Anywhere"))])


class SendForm(forms.Form):
    """What the service is told, and why it may be."""

    fields_told = forms.MultipleChoiceField(
        label=_("What the service is told"),
        help_text=_("Chosen already is the least such a service needs. Tell no more than it has to know."),
        choices=[(code, FIELDS[code]) for code in TOLD_FIELDS],
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(
        label=_("What they need, in a few words"),
        help_text=_("Nothing about health, violence or trafficking: the service asks the person itself."),
        required=False,
        max_length=2000,
        widget=long_text(3),
    )
    necessity = forms.CharField(
        label=_("Why the service has to know this"),
        help_text=_("Kept in the register of what was shared; the person can read it."),
        max_length=1000,
        widget=long_text(2),
    )
    basis = one_of(_("On what basis"), choices(BASES), initial="consent")
    agreed_on = OnDateField(
        label=_("When the person agreed to this"),
        help_text=_("Read to them what is told, and to whom. Without their yes nothing is told."),
        not_future=True,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_account: bool, is_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_account:
            del self.fields["agreed_on"]
        if not has_account or is_own:
            del self.fields["basis"]
        if is_own:
            del self.fields["necessity"]


class AnswerForm(forms.Form):
    """What the service says, with a reason for a no and an outcome at the end."""

    answer = one_of(_("The answer"), [])
    reason = forms.ChoiceField(
        label=_("Reason, if it is declined"),
        required=False,
        choices=[("", _("Choose a reason")), *((one.value, REASONS[one]) for one in DECLINE_REASONS)],
    )
    outcome = forms.ChoiceField(
        label=_("What came of it, if it has ended"),
        required=False,
        choices=[("", _("Choose an outcome")), *choices(OUTCOMES)],
    )
    channel = forms.ChoiceField(
        label=_("How the service told you"),
        choices=[("", _("Choose how")), *choices(CHANNELS, Channel.HOMEWARD)],
    )
    words = forms.CharField(
        label=_("What the other side needs to know"),
        help_text=_("For example when and where the person is expected, and with whom."),
        required=False,
        max_length=2000,
        widget=long_text(3),
    )

    def __init__(self, *args: Any, state: str, has_account: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        possible = POSSIBLE_ANSWERS.get(ReferralState(state), ())
        offer(self, "answer", [(one.value, ANSWERS[one]) for one in possible])
        if S.DECLINED not in possible:
            del self.fields["reason"]
        if S.COMPLETED not in possible:
            del self.fields["outcome"]
        if has_account:
            del self.fields["channel"]
        if len(possible) == 1:
            self.initial["answer"] = possible[0].value

    def clean(self) -> dict[str, Any]:
        """A no needs its reason and an end its outcome; what was not asked about is left aside."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("answer") == S.DECLINED and not answers.get("reason"):
            self.add_error("reason", str(_("Choose one of the reasons.")))
        if answers.get("answer") == S.COMPLETED and not answers.get("outcome"):
            self.add_error("outcome", str(_("Say what came of it.")))
        return answers


class RecallForm(forms.Form):
    """Why a referral is taken back."""

    reason = one_of(_("Why"), [(one.value, REASONS[one]) for one in RECALL_REASONS])
    words = forms.CharField(label=_("In a few words"), required=False, max_length=2000, widget=long_text(2))


class ConfirmForm(forms.Form):
    """What the person says happened."""

    confirmed = one_of(_("What the person says"), choices(CONFIRMED))
    on = OnDateField(label=_("Day on which they told"), not_future=True)
    words = forms.CharField(label=_("In their words"), required=False, max_length=2000, widget=long_text(3))
