"""How a person can answer, what counts as proof of it, and when an answer stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from homeward.sharing.rules import Category, Purpose

LANGUAGES = ("en", "fr", "ar")  # what every notice is written in
STANDS_FOR = timedelta(days=365)
STANDS_AT_MOST = timedelta(days=2 * 366)


class ConsentWay(StrEnum):
    """How the answer was given."""

    SIGNED = "signed"
    WITNESSED = "witnessed"
    INTERPRETED = "interpreted"
    GUARDIAN = "guardian"
    OWN_PAGE = "own_page"


class WithdrawalWay(StrEnum):
    """How the person took it back; asking once, in any way, is enough."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"
    BY_GUARDIAN = "by_guardian"
    OWN_PAGE = "own_page"


class Bystander(StrEnum):
    """Whose name is kept sealed with an answer."""

    WITNESS = "witness"
    INTERPRETER = "interpreter"
    GUARDIAN = "guardian"


@dataclass(frozen=True)
class Asked:
    """What was asked: may `categories` go to this recipient, or to recipients of this kind, for `purpose`."""

    purpose: Purpose
    categories: frozenset[Category]
    recipient_id: UUID | None = None
    recipient_kind: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Evidence:
    """What shows that the person gave this answer, and who stood by. Names are kept sealed."""

    way: ConsentWay
    file_id: UUID | None = None
    witness_name: str = field(default="", repr=False)
    interpreter_name: str = field(default="", repr=False)
    guardian_name: str = field(default="", repr=False)


class Lack(StrEnum):
    """What is missing from the proof of a consent."""

    PAPER = "paper"
    WITNESS = "witness"
    INTERPRETER = "interpreter"
    GUARDIAN = "guardian"
    GUARDIANS_PROOF = "guardians_proof"
    GUARDIAN_OF_CHILD = "guardian_of_child"
    OWN_WITNESS = "own_witness"


def lacks(evidence: Evidence, *, is_child: bool, recorded_by: str) -> tuple[Lack, ...]:
    """Everything that a consent still needs before it can be recorded; empty when it is proved."""
    checks = {
        Lack.PAPER: evidence.way == ConsentWay.SIGNED and evidence.file_id is None,
        Lack.WITNESS: evidence.way == ConsentWay.WITNESSED and not evidence.witness_name.strip(),
        Lack.INTERPRETER: evidence.way == ConsentWay.INTERPRETED and not evidence.interpreter_name.strip(),
        Lack.GUARDIAN: evidence.way == ConsentWay.GUARDIAN and not evidence.guardian_name.strip(),
        Lack.GUARDIANS_PROOF: evidence.way == ConsentWay.GUARDIAN
        and not (evidence.file_id or evidence.witness_name.strip()),
        Lack.GUARDIAN_OF_CHILD: is_child and evidence.way != ConsentWay.GUARDIAN,
        Lack.OWN_WITNESS: _same(evidence.witness_name, recorded_by)
        or _same(evidence.interpreter_name, recorded_by),
    }
    return tuple(lack for lack, is_missing in checks.items() if is_missing)


@dataclass(frozen=True)
class Answer:
    """An answer, as far as it matters for whether it stands and what it covers."""

    is_given: bool
    purpose: Purpose
    categories: frozenset[Category]
    recipient_id: UUID | None
    recipient_kind: str
    given_on: date
    expires_on: date | None
    is_withdrawn: bool

    def stands(self, on: date) -> bool:
        """True when the person said yes, has not taken it back, and its time has not run out."""
        has_time = self.given_on <= on and (self.expires_on is None or on <= self.expires_on)
        return self.is_given and not self.is_withdrawn and has_time

    def covers(
        self, *, purpose: Purpose, recipient_id: UUID, recipient_kind: str, categories: Collection[Category]
    ) -> bool:
        """True when these categories, for this purpose, to this recipient, are all within what was asked."""
        is_named = self.recipient_id == recipient_id
        is_of_kind = self.recipient_id is None and self.recipient_kind == recipient_kind
        return self.purpose == purpose and (is_named or is_of_kind) and self.categories.issuperset(categories)


def missing_languages(texts: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The languages in which a notice does not say everything."""
    return tuple(language for language in LANGUAGES if not _is_whole(texts.get(language, {}).values()))


PARTS = ("title", "body", "question")


def _is_whole(parts: Iterable[str]) -> bool:
    said = [part for part in parts if part.strip()]
    return len(said) >= len(PARTS)


def _same(name: str, other: str) -> bool:
    return bool(name.strip()) and name.strip().casefold() == other.strip().casefold()
