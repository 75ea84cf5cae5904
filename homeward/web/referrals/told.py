"""What a package says, line by line: the same lines before it is sent and where it is received."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language

from homeward.casework.referring import told_in
from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.web.people.words import SEXES
from homeward.web.referrals.words import FIELDS
from homeward.web.sharing_words import contact_words


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
        return contact_words(value)
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
