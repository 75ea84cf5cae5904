"""What a package says, line by line: the same lines before it is sent and where it is received."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from homeward.casework.referring import told_in
from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.web.people.words import SEXES
from homeward.web.referrals.words import FIELDS


@dataclass(frozen=True)
class Line:
    """One thing that is told; no values means that nobody knows it."""

    label: str | Promise
    values: Sequence[str]
    is_voice: bool = False


def lines_of(content: bytes) -> list[Line]:
    """Every line of a package in the reader's words."""
    return [
        Line(FIELDS[code], _values(code, value), code == "message")
        for code, value in told_in(content).items()
    ]


def _values(code: str, value: object) -> list[str]:
    if value is None or value in ("", []):
        return []
    if isinstance(value, list):
        return [words for one in value if one and (words := _one(code, one))]
    return [words] if (words := _one(code, value)) else []


def _one(code: str, value: object) -> str:
    language = get_language() or "en"
    if isinstance(value, Mapping):
        return _contact(value)
    text = str(value)
    if code == "languages":
        return language_name(text, language)
    if code == "nationalities" or (code == "place" and len(text) == 2 and text.isupper()):
        return country_name(text, language)
    if code == "sex":
        return str(SEXES.get(text, "")) if text != "unknown" else ""
    if code == "arrived_on":
        return date_format(date.fromisoformat(text), "j M Y")
    return text


def _contact(one: Mapping[str, object]) -> str:
    rules = [
        "" if one["may_call"] else gettext("Do not call"),
        "" if one["may_text"] else gettext("No messages"),
        "" if one["may_leave_message"] else gettext("Leave no message"),
        gettext("Not before %(hour)s") % {"hour": one["not_before"]} if one["not_before"] else "",
        gettext("Not after %(hour)s") % {"hour": one["not_after"]} if one["not_after"] else "",
    ]
    owner = f" ({one['belongs_to']})" if one["belongs_to"] else ""
    return ". ".join([f"{one['value']}{owner}", *filter(None, rules)])
