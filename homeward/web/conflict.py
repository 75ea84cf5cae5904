"""When somebody else saved first: both texts side by side, and one step on in either direction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.forms import BaseForm, BoundField, ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from homeward.lib.dates import PartialDate, Precision
from homeward.web.words_in_order import listed

NOT_CARRIED = {"csrfmiddlewaretoken", "expected_version"}


def conflict_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    saved: Mapping[str, Any],
    version: int,
    back: str,
    saved_by: str = "",
) -> HttpResponse:
    """Answer 409 with what was written beside what is saved.

    `form` is bound and valid; `saved` holds the same fields as they are now and `version` their version.
    "Save mine" sends the same form again to the same address with `expected_version` set to `version`.
    """
    carried = [(key, text) for key, texts in request.POST.lists() for text in texts if key not in NOT_CARRIED]
    page = {
        "rows": [_row(field, saved.get(field.name)) for field in form if not field.is_hidden],
        "carried": carried,
        "version": version,
        "back": back,
        "saved_by": saved_by,
    }
    return render(request, "conflict.html", page, status=409)


def _row(field: BoundField, saved: Any) -> Mapping[str, object]:
    cleaned = getattr(field.form, "cleaned_data", {})
    yours, theirs = in_words(field, cleaned.get(field.name)), in_words(field, saved)
    return {"label": field.label, "yours": yours, "saved": theirs, "differs": yours != theirs}


def in_words(field: BoundField, answer: Any) -> str:
    """An answer as a reader would say it."""
    if answer is None or answer == "":
        return ""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(field.field, ChoiceField):
        chosen = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else [answer]
        return listed(_choice(field.field, value) for value in chosen)
    if isinstance(answer, PartialDate):
        return partial_date_in_words(answer)
    return date_format(answer, "j M Y") if hasattr(answer, "isoformat") else str(answer)


def partial_date_in_words(told: PartialDate) -> str:
    """A day, a month, a year or a span of years."""
    if told.precision == Precision.ABOUT:
        return _("about %(first)s to %(last)s") % {"first": told.earliest.year, "last": told.latest.year}
    shape = {Precision.DAY: "j M Y", Precision.MONTH: "M Y", Precision.YEAR: "Y"}
    return date_format(told.earliest, shape[told.precision])


def _choice(field: ChoiceField, value: object) -> str:
    offered = cast(Iterable[tuple[object, object]], field.choices)
    return next((str(label) for key, label in offered if str(key) == str(value)), str(value))
