"""What each field of two people says: the level it agrees on, and how likely that level is in each class."""

from collections.abc import Iterator
from math import exp, log, log2

from rapidfuzz.distance import OSA

from homeward.lib.dates import PartialDate
from homeward.people.matching import chances
from homeward.people.matching.births import BirthLevel, birth_level
from homeward.people.matching.chances import CLOSE, DIFFERENT, SAME, Chances
from homeward.people.matching.commonness import Commonness
from homeward.people.matching.names import name_levels
from homeward.people.matching.prepared import Prepared
from homeward.people.matching.traits import Comparison, Field, Reason

Evidence = tuple[Field, str, Chances]
SHORTEST_NUMBER = 6  # signs; in shorter numbers one wrong sign means little


def compared(
    one: Prepared, other: Prepared, common: Commonness, *, at_least: float = 0.0
) -> Comparison | None:
    """The comparison of two people, or None below `at_least`."""
    found = list(evidence(one, other, common))
    same, relative, stranger = _priors(common.population)
    for _, _, chance in found:
        same += log(chance.same)
        relative += log(chance.relative)
        stranger += log(chance.stranger)
    score = 1 / (1 + exp(min(relative - same, 700)) + exp(min(stranger - same, 700)))
    if score < at_least:
        return None
    rival = "relative" if relative > stranger else "stranger"
    return Comparison(round(score, 6), _reasons(found, rival))


def _priors(population: int) -> tuple[float, float, float]:
    people = max(population, chances.SMALLEST_POPULATION)
    return log(chances.TOLD_TWICE / people), log(chances.RELATIVES / people), 0.0


def _reasons(found: list[Evidence], rival: str) -> tuple[Reason, ...]:
    """Weights are set against the likelier other explanation: relatives, or strangers."""
    reasons = (
        Reason(what, level, round(log2(chance.same / getattr(chance, rival)), 2))
        for what, level, chance in found
    )
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def evidence(one: Prepared, other: Prepared, common: Commonness) -> Iterator[Evidence]:
    """Every field known of both; a field missing from either says nothing."""
    shared = one.nationalities & other.nationalities
    group = min(shared) if shared else ""
    yield from _names(one, other, common, group)
    if one.birth and other.birth:
        yield _birth(one.birth, other.birth, common)
    if one.documents and other.documents:
        yield _numbers(Field.DOCUMENT, one.documents, other.documents, common)
    if one.phones and other.phones:
        yield _numbers(Field.PHONE, one.phones, other.phones, common)
    if one.sex and other.sex:
        level = SAME if one.sex == other.sex else DIFFERENT
        yield Field.SEX, level, chances.SEX[level]
    if one.nationalities and other.nationalities:
        level = SAME if shared else DIFFERENT
        share = common.share(Field.NATIONALITY, group) if shared else 1.0
        yield Field.NATIONALITY, level, _scaled(chances.NATIONALITY[level], share)
    if one.place and other.place:
        yield _place(one, other, common, group)
    yield from _journey(one, other, common)


def _scaled(chance: Chances, share: float) -> Chances:
    return Chances(chance.same, chance.relative, chance.stranger * share)


def _names(one: Prepared, other: Prepared, common: Commonness, group: str) -> Iterator[Evidence]:
    given, family = name_levels(one, other)
    if given:
        chance = chances.GIVEN_NAMES[given]
        if given in chances.SCALED_NAMES:
            chance = _scaled(chance, _share(common, Field.GIVEN_NAMES, one, other, group))
        yield Field.GIVEN_NAMES, given, chance
    if family:
        chance = chances.FAMILY_NAME[family]
        if family in chances.SCALED_NAMES:
            chance = _scaled(chance, _share(common, Field.FAMILY_NAME, one, other, group))
        yield Field.FAMILY_NAME, family, chance


def _share(common: Commonness, what: Field, one: Prepared, other: Prepared, group: str) -> float:
    heard = "given_sounds" if what == Field.GIVEN_NAMES else "family_sounds"
    return max(common.share(what, getattr(person, heard), group) for person in (one, other))


def _birth(one: PartialDate, other: PartialDate, common: Commonness) -> Evidence:
    level = birth_level(one, other)
    chance = chances.BIRTH[level]
    if level == BirthLevel.SAME_DAY:
        share = common.share(Field.BIRTH, one.earliest.isoformat())
        chance = Chances(chance.same, chance.relative, chance.stranger + share)
    return Field.BIRTH, level, chance


NUMBERS = {Field.DOCUMENT: chances.DOCUMENT, Field.PHONE: chances.PHONE}


def _numbers(what: Field, one: frozenset[str], other: frozenset[str], common: Commonness) -> Evidence:
    """A number written by many rows (an office, a placeholder) is worth little."""
    shared = one & other
    if shared:
        chance = NUMBERS[what][SAME]
        share = min(common.share(what, number) for number in shared)
        return what, SAME, Chances(chance.same, chance.relative, min(chance.stranger + share, 1.0))
    level = CLOSE if any(_is_near(a, b) for a in one for b in other) else DIFFERENT
    return what, level, NUMBERS[what][level]


def _is_near(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST_NUMBER and OSA.distance(one, other, score_cutoff=1) <= 1


def _place(one: Prepared, other: Prepared, common: Commonness, group: str) -> Evidence:
    alike = one.place_sounds == other.place_sounds or _is_near(one.place, other.place)
    level = SAME if alike else DIFFERENT
    share = common.share(Field.PLACE, one.place_sounds, group) if alike else 1.0
    return Field.PLACE, level, _scaled(chances.PLACE[level], share)


def _journey(one: Prepared, other: Prepared, common: Commonness) -> Iterator[Evidence]:
    """File, departure and country returned from tell of one journey, so only the first known speaks."""
    if one.file and other.file:
        level = SAME if one.file == other.file else DIFFERENT
        yield Field.FILE, level, chances.FILE[level]
    elif one.departure and other.departure:
        level = SAME if one.departure == other.departure else DIFFERENT
        share = common.share(Field.DEPARTURE, one.departure.isoformat()) if level == SAME else 0.0
        chance = chances.DEPARTURE[level]
        yield Field.DEPARTURE, level, Chances(chance.same, chance.relative, chance.stranger + share)
    elif one.returned_from and other.returned_from:
        level = SAME if one.returned_from == other.returned_from else DIFFERENT
        share = common.share(Field.RETURNED_FROM, one.returned_from) if level == SAME else 1.0
        yield Field.RETURNED_FROM, level, _scaled(chances.RETURNED_FROM[level], share)
