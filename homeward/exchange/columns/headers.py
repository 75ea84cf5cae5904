"""The words over columns, in the languages partners write."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from homeward.exchange.columns.fields import Field
from homeward.exchange.values.text import CACHED, fold, folded
from homeward.exchange.words import word_lists

EXACT, TRIMMED, CLOSE, CONTAINED = 1.0, 0.95, 0.85, 0.7
CLOSE_ENOUGH = 88
SHORTEST_CLOSE = 5
BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
PARTS = re.compile(r"\s*[/|\n–]\s*|\s-\s")
FILLERS = frozenset(word_lists("headers")["fillers"]["words"])
BARE_NAMES, LINE_NUMBERS, NEVER, OWN_SCRIPT = (
    frozenset(map(fold, word_lists("headers")["other"][kind]))
    for kind in ("bare_name", "line_number", "never", "own_script")
)
NAME_FIELDS = frozenset({Field.FULL_NAME, Field.GIVEN_NAMES, Field.FAMILY_NAME, Field.NATIVE_NAME})
SHORTEST_ABBREVIATION = 3


class HeaderMeaning(NamedTuple):
    field: Field
    confidence: float


@cache
def header_words() -> dict[str, Field]:
    """Folded header → field."""
    return {word: Field(field) for word, field in folded(word_lists("headers")["fields"]).items()}


@lru_cache(CACHED)
def header_meaning(header: str) -> HeaderMeaning | None:
    """What a header most likely means, judged by its words alone."""
    if len(header) > 120 or fold(header) in NEVER | LINE_NUMBERS:
        return None
    bare = BRACKETS.sub(" ", header)
    for text, confidence in ((header, EXACT), (bare, EXACT), (_trimmed(bare), TRIMMED)):
        if field := _known(fold(text)):
            own = field in NAME_FIELDS and _tells_script(header)
            return HeaderMeaning(Field.NATIVE_NAME if own else field, confidence)
    if meaning := _abbreviated(header):
        return meaning
    parts = [part for part in PARTS.split(bare) if fold(part)]
    if len(parts) > 1:
        meanings = [meaning for meaning in map(header_meaning, parts) if meaning]
        if meanings:
            return max(meanings, key=lambda meaning: meaning.confidence)
    return _close(fold(bare)) or _contained(_trimmed(bare))


def is_bare_name(header: str) -> bool:
    """True of "Name", "Nom", "Nombre": which name is meant depends on the other columns."""
    return fold(BRACKETS.sub(" ", header)) in BARE_NAMES and not _tells_script(header)


def _known(folded: str) -> Field | None:
    return Field.FULL_NAME if folded in BARE_NAMES else header_words().get(folded)


def _tells_script(header: str) -> bool:
    return any(fold(inside) in OWN_SCRIPT for inside in BRACKETS.findall(header))


def _abbreviated(header: str) -> HeaderMeaning | None:
    """The meaning of headers cut short by points, word for word, as in "Staatsangeh." and "Fecha nac."."""
    cut = _trimmed(header).split()
    if "." not in header or not cut or max(map(len, cut)) < SHORTEST_ABBREVIATION:
        return None
    for full, field in _trimmed_words():
        if len(full) == len(cut) and all(map(str.startswith, full, cut)):
            return HeaderMeaning(field, CLOSE)
    return None


@cache
def _trimmed_words() -> list[tuple[list[str], Field]]:
    return [(_trimmed(word).split(), field) for word, field in header_words().items()]


def _trimmed(header: str) -> str:
    return " ".join(word for word in fold(header).split() if word not in FILLERS)


def _close(folded: str) -> HeaderMeaning | None:
    if len(folded) < SHORTEST_CLOSE:
        return None
    near = process.extractOne(folded, header_words().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return HeaderMeaning(header_words()[near[0]], CLOSE) if near else None


def _contained(folded: str) -> HeaderMeaning | None:
    """The longest known header that stands in this one as whole words."""
    if len(folded.split()) > 8:
        return None
    within = [word for word in header_words() if len(word) > 2 and f" {word} " in f" {folded} "]
    if not within:
        return None
    return HeaderMeaning(header_words()[max(within, key=len)], CONTAINED)
