"""Counting rounds: who was due, reached, refused, not reached or lost; small groups are kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Min, Q, Value, When

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import visible_cases
from homeward.followup.models import Visit
from homeward.followup.rules import AAPOR, Disposition, VisitState, Why, kept_back


class GroupBy(StrEnum):
    """By what rounds are told apart."""

    PROGRAMME = "programme"
    PLACE = "place"
    SEX = "sex"
    RETURN_TYPE = "return_type"


COLUMNS: Mapping[GroupBy, str] = {
    GroupBy.PROGRAMME: "case__programme__name",
    GroupBy.PLACE: "place",
    GroupBy.SEX: "case__person__sex",
    GroupBy.RETURN_TYPE: "case__return_type",
}
PARTS = ("reached", "refused", "lost", "unreachable", "other", "open")


@dataclass(frozen=True)
class RoundCounted:
    """One round of one group. None is a part too small to be shown; `share` is of those due, in percent."""

    round: str
    group: str
    due: int
    reached: int | None
    refused: int | None
    lost: int | None
    unreachable: int | None
    other: int | None
    open: int | None

    @property
    def share(self) -> int | None:
        """How many in a hundred of those due were reached."""
        return None if self.reached is None else round(100 * self.reached / self.due)


@dataclass(frozen=True)
class Monitored:
    """What may be shown, and how many groups were too small for it."""

    rows: tuple[RoundCounted, ...]
    left_out: int


def count_rounds(actor: Actor, by: GroupBy, today: date) -> Monitored:
    """The rounds whose time has begun, of the cases the actor may see, by one way to tell people apart."""
    actor.require(Action.ROUND_MONITOR)
    rows = _counts(actor, COLUMNS[by], today)
    fewest = settings.FEWEST_IN_A_GROUP
    shown = [_row(one, fewest) for one in rows if one["due"] >= fewest]
    return Monitored(tuple(shown), len(rows) - len(shown))


def _counts(actor: Actor, column: str, today: date) -> Sequence[Mapping[str, Any]]:
    begun = Visit.objects.filter(
        organisation_id=actor.organisation_id, opens_on__lte=today, case__in=visible_cases(actor)
    )
    # Seeing somebody because of what they went through is in no table: its rounds would say what that was.
    begun = begun.exclude(state=VisitState.NOT_NEEDED).exclude(instrument="").exclude(why=Why.ASKED)
    counted = begun.annotate(part=_part(), group=F(column)).values("round", "group").order_by()
    parts = {name: Count("id", filter=Q(part=name)) for name in PARTS}
    months = Min(F("opens_on") - F("case__arrived_on"))
    return list(counted.annotate(due=Count("id"), after=months, **parts).order_by("after", "round", "group"))


def _part() -> Case:
    """Each visit stands in one column: what came of it at last."""
    return Case(
        When(state=VisitState.DONE, then=Value("reached")),
        When(outcome__in=_outcomes(Disposition.REFUSAL), then=Value("refused")),
        When(case__contact_lost_on__isnull=False, then=Value("lost")),
        When(outcome__in=_outcomes(Disposition.NON_CONTACT), then=Value("unreachable")),
        When(state=VisitState.DUE, then=Value("open")),
        default=Value("other"),
        output_field=CharField(),
    )


def _outcomes(kind: Disposition) -> Iterable[str]:
    return [outcome.value for outcome, (_code, found) in AAPOR.items() if found == kind]


def _row(counted: Mapping[str, Any], fewest: int) -> RoundCounted:
    parts = dict(zip(PARTS, kept_back([counted[name] for name in PARTS], fewest), strict=True))
    return RoundCounted(counted["round"], str(counted["group"] or ""), counted["due"], **parts)
