"""What the case file shows of the journey: one section each, drawn by its own template."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.approvals.queries import visible_approvals
from homeward.cases.journey_rules import ApplicationState, AppointmentState, Override
from homeward.cases.queries import journey
from homeward.cases.queries.eligibility import explanation_of, live_eligibility
from homeward.files.queries import names_of, visible_files
from homeward.sharing.rules import Category
from homeward.web.followup.section import case_section as follow_up_section
from homeward.web.plans.reading import case_section
from homeward.web.referrals.section import case_section as referral_section

if TYPE_CHECKING:
    from homeward.cases.models import Case, EligibilityDecision

MOST_NOTES = 20
CATEGORY_OF = {
    "appointments": Category.FOLLOW_UP,
    "counselling": Category.COUNSELLING,
    "followup": Category.FOLLOW_UP,
    "plan": Category.PLAN,
}
# Of these an organisation sees what it wrote itself, also where those of others are not shared with it.
OWN_PART_OF = {"notes": {Category.NOTES, Category.FOLLOW_UP}, "documents": {Category.DOCUMENTS}}
Context = Mapping[str, object]


@dataclass(frozen=True)
class Section:
    """A part of the case file: include `template` with `section=section` and `context` in scope."""

    id: str
    title: str | Promise
    template: str
    context: Context = field(default_factory=dict)


def sections_for(actor: Actor, case: Case, hidden: Collection[Category] = ()) -> list[Section]:
    """The sections this actor sees of a case that `get_case` gave them, in the order of the path.

    One of a category that is not shared with the actor's organisation says so.
    """
    return [
        not_shared(id_, title)
        if CATEGORY_OF.get(id_) in hidden
        else Section(
            id_,
            title,
            f"journey/sections/{id_}.html",
            {
                "case": case,
                "may": _may(actor),
                "is_part": not OWN_PART_OF.get(id_, set()).isdisjoint(hidden),
                **read(actor, case),
            },
        )
        for id_, title, read in SECTIONS
    ]


def not_shared(id_: str, title: str | Promise) -> Section:
    """A part of the case file that is kept from the reader's organisation."""
    return Section(id_, title, "cases/not_shared.html")


def _may(actor: Actor) -> dict[str, bool]:
    return {
        "counsel": actor.may(Action.COUNSELLING_RECORD),
        "open": actor.may(Action.COUNSELLING_OPEN),
        "apply": actor.may(Action.APPLICATION_SUBMIT),
        "decide": actor.may(Action.APPLICATION_DECIDE),
        "travel": actor.may(Action.TRAVEL_PLAN),
        "note": actor.may(Action.NOTE_WRITE),
        "contact": actor.may(Action.CONTACT_RECORD),
        "appoint": actor.may(Action.APPOINTMENT_MAKE),
        "add": actor.may(Action.DOCUMENT_ADD),
        "file": actor.may(Action.FILE_OPEN),
        "close": actor.may(Action.CASE_CLOSE),
    }


def _counselling(actor: Actor, case: Case) -> Context:
    return {"sessions": list(journey.counselling_of_case(actor, case.id))}


def _application(actor: Actor, case: Case) -> Context:
    applications = list(journey.applications_of_case(actor, case.id))
    waiting = [one for one in applications if one.state == ApplicationState.SUBMITTED]
    own = [one for one in waiting if one.submitted_by_id == actor.user_id]
    return {"applications": applications, "waiting": waiting[0] if waiting and not own else None}


def _eligibility(actor: Actor, case: Case) -> Context:
    decision = live_eligibility(actor, case.id)
    return {
        "decision": decision,
        "explanation": explanation_of(decision) if decision else None,
        "goes_by": case.programme_version,
        "may_decide": actor.may(Action.ELIGIBILITY_DECIDE) and case.programme_id is not None,
        "may_ask": actor.may(Action.OVERRIDE_ASK),
        "sees_request": _sees_request(actor, decision),
    }


def _sees_request(actor: Actor, decision: EligibilityDecision | None) -> bool:
    """Whether the reader's organisation asked for the exception or answers it, while it waits."""
    if decision is None or decision.override != Override.ASKED or not actor.may(Action.APPROVAL_VIEW):
        return False
    return visible_approvals(actor).filter(id=decision.override_approval_id).exists()


def _travel(actor: Actor, case: Case) -> Context:
    travels = list(journey.travels_of_case(actor, case.id))
    live = next((travel for travel in travels if travel.ended_on is None), None)
    return {
        "travel": live,
        "given_up": [travel for travel in travels if travel is not live],
        "arrival": journey.arrival_of_case(actor, case.id),
    }


def _notes(actor: Actor, case: Case) -> Context:
    notes = list(journey.notes_of_case(actor, case.id)[: MOST_NOTES + 1])
    contacts = list(journey.contacts_of_case(actor, case.id)[:MOST_NOTES])
    return {"notes": notes[:MOST_NOTES], "contacts": contacts, "has_more": len(notes) > MOST_NOTES}


def _appointments(actor: Actor, case: Case) -> Context:
    appointments = list(journey.appointments_of_case(actor, case.id))
    ahead = [one for one in appointments if one.state == AppointmentState.OPEN]
    return {"ahead": ahead, "past": [one for one in reversed(appointments) if one not in ahead]}


def _documents(actor: Actor, case: Case) -> Context:
    documents = list(journey.documents_of_case(actor, case.id))
    files = list(visible_files(actor).filter(id__in=[one.file_id for one in documents]))
    names, sizes = names_of(actor, files), {file.id: file.size_bytes for file in files}
    named = [
        {"document": one, "name": names.get(one.file_id, ""), "size": sizes.get(one.file_id)}
        for one in documents
    ]
    return {"documents": named}


def _closing(actor: Actor, case: Case) -> Context:
    return {
        "exits": list(journey.side_exits_of_case(actor, case.id)),
        "closures": list(journey.closures_of_case(actor, case.id)),
    }


SECTIONS: tuple[tuple[str, str | Promise, Callable[[Actor, Case], Context]], ...] = (
    ("appointments", _("Appointments"), _appointments),
    ("counselling", _("Counselling"), _counselling),
    ("application", _("Application"), _application),
    ("eligibility", _("Eligibility"), _eligibility),
    ("travel", _("Travel and arrival"), _travel),
    ("plan", _("Plan"), case_section),
    ("referrals", _("Referrals"), referral_section),
    ("followup", _("Visits and follow-up"), follow_up_section),
    ("notes", _("Notes and contacts"), _notes),
    ("documents", _("Documents"), _documents),
    ("closing", _("Closing"), _closing),
)
