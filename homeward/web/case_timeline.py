"""The timeline of a case, all of it or one kind of thing that happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.queries import timeline_of
from homeward.cases.rules import EventKind as Kind
from homeward.web.case_words import EVENTS

if TYPE_CHECKING:
    from homeward.cases.models import Event

SHORT, LONG = 15, 500

DECISIONS = (
    *(
        Kind.DECIDED_TO_RETURN,
        Kind.DECIDED_TO_STAY,
        Kind.UNDECIDED,
        Kind.APPLIED,
        Kind.ACCEPTED,
        Kind.REJECTED,
    ),
    *(Kind.ELIGIBILITY_DECIDED, Kind.OVERRIDE_ASKED, Kind.OVERRIDE_CONFIRMED, Kind.OVERRIDE_DECLINED),
    *(Kind.OVERRIDE_SENT_BACK, Kind.OVERRIDE_TAKEN_BACK),
    *(Kind.PLANNING_BEGUN, Kind.PLAN_AGREED, Kind.WITHDRAWN, Kind.CLOSED, Kind.REOPENED),
)
CHAPTERS: Mapping[str, tuple[str | Promise, tuple[Kind, ...]]] = {
    "": (_("All"), ()),
    "contacts": (
        _("Contacts"),
        (
            *(Kind.COUNSELLED, Kind.NOTE_WRITTEN, Kind.CONTACT_MADE, Kind.CONTACT_TRIED),
            *(Kind.CONTACT_LOST, Kind.CONTACT_FOUND, Kind.APPOINTMENT_MOVED),
            *(Kind.APPOINTMENT_MADE, Kind.APPOINTMENT_KEPT, Kind.APPOINTMENT_MISSED),
            *(Kind.APPOINTMENT_CANCELLED, Kind.QUESTION_ASKED, Kind.QUESTION_ANSWERED),
            *(Kind.VISIT_ASKED_FOR, Kind.VISIT_MADE, Kind.VISIT_NOT_NEEDED, Kind.BUSINESS_SEEN),
            *(Kind.MESSAGE_ANSWERED, Kind.MESSAGES_STOPPED),
        ),
    ),
    "decisions": (_("Decisions"), DECISIONS),
    "sharing": (
        _("Sharing"),
        (
            *(Kind.SHARED, Kind.SHARING_ENDED, Kind.LEAD_OFFERED, Kind.LEAD_CHANGED, Kind.EMERGENCY_OPENED),
            *(Kind.CONSENT_GIVEN, Kind.CONSENT_REFUSED, Kind.CONSENT_WITHDRAWN),
        ),
    ),
}
# Lines that move the case are drawn full; those that ask for somebody are drawn late.
TURNS = {*DECISIONS, Kind.OPENED, Kind.DEPARTED, Kind.ARRIVED, Kind.LEAD_CHANGED, Kind.CONTACT_FOUND}
ALARMS = {
    Kind.CONTACT_LOST,
    Kind.APPOINTMENT_MISSED,
    Kind.EMERGENCY_OPENED,
    Kind.NOT_TRAVELLED,
    Kind.RECEIPT_DISPUTED,
}


@dataclass(frozen=True)
class Line:
    """One line: what happened, and how it is drawn."""

    event: Event
    title: str | Promise
    kind: str


@dataclass(frozen=True)
class Timeline:
    """The lines of a chapter, the chapters to choose from, and whether older lines are left out."""

    lines: list[Line]
    chapters: list[dict[str, object]]
    chapter: str
    has_more: bool


def read(request: HttpRequest, actor: Actor, case_id: UUID) -> Timeline:
    """The timeline as the address asks for it: `?chapter=sharing`, `?all=1` for everything."""
    asked = request.GET.get("chapter", "")
    chapter = asked if asked in CHAPTERS else ""
    most = LONG if request.GET.get("all") else SHORT
    events = timeline_of(actor, case_id)
    if kinds := CHAPTERS[chapter][1]:
        events = events.filter(kind__in=kinds)
    found = list(events[: most + 1])
    chapters: list[dict[str, object]] = [
        {"label": label, "url": f"?chapter={code}#time" if code else "?#time", "is_current": code == chapter}
        for code, (label, _kinds) in CHAPTERS.items()
    ]
    return Timeline([_line(event) for event in found[:most]], chapters, chapter, len(found) > most)


def _line(event: Event) -> Line:
    kind = Kind(event.kind)
    drawn = "late" if kind in ALARMS else "key" if kind in TURNS else ""
    return Line(event, EVENTS[kind], drawn)
