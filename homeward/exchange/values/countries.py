"""Countries and nationalities by name, adjective or code in several languages."""

from functools import cache, lru_cache

import pycountry
from babel import Locale
from rapidfuzz import fuzz, process

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import CACHED, fold, folded, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell

LOCALES = ("en", "fr", "de", "es", "ar", "it", "nl", "pt", "fa", "tr", "ru", "sv", "hy")
KOSOVO, STATELESS = "XK", "XXA"
CLOSE_ENOUGH = 86


@cache
def country_words() -> dict[str, str]:
    """Folded word → ISO 3166 alpha-2 code, XK for Kosovo and XXA for stateless people."""
    words: dict[str, str] = {}
    for locale in LOCALES:
        territories = Locale.parse(locale).territories
        words |= {fold(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    for country in pycountry.countries:
        for name in _names_of(country):
            words[fold(name)] = country.alpha_2
    words |= folded(word_lists("countries")["names"]) | folded(word_lists("countries")["people"])
    for unused in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
        words.pop(unused.lower(), None)
    return words


def _names_of(country: object) -> list[str]:
    wanted = ("alpha_2", "alpha_3", "name", "official_name", "common_name")
    return [getattr(country, name) for name in wanted if hasattr(country, name)]


def read_country(cell: Cell) -> Told[str]:
    """One country; the first where the cell names several ("AF / IR")."""
    if not isinstance(cell, str):
        return Told(problem=Kind.UNKNOWN_COUNTRY)
    if is_missing(cell):
        return Told()
    return _read(text_of(cell))


@lru_cache(CACHED)
def _read(text: str) -> Told[str]:
    if code := find_country(text):
        return Told(code)
    for sign in ("/", ",", ";", "(", " - ", "+", "&"):
        first = text.partition(sign)[0] if sign in text else ""
        if code := find_country(first):
            return Told(code)
    near = process.extractOne(
        fold(text), country_words().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH
    )
    far = near is None or len(fold(text)) < 4
    return Told(
        problem=Kind.UNKNOWN_COUNTRY,
        suggestion="" if far or near is None else country_words()[near[0]],
    )


def find_country(text: str) -> str:
    """The code for exactly this word, or nothing."""
    words = country_words()
    folded = fold(text)
    return words.get(folded, "") or words.get(folded.removeprefix("the ").removeprefix("republic of "), "")
