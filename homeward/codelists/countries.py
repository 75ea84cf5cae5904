"""Countries by ISO 3166 code, with Kosovo, stateless and refugee codes, and two that do not exist."""

from functools import cache

import pycountry
from babel import Locale

# Not in ISO 3166-1: Kosovo by user-assigned code, people without a state, and the demonstration's countries.
ADDED = {
    "XK": {"en": "Kosovo", "fr": "Kosovo", "ar": "كوسوفو"},
    "XX": {"en": "Stateless", "fr": "Apatride", "ar": "عديم الجنسية"},
    "XM": {"en": "Marenia", "fr": "Marénie", "ar": "مارينيا"},
    "XN": {"en": "Nordholm", "fr": "Nordholm", "ar": "نوردهولم"},
}
SYNTHETIC = frozenset({"XM", "XN"})


@cache
def country_codes() -> frozenset[str]:
    """Every two-letter code that may be recorded."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | ADDED.keys()


def is_country(code: str) -> bool:
    return code in country_codes()


@cache
def country_name(code: str, language: str) -> str:
    """The country's name in the reader's language; the code itself when it is unknown."""
    if code in ADDED:
        return ADDED[code].get(language, ADDED[code]["en"])
    return str(Locale.parse(language).territories.get(code, code))


@cache
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """All countries for a select, sorted by name in the reader's language."""
    named = [(code, country_name(code, language)) for code in country_codes()]
    return tuple(sorted(named, key=lambda pair: pair[1]))
