"""What is asked when a scoring profile is brought in, put in use, or worked out from answers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from homeward.web.fields import OnDateField


class ProfileFileForm(forms.Form):
    """A profile as a workbook or JSON."""

    file = forms.FileField(
        label=_("The scoring profile, as a workbook or JSON"),
        help_text=_("Up to 2 MB. Download one that is here to see how it is laid out."),
        error_messages={"required": _("Choose the file"), "empty": _("This file is empty")},
    )

    def given(self) -> bytes:
        """What the file holds."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content: bytes = file.read()
        return content


class VersionForm(forms.Form):
    """A draft as its reader last saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WeighForm(forms.Form):
    """Which forms weights are worked out from, by the day they came in."""

    since = OnDateField(label=_("Forms received from"), required=False, not_future=True)
    until = OnDateField(label=_("Forms received up to"), required=False, not_future=True)
