"""What a person can say on their own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.assistance.rules import Received
from homeward.feedback.rules import CODE_DIGITS, LONGEST_WORDS, Subject
from homeward.lib.digits import ascii_digits
from homeward.web.consents.words import SUBJECTS


def words_box(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class CodeForm(forms.Form):
    """The code that the caseworker gave, in any digits, with or without spaces."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Six digits. Your counsellor told you or wrote them down for you."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )

    def clean_code(self) -> str:
        typed = ascii_digits(str(self.cleaned_data["code"]))
        digits = "".join(sign for sign in typed if sign.isdigit())
        if len(digits) != CODE_DIGITS:
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class QuestionForm(forms.Form):
    words = forms.CharField(
        label=_("Your question"),
        help_text=_("Write in your own language."),
        max_length=LONGEST_WORDS,
        widget=words_box(),
    )


class ComplaintForm(forms.Form):
    subject = forms.ChoiceField(
        label=_("What is it about?"), choices=list(SUBJECTS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write in your own language. You need not name anybody."),
        max_length=LONGEST_WORDS,
        widget=words_box(6),
    )
    is_about_lead = forms.BooleanField(required=False)

    def told_subject(self) -> Subject:
        return Subject(self.cleaned_data["subject"])


class DeliveryForm(forms.Form):
    received = forms.ChoiceField(
        label=_("What came?"),
        choices=[
            (Received.ALL, _("Everything came")),
            (Received.PART, _("Something is missing or not right")),
            (Received.NOTHING, _("Nothing came")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Do you want to say more?"), required=False, max_length=LONGEST_WORDS, widget=words_box(3)
    )
