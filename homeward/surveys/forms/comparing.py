"""What a version asks otherwise than the one before, and which answers can still be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from homeward.surveys.forms.questions import Question
from homeward.surveys.rules import Kind


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Comparable(StrEnum):
    """Whether answers from before and after may stand in one row of figures."""

    YES = "yes"
    WITH_CARE = "with_care"
    NO = "no"


class Aspect(StrEnum):
    """What of a question changed."""

    WORDS = "words"
    TRANSLATION = "translation"
    KIND = "kind"
    CHOICES_ADDED = "choices_added"
    CHOICES_REMOVED = "choices_removed"
    WHO_IS_ASKED = "who_is_asked"
    WHAT_MAY_BE_ANSWERED = "what_may_be_answered"
    REQUIRED = "required"
    CALCULATION = "calculation"
    PRIVACY = "privacy"


WEIGHT = {
    Aspect.KIND: Comparable.NO,
    Aspect.CHOICES_REMOVED: Comparable.NO,
    Aspect.CALCULATION: Comparable.NO,
    Aspect.WORDS: Comparable.WITH_CARE,
    Aspect.CHOICES_ADDED: Comparable.WITH_CARE,
    Aspect.WHO_IS_ASKED: Comparable.WITH_CARE,
    Aspect.WHAT_MAY_BE_ANSWERED: Comparable.WITH_CARE,
    Aspect.REQUIRED: Comparable.WITH_CARE,
}


@dataclass(frozen=True)
class Difference:
    """One question that is new, gone or otherwise."""

    change: Change
    question: Question
    aspects: tuple[Aspect, ...] = ()
    comparable: Comparable = Comparable.NO


def differences(old: Iterable[Question], new: Iterable[Question]) -> list[Difference]:
    """Differences in the order of the new form, then what is gone; a question is the same by its path."""
    before = {one.path: one for one in old if one.kind != Kind.NOTE}
    after = {one.path: one for one in new if one.kind != Kind.NOTE}
    found = [
        _changed(before[path], one) if path in before else Difference(Change.ADDED, one)
        for path, one in after.items()
    ]
    gone = [Difference(Change.REMOVED, one) for path, one in before.items() if path not in after]
    return [one for one in found if one.change == Change.ADDED or one.aspects] + gone


def _changed(old: Question, new: Question) -> Difference:
    aspects = tuple(_aspects(old, new))
    weights = {WEIGHT.get(one, Comparable.YES) for one in aspects}
    comparable = next(
        (one for one in (Comparable.NO, Comparable.WITH_CARE) if one in weights), Comparable.YES
    )
    return Difference(Change.CHANGED, new, aspects, comparable)


def _aspects(old: Question, new: Question) -> Iterable[Aspect]:
    shared = set(old.labels) & set(new.labels)
    if any(old.labels[name] != new.labels[name] for name in shared) or (old.labels and not shared):
        yield Aspect.WORDS
    if set(old.labels) ^ set(new.labels):
        yield Aspect.TRANSLATION
    if old.kind != new.kind:
        yield Aspect.KIND
    yield from _choices(old, new)
    for aspect, name in (
        (Aspect.WHO_IS_ASKED, "relevant"),
        (Aspect.WHAT_MAY_BE_ANSWERED, "constraint"),
        (Aspect.REQUIRED, "is_required"),
        (Aspect.CALCULATION, "calculation"),
        (Aspect.PRIVACY, "privacy"),
    ):
        if getattr(old, name) != getattr(new, name):
            yield aspect


def _choices(old: Question, new: Question) -> Iterable[Aspect]:
    before, after = {one.code for one in old.choices}, {one.code for one in new.choices}
    if after - before:
        yield Aspect.CHOICES_ADDED
    if before - after:
        yield Aspect.CHOICES_REMOVED
