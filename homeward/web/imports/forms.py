"""Questions about a list: which file, which column means what."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_choices
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.columns.fields import LABELS, Field
from homeward.exchange.columns.guess import Column
from homeward.exchange.keeping import Layout
from homeward.web.imports.words import CURRENCIES, sureness

LAST_ROW = 1_000


class UploadForm(forms.Form):
    """The list itself, and who sent it."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_(
            "A workbook (.xlsx) or a .csv, up to 20 MB. It is kept encrypted, and only until it is saved."
        ),
        error_messages={"required": _("Choose the file"), "empty": _("This file is empty")},
    )
    sender = forms.CharField(
        label=_("Who sent it"),
        max_length=120,
        required=False,
        help_text=_("So that the meaning of this partner’s columns is asked only once."),
    )

    def content(self) -> tuple[str, bytes]:
        """The file's name and its bytes."""
        given: UploadedFile[Any] = self.cleaned_data["file"]
        return given.name or "list", given.read()


class ColumnsForm(forms.Form):
    """What each column means; what is left as it is was guessed."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Row of the column names"),
        min_value=0,
        max_value=LAST_ROW,
        help_text=_("0 when there is none."),
    )
    currency = forms.ChoiceField(
        label=_("Currency of amounts that name none"),
        required=False,
        choices=[("", _("Ask me")), *((code, code) for code in CURRENCIES)],
    )
    phone_region = forms.ChoiceField(
        label=_("Country of phone numbers without a country code"), required=False
    )

    def __init__(
        self, layout: Layout, kept: ReadingChoices, language: str, sent: QueryDict | None = None
    ) -> None:
        self.layout, self.kept = layout, kept
        super().__init__(sent, initial=self._initial())
        self.fields["sheet"].choices = [(name, name) for name in layout.sheets]  # type: ignore[attr-defined]
        regions = [("", _("The country of return")), *country_choices(language)]
        self.fields["phone_region"].choices = regions  # type: ignore[attr-defined]
        for column in layout.columns:
            self.fields[_name(column)] = forms.ChoiceField(
                label=column.header, choices=[(field.value, label) for field, label in LABELS.items()]
            )

    def clean(self) -> dict[str, Any]:
        """No two columns may mean the same, but for those kept for later."""
        seen: dict[str, str] = {}
        for column in self.layout.columns:
            field = self.cleaned_data.get(_name(column), "")
            if field in seen and field != Field.HELD:
                words = {"field": LABELS[Field(field)], "other": seen[field]}
                self.add_error(_name(column), gettext("“%(other)s” is %(field)s already.") % words)
            seen.setdefault(field, column.header)
        return self.cleaned_data

    def choices(self) -> ReadingChoices:
        """What was said, beside what was said before; a guess that was left alone stays a guess."""
        told = self.cleaned_data
        same_place = self._same_place()
        columns = dict(self.kept.columns) if same_place else {}
        for column in self.layout.columns:
            if same_place and told[_name(column)] != column.field.value:
                columns[column.header] = told[_name(column)]
        moved = told["header_row"] != self.layout.header_row
        return ReadingChoices(
            sheet=told["sheet"] if told["sheet"] != self.layout.sheet else self.kept.sheet,
            header_row=told["header_row"] if moved else self.kept.header_row,
            columns=columns,
            meanings=self.kept.meanings,
            orders=self.kept.orders,
            currency=told["currency"],
            phone_region=told["phone_region"],
            encoding=self.kept.encoding,
            separator=self.kept.separator,
        )

    def matched(self) -> Iterator[tuple[Column, forms.BoundField, object]]:
        """Each column with its question and how sure the guess is."""
        for column in self.layout.columns:
            yield column, self[_name(column)], sureness(column.confidence, column.field)

    def _same_place(self) -> bool:
        told = self.cleaned_data
        return told["header_row"] == self.layout.header_row and told["sheet"] in ("", self.layout.sheet)

    def _initial(self) -> dict[str, Any]:
        columns = {_name(column): column.field.value for column in self.layout.columns}
        return {
            "sheet": self.layout.sheet,
            "header_row": self.layout.header_row,
            "currency": self.kept.currency,
            "phone_region": self.kept.phone_region,
            **columns,
        }


def _name(column: Column) -> str:
    return f"column_{column.position}"
