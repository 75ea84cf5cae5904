"""What this actor can do next on a case, by role and by how far the case has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import Act, obstacle_in_decisions
from homeward.cases.obstacles import obstacle_for
from homeward.cases.queries.journey import decisions_of_case, live_draft, waiting_application
from homeward.cases.rules import Stage

if TYPE_CHECKING:
    from homeward.cases.models import Case


@dataclass(frozen=True)
class NextAction:
    """A button: at most one on a case is the main one."""

    label: str | Promise
    url: str
    icon: str
    is_main: bool = False


@dataclass(frozen=True)
class Possible:
    """A page, the verb it takes, what must be possible of the case, and the stages whose main step it is."""

    url_name: str
    label: str | Promise
    icon: str
    verb: Action
    act: Act | None = None
    main_in: tuple[Stage, ...] = ()


# In this order: the step that moves the case first, everyday work next, rare and sad things last.
POSSIBLE = (
    Possible(
        "confirm_arrival",
        _("Confirm the arrival"),
        "home",
        Action.ARRIVAL_CONFIRM,
        Act.ARRIVE,
        (Stage.TRAVELLING, Stage.PRE_DEPARTURE),
    ),
    Possible(
        "submit_application",
        _("Apply to a programme"),
        "file",
        Action.APPLICATION_SUBMIT,
        Act.APPLY,
        (Stage.COUNSELLING, Stage.REJECTED),
    ),
    Possible(
        "record_counselling",
        _("Record a counselling session"),
        "talk",
        Action.COUNSELLING_RECORD,
        Act.COUNSEL,
        (Stage.ENQUIRY, Stage.COUNSELLING),
    ),
    Possible(
        "plan_travel",
        _("Plan the journey"),
        "plane",
        Action.TRAVEL_PLAN,
        Act.PLAN_TRAVEL,
        (Stage.ACCEPTED, Stage.NOT_TRAVELLED),
    ),
    Possible(
        "confirm_travel",
        _("Confirm travel"),
        "shield",
        Action.TRAVEL_CONFIRM,
        Act.CONFIRM_TRAVEL,
        (Stage.PRE_DEPARTURE,),
    ),
    Possible(
        "record_departure",
        _("Record the departure"),
        "plane",
        Action.DEPARTURE_RECORD,
        Act.DEPART,
        (Stage.PRE_DEPARTURE,),
    ),
    Possible(
        "begin_plan",
        _("Begin the plan"),
        "plan",
        Action.PLAN_DRAFT,
        Act.BEGIN_PLANNING,
        (Stage.ARRIVED,),
    ),
    Possible(
        "plan",
        _("Go on with the plan"),
        "plan",
        Action.PLAN_DRAFT,
        Act.AGREE_PLAN,
        (Stage.PLANNING,),
    ),
    Possible(
        "record_contact",
        _("Record a contact"),
        "phone",
        Action.CONTACT_RECORD,
        None,
        (Stage.REINTEGRATING, Stage.LOST_CONTACT, Stage.CLOSED, Stage.MONITORING),
    ),
    Possible("set_profile", _("Note what travel must mind"), "shield", Action.PROFILE_SET, Act.NOTE_PROFILE),
    Possible("write_note", _("Write a note"), "note", Action.NOTE_WRITE),
    Possible(
        "make_appointment",
        _("Make an appointment"),
        "calendar",
        Action.APPOINTMENT_MAKE,
        Act.MAKE_APPOINTMENT,
    ),
    Possible("add_case_document", _("Add a document"), "upload", Action.DOCUMENT_ADD),
    Possible(
        "record_contact_found",
        _("The person was found again"),
        "check",
        Action.CONTACT_RECORD,
        Act.FIND_CONTACT,
    ),
    Possible(
        "record_not_travelled",
        _("The journey did not take place"),
        "no",
        Action.DEPARTURE_RECORD,
        Act.NOT_TRAVEL,
    ),
    Possible("record_contact_lost", _("Contact was lost"), "wait", Action.CONTACT_RECORD, Act.LOSE_CONTACT),
    Possible("withdraw", _("The person withdraws"), "undo", Action.CASE_WITHDRAW, Act.WITHDRAW),
    Possible("record_remigration", _("The person moved on"), "globe", Action.EXIT_RECORD, Act.REMIGRATE),
    Possible("record_death", _("The person died"), "heart", Action.EXIT_RECORD, Act.DIE),
    Possible("close_case", _("Close the case"), "folder", Action.CASE_CLOSE, Act.CLOSE),
    Possible(
        "reopen_case",
        _("Reopen the case"),
        "undo",
        Action.CASE_REOPEN,
        Act.REOPEN,
        (Stage.WITHDRAWN, Stage.REMIGRATED),
    ),
)
LEAD_ONLY = {"close_case", "reopen_case"}


def next_actions(actor: Actor, case: Case) -> list[NextAction]:
    """What can be done now, the main thing first."""
    found = [*_to_decide(actor, case), *_to_finish(actor, case), *_possible(actor, case)]
    main = next((act for act in found if act.is_main), None)
    if main is None:
        return found
    return [main, *(replace(act, is_main=False) for act in found if act is not main)]


def _to_decide(actor: Actor, case: Case) -> Iterator[NextAction]:
    if case.stage != Stage.APPLICATION or not actor.may(Action.APPLICATION_DECIDE):
        return
    application = waiting_application(actor, case.id)
    if application and application.submitted_by_id != actor.user_id:
        url = reverse("decide_application", args=[case.id, application.id])
        yield NextAction(_("Decide about the application"), url, "check", is_main=True)


def _to_finish(actor: Actor, case: Case) -> Iterator[NextAction]:
    """An application that somebody began to fill in goes on where they stopped."""
    if obstacle_for(case, Act.COUNSEL) or case.applied_on or not actor.may(Action.APPLICATION_SUBMIT):
        return
    if live_draft(actor, case.id):
        url = reverse("resume_application", args=[case.id])
        yield NextAction(_("Go on with the application"), url, "file", is_main=True)


def _possible(actor: Actor, case: Case) -> Iterator[NextAction]:
    leads = case.lead_organisation_id == actor.organisation_id
    for one in POSSIBLE:
        if not actor.may(one.verb) or (one.url_name in LEAD_ONLY and not leads):
            continue
        if one.act and obstacle_for(case, one.act):
            continue
        if one.act == Act.APPLY and obstacle_in_decisions(decisions_of_case(actor, case.id)):
            continue
        is_main = case.stage in one.main_in and _is_time_for(one, case)
        yield NextAction(one.label, reverse(one.url_name, args=[case.id]), one.icon, is_main)


def _is_time_for(one: Possible, case: Case) -> bool:
    """An arrival or a departure is the main thing only when its day has come."""
    if one.act == Act.ARRIVE:
        return case.departed_on is not None or (case.expected_on or localdate()) <= localdate()
    return True
