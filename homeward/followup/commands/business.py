"""How a business that a person began fares."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.obstacles import require_past, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.followup.models import BusinessCheck
from homeward.followup.queries import require_follows
from homeward.followup.rules import BusinessState, ClosedBecause
from homeward.lib.problems import Invalid


@dataclass(frozen=True)
class BusinessSeen:
    """How a business was on a day; one that is closed has the day and the reason."""

    what: str
    on: date
    state: BusinessState
    began_on: date | None = None
    ended_on: date | None = None
    reason: ClosedBecause | None = None
    words: str = ""
    workers: int | None = None


@command(Action.BUSINESS_RECORD)
def record_business(actor: Actor, *, case_id: UUID, seen: BusinessSeen) -> BusinessCheck:
    """Record whether a business is open, was changed or is closed, since when and why."""
    require_follows(actor, case_id)
    case = case_for_edit(actor, case_id)
    require_text(what=seen.what)
    require_past(on=seen.on, began_on=seen.began_on, ended_on=seen.ended_on)
    _check(seen)
    check = BusinessCheck.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        what=seen.what.strip()[:200],
        on=seen.on,
        state=seen.state,
        began_on=seen.began_on,
        ended_on=seen.ended_on if seen.state == BusinessState.CLOSED else None,
        reason=seen.reason or "",
        words=seen.words.strip(),
        workers=seen.workers,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    tell(actor, case.id, EventKind.BUSINESS_SEEN, on=seen.on, subject_id=check.id)
    return check


def _check(seen: BusinessSeen) -> None:
    wrong: dict[str, str | Promise] = {}
    if seen.state == BusinessState.CLOSED and seen.ended_on is None:
        wrong["ended_on"] = _("An answer is needed here.")
    if seen.state == BusinessState.CLOSED and seen.reason is None:
        wrong["reason"] = _("Choose a reason.")
    if seen.began_on and seen.ended_on and seen.ended_on < seen.began_on:
        wrong["ended_on"] = _("This is before it began.")
    if wrong:
        raise Invalid(fields=wrong)
