"""Form fields for dates as people tell them: three boxes, any digits, unknown parts left empty."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from homeward.lib.calendars import YEARS, Calendar, from_gregorian, partial_date
from homeward.lib.dates import PartialDate, Precision

Typed = Mapping[str, str]
OLDEST = 120

CALENDAR_LABELS: Mapping[Calendar, str | Promise] = {
    Calendar.GREGORIAN: _("Gregorian"),
    Calendar.SOLAR_HIJRI: _("Solar Hijri (Iran, Afghanistan)"),
    Calendar.ETHIOPIAN: _("Ethiopian"),
}


class Boxes(forms.Widget):
    """Day, month and year in boxes of their own; perhaps an age instead, perhaps another calendar."""

    use_fieldset = True
    template_name = "widgets/boxes.html"

    def __init__(self, *, age: bool = False, calendars: bool = False) -> None:
        super().__init__()
        self.names = ("day", "month", "year") + ("age",) * age + ("calendar",) * calendars

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {box: str(data.get(f"{name}_{box}", "")).strip() for box in self.names}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{box}" in data for box in self.names)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        attrs = dict(attrs or {})
        typed = as_typed(value)
        return {
            "name": name,
            "id": attrs.get("id", f"id_{name}"),
            "typed": typed,
            "names": self.names,
            "is_wrong": attrs.get("aria-invalid") == "true",
            "wrong": attrs.get("wrong_box", ""),
            "calendars": [(calendar.value, label) for calendar, label in CALENDAR_LABELS.items()],
        }

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        # The page's own template engine, so that the boxes share its components.
        return mark_safe(get_template(self.template_name).render(self.get_context(name, value, attrs)))  # noqa: S308


def as_typed(value: Any) -> Typed:
    """What the boxes show for a stored date, or what somebody typed."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, date):
        value = PartialDate.of_day(value)
    if not isinstance(value, PartialDate):
        return {}
    year, month, day = from_gregorian(Calendar.GREGORIAN, value.earliest)
    if value.precision == Precision.ABOUT:
        # The age now: saving the form unchanged gives the same years back.
        return {"age": str(timezone.localdate().year - (value.earliest.year + value.latest.year) // 2)}
    shown = {"year": str(year)}
    if value.precision in (Precision.MONTH, Precision.DAY):
        shown["month"] = str(month)
    if value.precision == Precision.DAY:
        shown["day"] = str(day)
    return shown


class OnDateField(forms.Field):
    """An exact day; digits of any script; what was typed stays when it is wrong."""

    widget = Boxes
    default_error_messages = {
        "required": _("Enter the date"),
        "day_missing": _("Enter the day"),
        "month_missing": _("Enter the month"),
        "year_missing": _("Enter the year"),
        "day": _("The day must be a number that the month has, such as 27"),
        "month": _("The month must be a number, such as 3 for March"),
        "year": _("The year must have four digits, such as 2026"),
        "age": _("The age must be a number of years, such as 34"),
        "calendar": _("Choose one of the calendars"),
        "both": _("Give a date or an age, not both"),
        "future": _("This day has not come yet"),
        "past": _("This day has already passed"),
    }

    def __init__(
        self,
        *,
        calendars: bool = False,
        not_future: bool = False,
        not_past: bool = False,
        today: Callable[[], date] = timezone.localdate,
        **options: Any,
    ) -> None:
        self.not_future, self.not_past, self.today = not_future, not_past, today
        options.setdefault("widget", self._boxes(calendars))
        super().__init__(**options)

    def _boxes(self, calendars: bool) -> Boxes:
        return Boxes(calendars=calendars)

    def clean(self, value: Any) -> Any:
        """A date, or None where none is required."""
        span = self._span(value or {})
        if span is None:
            return None
        self._check_side(span)
        return span.earliest

    def has_changed(self, initial: Any, data: Any) -> bool:
        return dict(as_typed(initial)) != {box: text for box, text in (data or {}).items() if text}

    def _span(self, typed: Typed) -> PartialDate | None:
        if not any(typed.get(box) for box in ("day", "month", "year", "age")):
            if self.required:
                raise self._wrong("required")
            return None
        self._require_parts(typed)
        return self._read(typed)

    def _require_parts(self, typed: Typed) -> None:
        for box in ("day", "month", "year"):
            if not typed.get(box):
                raise self._wrong(f"{box}_missing", box)

    def _read(self, typed: Typed) -> PartialDate:
        calendar = self._calendar(typed)
        year = self._number(typed, "year")
        month = self._number(typed, "month") if typed.get("month") else None
        day = self._number(typed, "day") if typed.get("day") else None
        if year not in YEARS[calendar]:
            raise self._wrong("year", "year")
        for box, parts in (("month", (month,)), ("day", (month, day))):
            try:
                span = partial_date(calendar, year, *parts)
            except ValueError as impossible:
                raise self._wrong(box, box) from impossible
        return span

    def _calendar(self, typed: Typed) -> Calendar:
        told = typed.get("calendar") or Calendar.GREGORIAN.value
        if told not in set(Calendar):
            raise self._wrong("calendar", "calendar")
        return Calendar(told)

    def _number(self, typed: Typed, box: str) -> int:
        text = typed[box]
        if not text.isdecimal() or len(text) > 4:
            raise self._wrong(box, box)
        return int(text)

    def _check_side(self, span: PartialDate) -> None:
        if self.not_future and span.earliest > self.today():
            raise self._wrong("future")
        if self.not_past and span.latest < self.today():
            raise self._wrong("past")

    def _wrong(self, message: str, box: str = "") -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[message], code=box or message)


class PartialDateField(OnDateField):
    """A birth date as it was told: a day, a month, a year, or about an age; in the calendar of the teller."""

    def __init__(self, *, calendars: bool = True, not_future: bool = True, **options: Any) -> None:
        super().__init__(calendars=calendars, not_future=not_future, **options)

    def _boxes(self, calendars: bool) -> Boxes:
        return Boxes(age=True, calendars=calendars)

    def clean(self, value: Any) -> Any:
        """A PartialDate, or None where none is required."""
        span = self._span(value or {})
        if span is not None:
            self._check_side(span)
        return span

    def _require_parts(self, typed: Typed) -> None:
        if typed.get("age"):
            if any(typed.get(box) for box in ("day", "month", "year")):
                raise self._wrong("both", "age")
        elif not typed.get("year"):
            raise self._wrong("year_missing", "year")
        elif typed.get("day") and not typed.get("month"):
            raise self._wrong("month_missing", "month")

    def _read(self, typed: Typed) -> PartialDate:
        if not typed.get("age"):
            return super()._read(typed)
        age = self._number(typed, "age")
        if age > OLDEST:
            raise self._wrong("age", "age")
        return PartialDate.about_age(age, self.today())
