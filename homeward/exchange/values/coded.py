"""Words for the few things that have codes: sex, relation, type of return, vulnerability, consent."""

from collections.abc import Mapping

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import fold, folded, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell

SEX = folded(word_lists("coded")["sex"])
RELATION = folded(word_lists("coded")["relation"])
RETURN_TYPE = folded(word_lists("coded")["return_type"])
VULNERABILITY = folded(word_lists("coded")["vulnerability"])
CONSENT = folded(word_lists("coded")["consent"])
NO_VULNERABILITY = frozenset(map(fold, word_lists("coded")["nothing"]["vulnerability"]))
TICKS = frozenset("✓✔☑√")


def read_coded(cell: Cell, words: Mapping[str, str], extra: Mapping[str, str]) -> Told[str]:
    """The code for the cell's word; words somebody has settled before (`extra`, folded) come first."""
    word = fold(text_of(cell))
    code = extra.get(word) or words.get(word)
    if code:
        return Told(code)
    if is_missing(cell):
        return Told()
    return Told(problem=Kind.UNREADABLE_VALUE, suggestion=_contained(word, words))


def _contained(text: str, words: Mapping[str, str]) -> str:
    """The code of the longest known word that stands in the text as whole words."""
    within = [word for word in words if len(word) > 3 and f" {word} " in f" {text} "]
    return words[max(within, key=len)] if within else ""


def vulnerability_hint(text: str, extra: Mapping[str, str]) -> str:
    """A code that the words point to: a hint for the counsellor, never an assessment."""
    word = fold(text)
    if word in NO_VULNERABILITY:
        return ""
    return extra.get(word) or VULNERABILITY.get(word) or _contained(word, VULNERABILITY)


def read_consent(cell: Cell) -> Kind | None:
    """Whatever a list says about consent, it is at most a remark."""
    text = text_of(cell)
    said = CONSENT.get(fold(text)) or ("yes" if TICKS & set(text) else "")
    if said == "no":
        return Kind.CONSENT_REFUSED
    return None if is_missing(cell) and not said else Kind.CONSENT_WITHOUT_EVIDENCE
