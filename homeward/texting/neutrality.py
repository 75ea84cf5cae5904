"""What a text on a phone must never say: it is read by whoever holds the phone."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from homeward.texting.segments import length_of


class Fault(StrEnum):
    """Why a text is not neutral."""

    WORD = "word"
    NAME = "name"
    LINK = "link"
    ADDRESS = "address"
    NUMBER = "number"
    PLACEHOLDER = "placeholder"
    TOO_LONG = "too_long"
    EMPTY = "empty"


# Beginnings of words, folded as `_folded` folds: what would say to a stranger what this is about.
TELLING = (
    # English
    *("return", "migra", "reintegrat", "deport", "asylum", "refugee", "remigra", "programme", "program"),
    *("project", "case", "counsel", "embassy", "consulate", "visa", "passport", "border", "frontier", "ngo"),
    *(
        "iom",
        "unhcr",
        "frontex",
        "eurp",
        "avrr",
        "homeward",
        "europe",
        "beneficiar",
        "grant",
        "money",
        "cash",
    ),
    *(
        "traffick",
        "violen",
        "abuse",
        "rape",
        "hiv",
        "aids",
        "clinic",
        "hospital",
        "psych",
        "therap",
        "police",
    ),
    *("prison", "detention", "detained", "shelter", "protection", "survey", "ministry", "government"),
    # French
    *("retour", "reintegr", "expuls", "asile", "refugi", "programme", "projet", "dossier", "conseiller"),
    *("ambassade", "consulat", "passeport", "frontiere", "ong", "oim", "hcr", "beneficiair", "argent"),
    *("traite", "viol", "hopital", "clinique", "prison", "retention", "foyer", "enquete", "ministere"),
    # Arabic, without the article
    *("عود", "عائد", "هجر", "مهاجر", "لجوء", "لاجئ", "ترحيل", "اندماج", "ادماج", "برنامج", "مشروع", "ملف"),
    *("سفار", "قنصلي", "جواز", "حدود", "منظم", "نقد", "مال", "عنف", "اغتصاب", "اتجار", "مستشفي", "عياد"),
    *("نفسي", "شرط", "سجن", "احتجاز", "ماوي", "حماي", "استبيان", "وزار", "حكوم", "اوروبا"),
)
# These count as whole words only: they begin too many others.
SHORT_WORDS = frozenset({"iom", "oim", "ong", "ngo", "hcr", "hiv", "case", "visa", "aids", "viol", "مال"})
LONG_STEMS = tuple(stem for stem in TELLING if stem not in SHORT_WORDS)
ALLOWED = {"day", "time", "number", "count", "place", "question", "choices"}
LINK = re.compile(
    r"https?:|www\.|\b[a-z0-9-]+\.(com|org|net|int|info|eu|io|app|gov|me|link)\b", re.IGNORECASE
)
LONG_NUMBER = re.compile(r"\d[\d\s().-]{5,}\d")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ARTICLES = ("وال", "بال", "لل", "ال", "و")


def faults_of(text: str, *, names: Collection[str] = (), most_segments: int = 2) -> frozenset[Fault]:
    """Everything that keeps a finished text from being sent; `names` are of people, bodies, programmes."""
    checks = {
        Fault.EMPTY: not text.strip(),
        Fault.WORD: any(_is_telling(word) for word in _words(text)),
        Fault.NAME: _names_any(text, names),
        Fault.LINK: bool(LINK.search(text)),
        Fault.ADDRESS: "@" in text,
        Fault.NUMBER: bool(LONG_NUMBER.search(text)),
        Fault.TOO_LONG: length_of(text).segments > most_segments,
    }
    return frozenset(fault for fault, is_so in checks.items() if is_so)


def faults_of_template(text: str, placeholders: Collection[str]) -> frozenset[Fault]:
    """The same for a text with placeholders, of which only those allowed for it may stand in it."""
    found = PLACEHOLDER.findall(text)
    bare = PLACEHOLDER.sub("0", text)
    is_wrong = not set(found) <= ALLOWED & set(placeholders) or "{" in bare or "}" in bare
    return faults_of(bare) | ({Fault.PLACEHOLDER} if is_wrong else set())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text))


def _is_telling(word: str) -> bool:
    stems = {word, *(word.removeprefix(article) for article in ARTICLES)}
    return any(stem in SHORT_WORDS or stem.startswith(LONG_STEMS) for stem in stems if stem)


def _names_any(text: str, names: Collection[str]) -> bool:
    said = f" {' '.join(_words(text))} "
    told = (" ".join(_words(name)) for name in names)
    return any(len(name) > 2 and f" {name} " in said for name in told)


def _folded(text: str) -> str:
    """Small letters without marks; Arabic letters that are written in several ways as one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.translate(str.maketrans("أإآٱىة", "ااااي" + "ه"))
