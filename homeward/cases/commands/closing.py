"""Closing a case with its reason and the person's own view, and opening it again."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.commands.sharing import NotTheLead
from homeward.cases.journey_rules import Act, ClosingReason, Exit, OwnView
from homeward.cases.models import Case, Closure
from homeward.cases.obstacles import NotNow, require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.journey import what_is_open
from homeward.cases.rules import EventKind
from homeward.cases.saving import return_to_path, save_case, tell
from homeward.lib.problems import Invalid
from homeward.privacy.sealing import place_of, seal_text

EXIT_OF_FACT = {
    "withdrawn_on": Exit.WITHDRAWN,
    "not_travelled_on": Exit.NOT_TRAVELLED,
    "remigrated_on": Exit.REMIGRATED,
    "deceased_on": Exit.DECEASED,
}


@command(Action.CASE_CLOSE)
def close_case(
    actor: Actor,
    *,
    case_id: UUID,
    closed_on: date,
    reason: ClosingReason,
    note: str = "",
    own_view_asked: OwnView = OwnView.NOT_ASKED,
    own_view: str = "",
) -> Closure:
    """Close a case that nothing waits in, with the reason and how the person sees it themselves."""
    case = _led_case(actor, case_id)
    require_possible(case, Act.CLOSE)
    require_past(closed_on=closed_on)
    _check(case, closed_on, reason, note, own_view_asked, own_view)
    obstacle = what_is_open(actor, case)
    if obstacle:
        raise NotNow(*obstacle)
    closure = Closure(
        case=case,
        organisation_id=actor.organisation_id,
        closed_on=closed_on,
        reason=reason,
        note=note.strip(),
        own_view_asked=own_view_asked,
        closed_by_id=actor.user_id,
        closed_by_name=actor.name,
    )
    if own_view_asked == OwnView.TOLD:
        closure.own_view = seal_text(case.person_id, place_of(closure, "own_view"), own_view.strip())
    closure.save(force_insert=True)
    case.closed_on, case.closing_reason = closed_on, str(reason)
    case.next_step, case.next_step_on = "", None
    save_case(case)
    tell(actor, case.id, EventKind.CLOSED, on=closed_on, subject_id=closure.id)
    return closure


@command(Action.CASE_REOPEN)
def reopen_case(actor: Actor, *, case_id: UUID, on: date, reason: str) -> Case:
    """Take up again a case that was closed or whose person had left the path; nothing recorded is lost."""
    case = _led_case(actor, case_id)
    require_possible(case, Act.REOPEN)
    require_past(on=on)
    require_text(reason=reason)
    Closure.objects.filter(case=case, reopened_on=None).update(
        reopened_on=on, reopened_reason=reason.strip(), reopened_by_name=actor.name
    )
    for fact, exit_ in EXIT_OF_FACT.items():
        if getattr(case, fact) is not None:
            setattr(case, fact, None)
            return_to_path(case, exit_, on=on, note=reason)
    case.closed_on = case.monitored_on = None
    case.closing_reason = ""
    _go_back_to_the_last_thing_that_stands(case)
    save_case(case)
    tell(actor, case.id, EventKind.REOPENED, on=on)
    return case


def _led_case(actor: Actor, case_id: UUID) -> Case:
    case = case_for_edit(actor, case_id)
    if case.lead_organisation_id != actor.organisation_id:
        raise NotTheLead
    return case


def _check(
    case: Case, closed_on: date, reason: ClosingReason, note: str, asked: OwnView, own_view: str
) -> None:
    if asked == OwnView.TOLD:
        require_text(own_view=own_view)
    if reason == ClosingReason.OTHER:
        require_text(note=note)
    if closed_on < case.opened_on:
        raise Invalid(fields={"closed_on": _("This is before the case was opened.")})


def _go_back_to_the_last_thing_that_stands(case: Case) -> None:
    """A withdrawn application or a journey that was given up does not come back by itself."""
    if case.applied_on and not case.accepted_on and not case.rejected_on:
        case.applied_on = None
    if case.expected_on is None and case.departed_on is None and case.arrived_on is None:
        case.travel_planned_on = None
