"""Countries by ISO 3166 code, with Kosovo, stateless and refugee codes, and two that do not exist."""

from functools import cache

import pycountry
from babel import Locale

# Not in ISO 3166-1: Kosovo by user-assigned code, and the demonstration's countries.
ADDED = {
    "XK": {"en": "Kosovo", "fr": "Kosovo", "ar": "كوسوفو"},
    "XM": {"en": "Marenia", "fr": "Marénie", "ar": "مارينيا"},
    "XN": {"en": "Nordholm", "fr": "Nordholm", "ar": "نوردهولم"},
}
# What a machine-readable travel document has in place of a nationality (ICAO 9303).
WITHOUT_STATE = {
    "XXA": {"en": "Stateless", "fr": "Apatride", "ar": "عديم الجنسية"},
    "XXB": {
        "en": "Refugee (1951 Convention)",
        "fr": "Réfugié (Convention de 1951)",
        "ar": "لاجئ (اتفاقية 1951)",
    },
    "XXC": {"en": "Refugee (other)", "fr": "Réfugié (autre)", "ar": "لاجئ (غير ذلك)"},
}
NAMED = ADDED | WITHOUT_STATE
SYNTHETIC = frozenset({"XM", "XN"})


@cache
def country_codes() -> frozenset[str]:
    """Every two-letter code that may be recorded."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | ADDED.keys()


def is_country(code: str) -> bool:
    return code in country_codes()


def is_nationality(code: str) -> bool:
    """True for a country, and for having none."""
    return code in country_codes() or code in WITHOUT_STATE


@cache
def country_name(code: str, language: str) -> str:
    """The country's name in the reader's language; the code itself when it is unknown."""
    if code in NAMED:
        return NAMED[code].get(language, NAMED[code]["en"])
    return str(Locale.parse(language).territories.get(code, code))


@cache
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """All countries for a select, sorted by name in the reader's language."""
    named = [(code, country_name(code, language)) for code in country_codes()]
    return tuple(sorted(named, key=lambda pair: pair[1]))


@cache
def nationality_choices(language: str) -> tuple[tuple[str, str], ...]:
    """All countries by name, and at the end what is recorded of people without one."""
    return country_choices(language) + tuple((code, country_name(code, language)) for code in WITHOUT_STATE)
