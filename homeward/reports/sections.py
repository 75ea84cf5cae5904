"""What a template says, in which order: sections as data, looked through before they are used. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from homeward.evaluation.rules import Kind as FindingKind
from homeward.extracts.frames import FRAMES, Kind
from homeward.reports.rules import LANGUAGES, ReportAudience

MOST_SECTIONS, MOST_LETTERS, MOST_DIMENSIONS = 40, 4000, 3
SHIPPED = ("donor_quarterly", "origin_country", "partner_feedback", "evaluation_card", "public_summary")
Section = Mapping[str, Any]


class SectionKind(StrEnum):
    """What a section is made from."""

    TEXT = "text"
    COUNTS = "counts"
    FINDINGS = "findings"
    INDICATORS = "indicators"
    CHAPTERS = "chapters"  # the six criteria of OECD-DAC
    CHECKLIST = "checklist"
    RECOMMENDATIONS = "recommendations"


K = SectionKind
FIELDS: Mapping[SectionKind, frozenset[str]] = {
    K.TEXT: frozenset({"words"}),
    K.COUNTS: frozenset({"frame", "by", "month"}),
    K.FINDINGS: frozenset({"kinds"}),
    K.INDICATORS: frozenset({"indicators"}),
    K.CHAPTERS: frozenset(),
    K.CHECKLIST: frozenset(),
    K.RECOMMENDATIONS: frozenset(),
}
COLUMNS = {frame.name: frame.by_name for frame in FRAMES}


@dataclass(frozen=True)
class Shipped:
    """A template that comes with the product."""

    key: str
    name: Mapping[str, str]
    audience: ReportAudience
    sections: tuple[Section, ...]


@cache
def shipped(key: str) -> Shipped | None:
    """One of the templates that come with the product, or nothing."""
    if key not in SHIPPED:
        return None
    read = orjson.loads(files("homeward.reports").joinpath("templates", f"{key}.json").read_bytes())
    return Shipped(key, read["name"], ReportAudience(read["audience"]), tuple(read["sections"]))


def faults(sections: Sequence[Section]) -> list[str]:
    """What is wrong with sections, as codes with the number of the section: nothing when they can be used."""
    if not sections or len(sections) > MOST_SECTIONS:
        return ["sections"]
    return [f"{code}:{number}" for number, one in enumerate(sections, 1) for code in _faults(one)]


def in_language(words: Mapping[str, str] | None, language: str) -> str:
    """Words in the language, else in the first one that has any: never nothing where somebody wrote."""
    told = words or {}
    return told.get(language) or next((told[one] for one in LANGUAGES if told.get(one)), "")


def _faults(section: Section) -> list[str]:
    try:
        kind = SectionKind(section.get("kind", ""))
    except ValueError:
        return ["kind"]
    found = ["field"] if set(section) - FIELDS[kind] - {"kind", "title"} else []
    found += [name for name in ("title", "words") if not _are_words(section.get(name, {}))]
    if kind is K.TEXT and not found and not in_language(section.get("words"), "en"):
        found.append("words")
    lists = [name for name in ("by", "kinds", "indicators") if not _are_names(section.get(name, []))]
    if lists:
        return found + lists
    if set(section.get("kinds", ())) - set(FindingKind):
        found.append("kinds")
    return found + _countless(section) if kind is K.COUNTS else found


def _are_names(names: object) -> bool:
    return isinstance(names, list | tuple) and all(isinstance(one, str) for one in names)


def _are_words(words: object) -> bool:
    if not isinstance(words, Mapping) or set(words) - set(LANGUAGES):
        return False
    return all(isinstance(one, str) and len(one) <= MOST_LETTERS for one in words.values())


def _countless(section: Section) -> list[str]:
    """Counts are of cases by codes; of other tables by one, because a case may have many rows there."""
    columns, by, month = COLUMNS.get(str(section.get("frame"))), section.get("by", []), section.get("month")
    if columns is None or "case_id" not in columns:
        return ["frame"]
    most = MOST_DIMENSIONS if section["frame"] == "cases" else 1
    codes = {name for name, one in columns.items() if one.kind == Kind.CODE}
    if not 0 < len(by) <= most or len(set(by)) < len(by) or set(by) - codes:
        return ["by"]
    if month and (not isinstance(month, str) or month not in columns or columns[month].kind != Kind.MONTH):
        return ["month"]
    return []
