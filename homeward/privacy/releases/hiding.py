"""What of new tables is hidden: chosen by one solver, then attacked by another, as each reader could."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from homeward.estimators.disclosure_audit import Exposed, exposed
from homeward.estimators.linked_cells import Cell, Coordinates, Counted, completed, identity
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import INSIDE, OUTSIDE, Rule, Why, suppressed
from homeward.privacy.models import Release
from homeward.privacy.releases import rules
from homeward.privacy.releases.knowing import known_to

Hidden = Mapping[str, Mapping[Coordinates, Why]]
ROUNDS = 10  # of hiding more, because what was hidden left a difference of a few


@dataclass(frozen=True)
class Readers:
    """Who puts together what was released to them, the oldest first, and the rule that holds for them."""

    releases: Sequence[Release]
    rule: Rule


def readers_of(log: Sequence[Release], audience: str) -> Readers:
    """The readers of an audience, who have got their part of the log."""
    rule = INSIDE if audience == rules.INSIDE else OUTSIDE
    return Readers([one for one in log if rules.has_got(audience, one.audience)], rule)


def hidden_from(
    asked: Sequence[Counted], readers: Readers, colleagues: Readers | None, seconds: float
) -> Hidden:
    """What of the tables readers may not see, nor colleagues who see whatever goes out; None: no others do.

    Errors: those of `suppressed`; "already_known" where an attack with all that is out by then finds a few.
    """
    secret: frozenset[Cell] = frozenset()
    for _ in range(ROUNDS):
        hidden = _solved(asked, readers, secret, seconds)
        if colleagues is None or not told(asked, hidden, colleagues):
            return hidden
        inside = _solved(asked, colleagues, _cells(asked, hidden), seconds)
        secret |= _cells(asked, inside)
    raise CannotEstimate("cannot_be_hidden")


def told(
    asked: Sequence[Counted], hidden: Mapping[str, Collection[Coordinates]], readers: Readers
) -> tuple[Exposed, ...]:
    """What readers work out of a few, with these tables hidden so and all that they have got before."""
    earlier, rule = known_to(readers.releases, asked), readers.rule
    changes = earlier.changes(asked, None, rule) | earlier.changes(asked, hidden, rule)
    every, unseen = [*asked, *earlier.tables], {**earlier.hidden, **hidden}
    return exposed(every, unseen, rule, known=replace(earlier.known, changes=changes))


def _solved(asked: Sequence[Counted], readers: Readers, secret: frozenset[Cell], seconds: float) -> Hidden:
    """Hidden, until no difference of a few to what was shown before is left, and then attacked."""
    earlier, rule = known_to(readers.releases, asked), readers.rule
    every = [*asked, *earlier.tables]
    changes = earlier.changes(asked, None, rule)
    for _ in range(ROUNDS):
        known = replace(earlier.known, secret=secret, changes=changes)
        hidden = suppressed(every, rule, known=known, seconds=seconds).hidden
        left = earlier.changes(asked, {one.name: hidden[one.name] for one in asked}, rule)
        if left <= changes:
            break
        changes |= left
    if not left <= changes or exposed(every, hidden, rule, known=known):
        raise CannotEstimate("already_known")
    return {one.name: hidden[one.name] for one in asked}


def _cells(tables: Sequence[Counted], hidden: Hidden) -> frozenset[Cell]:
    return frozenset(
        (identity(one, at), count)
        for one in tables
        for at, count in completed(one).items()
        if at in hidden[one.name]
    )
