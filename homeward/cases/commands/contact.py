"""Reaching the person or not, and their leaving the path."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import (
    Act,
    ApplicationState,
    Cause,
    ContactOutcome,
    ContactWay,
    Exit,
    Way,
)
from homeward.cases.models import Application, Case, ContactAttempt, SideExit
from homeward.cases.obstacles import require_past, require_possible, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.reaching import find, note_attempt
from homeward.cases.saving import count_as_contact, end_travel, leave_path, save_case
from homeward.codelists.countries import is_country
from homeward.lib.problems import Invalid


@command(Action.CONTACT_RECORD)
def record_contact(
    actor: Actor,
    *,
    case_id: UUID,
    on: date,
    way: ContactWay,
    outcome: ContactOutcome,
    note: str = "",
) -> ContactAttempt:
    """Record an attempt to reach the person and what came of it; who is reached is no longer lost."""
    case = case_for_edit(actor, case_id)
    require_past(on=on)
    return note_attempt(actor, case, on=on, way=way, outcome=outcome, note=note)


@command(Action.CONTACT_RECORD)
def record_contact_lost(actor: Actor, *, case_id: UUID, on: date, reason: str) -> Case:
    """Record that nobody can reach the person any more, and what was tried: that too is worth knowing."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.LOSE_CONTACT)
    require_past(on=on)
    require_text(reason=reason)
    case.contact_lost_on = on
    save_case(case)
    leave_path(actor, case, Exit.CONTACT_LOST, on=on, reason=reason)
    return case


@command(Action.CONTACT_RECORD)
def record_contact_found(actor: Actor, *, case_id: UUID, on: date, note: str = "") -> Case:
    """Record that the person was found again; the case goes on where it was."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.FIND_CONTACT)
    require_past(on=on)
    count_as_contact(case, on)
    find(actor, case, on=on, note=note)
    save_case(case)
    return case


@command(Action.CASE_WITHDRAW)
def withdraw(actor: Actor, *, case_id: UUID, on: date, reason: str) -> Case:
    """Record that the person no longer wants this; an application that waits is withdrawn with it."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.WITHDRAW)
    require_past(on=on)
    require_text(reason=reason)
    _end_what_was_under_way(case, on)
    case.withdrawn_on = on
    save_case(case)
    leave_path(actor, case, Exit.WITHDRAWN, on=on, reason=reason)
    return case


@command(Action.EXIT_RECORD)
def record_remigration(
    actor: Actor,
    *,
    case_id: UUID,
    on: date,
    to_country: str = "",
    way: Way = Way.UNKNOWN,
    cause: Cause = Cause.UNKNOWN,
    route: str = "",
    reason: str = "",
) -> SideExit:
    """Record that the person moved on: by what route and way, and whether by choice or need."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.REMIGRATE)
    require_past(on=on)
    if to_country and not is_country(to_country):
        raise Invalid(fields={"to_country": _("Choose a country from the list.")})
    if case.arrived_on and on < case.arrived_on:
        raise Invalid(fields={"on": _("This is before the arrival.")})
    case.remigrated_on = on
    save_case(case)
    left = leave_path(actor, case, Exit.REMIGRATED, on=on, reason=reason)
    left.to_country, left.way, left.cause = to_country, way, cause
    left.route = route.strip()[:400]
    left.save(update_fields=["to_country", "way", "cause", "route"])
    return left


@command(Action.EXIT_RECORD)
def record_death(actor: Actor, *, case_id: UUID, on: date, note: str = "") -> Case:
    """Record that the person died; nothing is planned with them any more."""
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.DIE)
    require_past(on=on)
    _end_what_was_under_way(case, on)
    case.deceased_on = on
    save_case(case)
    leave_path(actor, case, Exit.DECEASED, on=on, reason=note)
    return case


def _end_what_was_under_way(case: Case, on: date) -> None:
    waiting = Application.objects.filter(case=case, state=ApplicationState.SUBMITTED)
    waiting.update(state=ApplicationState.WITHDRAWN)
    end_travel(case, on)
