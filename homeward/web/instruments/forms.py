"""What is asked when a form is uploaded, made private and published."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from homeward.lib.privacy_classes import PrivacyClass
from homeward.surveys.forms.making import FormFile
from homeward.surveys.forms.questions import Question
from homeward.web.instruments.words import PRIVACY


class UploadForm(forms.Form):
    """A workbook in the usual columns of XLSForm."""

    file = forms.FileField(
        label=_("The form, as a workbook"),
        help_text=_("An XLSForm (.xlsx or .xls) up to 10 MB, as KoboToolbox and ODK use it."),
        error_messages={"required": _("Choose the file"), "empty": _("This file is empty")},
    )

    def given(self) -> FormFile:
        """The file's name and its bytes."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return FormFile(file.name or "form", file.read())


class NextForm(UploadForm):
    """The next version of a form that is there."""

    what_changed = forms.CharField(
        label=_("What changes, and why"), max_length=1000, required=False, widget=forms.Textarea
    )


class MediaForm(UploadForm):
    """A file that goes with a form."""

    file = forms.FileField(
        label=_("A file that the form names"),
        help_text=_("A list of choices (.csv) or a picture, up to 10 MB, under the name that the form uses."),
        error_messages={"required": _("Choose the file"), "empty": _("This file is empty")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    what_changed = forms.CharField(
        label=_("What changes, and why"), max_length=1000, required=False, widget=forms.Textarea
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PrivacyForm(forms.Form):
    """How private each answer is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, questions: list[Question], language: str, sent: QueryDict | None = None, **given: Any
    ) -> None:
        super().__init__(sent, **given)
        self.asked = questions
        for place, one in enumerate(questions):
            self.fields[f"q{place}"] = forms.TypedChoiceField(
                label=one.label(language),
                help_text=one.path,
                choices=[(int(value), words) for value, words in PRIVACY.items()],
                coerce=int,
                initial=one.privacy,
            )

    def said(self) -> dict[str, PrivacyClass]:
        """The class of each question by its path."""
        return {
            one.path: PrivacyClass(self.cleaned_data[f"q{place}"]) for place, one in enumerate(self.asked)
        }
