"""Traits made ready for comparing: cleaned once, so that each of many comparisons is cheap."""

import re
from dataclasses import dataclass
from datetime import date

from homeward.lib.dates import PartialDate, Precision
from homeward.lib.digits import ascii_digits
from homeward.lib.names import Word, folded, sounds, words
from homeward.people.matching.traits import Traits

EARLIEST_YEAR = 1905  # 1900-01-01 and its like are what programs write when nothing was told
SHORTEST_DOCUMENT = 5
PHONE_SIGNS = 8  # enough to tell phones apart, few enough to forget country codes and trunk noughts
SHORTEST_PHONE = 6
NO_NUMBER = re.compile(r"(.)\1*|0*1?2345\d*|UNKNOWN|NONE|NULL")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Names as given, their words as heard, and every other trait in one spelling."""

    given: str
    family: str
    native: str
    given_words: tuple[Word, ...]
    family_words: tuple[Word, ...]
    given_sounds: str
    family_sounds: str
    native_says: str
    birth: PartialDate | None
    sex: str
    nationalities: frozenset[str]
    documents: frozenset[str]
    phones: frozenset[str]
    place: str
    place_sounds: str
    file: str
    departure: date | None
    returned_from: str


def prepared(traits: Traits) -> Prepared:
    """Split a lone full name, drop placeholders, bring numbers and names to one spelling."""
    given, family = _given_and_family(traits)
    return Prepared(
        given=given,
        family=family,
        native=folded(traits.native_name),
        given_words=words(given),
        family_words=words(family),
        given_sounds=sounds(given),
        family_sounds=sounds(family),
        native_says=_native_says(traits.native_name, given),
        birth=_told_birth(traits.birth),
        sex=traits.sex if traits.sex in {"female", "male"} else "",
        nationalities=frozenset(filter(None, map(folded, traits.nationalities))),
        documents=frozenset(filter(None, map(_document, traits.documents))),
        phones=frozenset(filter(None, map(_phone, traits.phones))),
        place=folded(traits.place),
        place_sounds=sounds(traits.place),
        file=folded(traits.file),
        departure=_day(traits.departure),
        returned_from=folded(traits.returned_from),
    )


def _given_and_family(traits: Traits) -> tuple[str, str]:
    """Where only one field holds a name of several words, the last word stands for the family name."""
    given, family = folded(traits.given_names), folded(traits.family_name)
    if given and family:
        return given, family
    whole = given or family or folded(traits.native_name)
    written, heard = whole.split(), len(words(whole))
    for place in range(1, len(written)):
        first, last = " ".join(written[:place]), " ".join(written[place:])
        if len(words(last)) == 1 and len(words(first)) == heard - 1:
            return first, last
    return ("", family) if family else (whole, "")


def _native_says(native: str, given: str) -> str:
    """Whether the name in its own script repeats the whole name, or the given name only."""
    heard = words(native)
    if len(heard) > 1:
        return "whole"
    return "given" if heard and sounds(native) == sounds(given) else ""


def _told_birth(birth: PartialDate | None) -> PartialDate | None:
    """1 January is how a registrar writes that only the year was known."""
    if birth is None or birth.latest.year < EARLIEST_YEAR:
        return None
    if birth.precision == Precision.DAY and (birth.earliest.month, birth.earliest.day) == (1, 1):
        return PartialDate.of_year(birth.earliest.year)
    return birth


def _document(number: str) -> str:
    signs = "".join(filter(str.isalnum, ascii_digits(number).upper()))
    return "" if len(signs) < SHORTEST_DOCUMENT or NO_NUMBER.fullmatch(signs) else signs


def _phone(number: str) -> str:
    signs = "".join(filter(str.isdigit, ascii_digits(number)))[-PHONE_SIGNS:]
    return "" if len(signs) < SHORTEST_PHONE or NO_NUMBER.fullmatch(signs) else signs


def _day(told: PartialDate | None) -> date | None:
    return told.earliest if told and told.precision == Precision.DAY else None
