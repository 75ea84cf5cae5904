"""Stages and the facts they follow from, kinds of return, what may happen to a case. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where a case is on the path, or how it left it."""

    ENQUIRY = "enquiry"
    COUNSELLING = "counselling"
    APPLICATION = "application"
    ACCEPTED = "accepted"
    PRE_DEPARTURE = "pre_departure"
    TRAVELLING = "travelling"
    ARRIVED = "arrived"
    PLANNING = "planning"
    REINTEGRATING = "reintegrating"
    CLOSED = "closed"
    MONITORING = "monitoring"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    NOT_TRAVELLED = "not_travelled"
    LOST_CONTACT = "lost_contact"
    REMIGRATED = "remigrated"
    DECEASED = "deceased"


PATH = (
    Stage.ENQUIRY,
    Stage.COUNSELLING,
    Stage.APPLICATION,
    Stage.ACCEPTED,
    Stage.PRE_DEPARTURE,
    Stage.TRAVELLING,
    Stage.ARRIVED,
    Stage.PLANNING,
    Stage.REINTEGRATING,
    Stage.CLOSED,
    Stage.MONITORING,
)
SIDE_EXITS = tuple(stage for stage in Stage if stage not in PATH)

# The one table from which a stage is derived, in code and in the database: the first row whose
# facts are all recorded gives the stage, and the latest of those facts its beginning.
STAGE_FROM_FACTS: tuple[tuple[Stage, tuple[str, ...]], ...] = (
    (Stage.DECEASED, ("deceased_on",)),
    (Stage.REMIGRATED, ("remigrated_on",)),
    (Stage.WITHDRAWN, ("withdrawn_on",)),
    (Stage.REJECTED, ("rejected_on",)),
    (Stage.NOT_TRAVELLED, ("not_travelled_on",)),
    (Stage.MONITORING, ("closed_on", "monitored_on")),
    (Stage.CLOSED, ("closed_on",)),
    (Stage.LOST_CONTACT, ("contact_lost_on",)),
    (Stage.REINTEGRATING, ("arrived_on", "plan_agreed_on")),
    (Stage.PLANNING, ("arrived_on", "planning_on")),
    (Stage.ARRIVED, ("arrived_on",)),
    (Stage.TRAVELLING, ("departed_on",)),
    (Stage.PRE_DEPARTURE, ("travel_planned_on",)),
    (Stage.ACCEPTED, ("accepted_on",)),
    (Stage.APPLICATION, ("applied_on",)),
    (Stage.COUNSELLING, ("counselled_on",)),
    (Stage.ENQUIRY, ("opened_on",)),
)
FACTS = tuple(dict.fromkeys(fact for _, facts in STAGE_FROM_FACTS for fact in facts))


@dataclass(frozen=True)
class StageReached:
    """A stage, the day it was reached, and the facts that say so."""

    stage: Stage
    since: date
    facts: tuple[str, ...]


def stage_of(facts: Mapping[str, date | None]) -> StageReached:
    """The stage that follows from the recorded facts (fact name to day)."""
    for stage, needed in STAGE_FROM_FACTS:
        days = [facts.get(fact) for fact in needed]
        known = [day for day in days if day is not None]
        if len(known) == len(needed):
            return StageReached(stage, max(known), needed)
    raise ValueError("A case has at least the day it was opened.")


def path_reached(facts: Mapping[str, date | None]) -> dict[Stage, date]:
    """Each stage of the path that the facts show as reached, with its day."""
    reached = {}
    for stage, needed in STAGE_FROM_FACTS:
        known = [day for fact in needed if (day := facts.get(fact)) is not None]
        if stage in PATH and len(known) == len(needed):
            reached[stage] = max(known)
    return {stage: reached[stage] for stage in PATH if stage in reached}


class ReturnType(StrEnum):
    VOLUNTARY = "voluntary"
    FORCED = "forced"
    HUMANITARIAN = "humanitarian"
    UNKNOWN = "unknown"


class RoleInFile(StrEnum):
    """What the person of the case is to the principal applicant."""

    PRINCIPAL = "principal"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    DEPENDANT = "dependant"


class Scope(StrEnum):
    """How much of a case an organisation sees by its listing."""

    LEAD = "lead"
    PARTICIPANT = "participant"
    EMERGENCY = "emergency"
    ARRIVAL = "arrival"  # that somebody is expected, when and where; no identity


class Visibility(StrEnum):
    """Who on the case reads a note or sees an event."""

    CASE = "case"
    ORGANISATION = "organisation"


class EventKind(StrEnum):
    """What happened, as the timeline tells it."""

    OPENED = "opened"
    IMPORTED = "imported"
    COUNSELLED = "counselled"
    DECIDED_TO_RETURN = "decided_to_return"
    DECIDED_TO_STAY = "decided_to_stay"
    UNDECIDED = "undecided"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TRAVEL_PLANNED = "travel_planned"
    TRAVEL_CHANGED = "travel_changed"
    ASSESSED = "assessed"
    PROFILE_NOTED = "profile_noted"
    CLEARANCE_GIVEN = "clearance_given"
    CLEARANCE_REFUSED = "clearance_refused"
    CLEARANCE_LAPSED = "clearance_lapsed"
    TRAVEL_CONFIRMED = "travel_confirmed"
    CONFIRMATION_FELL = "confirmation_fell"
    DEPARTED = "departed"
    NOT_TRAVELLED = "not_travelled"
    ARRIVED = "arrived"
    PLANNING_BEGUN = "planning_begun"
    PLAN_AGREED = "plan_agreed"
    PLAN_PROPOSED = "plan_proposed"
    PLAN_APPROVED = "plan_approved"
    PLAN_SENT_BACK = "plan_sent_back"
    PLAN_DECLINED = "plan_declined"
    PLAN_NOT_AGREED = "plan_not_agreed"
    PLAN_AMENDED = "plan_amended"
    NOTE_WRITTEN = "note_written"
    NOTE_CORRECTED = "note_corrected"
    DOCUMENT_ADDED = "document_added"
    APPOINTMENT_MADE = "appointment_made"
    APPOINTMENT_MOVED = "appointment_moved"
    APPOINTMENT_KEPT = "appointment_kept"
    APPOINTMENT_MISSED = "appointment_missed"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    SHARED = "shared"
    SHARING_ENDED = "sharing_ended"
    LEAD_OFFERED = "lead_offered"
    LEAD_CHANGED = "lead_changed"
    LEAD_ASKED_FOR = "lead_asked_for"
    LEAD_DECLINED = "lead_declined"
    LEAD_RECALLED = "lead_recalled"
    LEAD_UNANSWERED = "lead_unanswered"
    ORIGIN_ASKED = "origin_asked"
    ORIGIN_CONFIRMED = "origin_confirmed"
    ORIGIN_NOT_CONFIRMED = "origin_not_confirmed"
    FORMER_LEAD_ASKED = "former_lead_asked"
    FORMER_LEAD_ANSWERED = "former_lead_answered"
    EMERGENCY_OPENED = "emergency_opened"
    WITHDRAWN = "withdrawn"
    CONTACT_MADE = "contact_made"
    CONTACT_TRIED = "contact_tried"
    CONTACT_LOST = "contact_lost"
    CONTACT_FOUND = "contact_found"
    VISITS_PLANNED = "visits_planned"
    VISIT_ASKED_FOR = "visit_asked_for"
    VISIT_MADE = "visit_made"
    VISIT_NOT_NEEDED = "visit_not_needed"
    BUSINESS_SEEN = "business_seen"
    MESSAGE_ANSWERED = "message_answered"
    MESSAGES_STOPPED = "messages_stopped"
    REMIGRATED = "remigrated"
    DECEASED = "deceased"
    CLOSED = "closed"
    REOPENED = "reopened"
    PERSON_CHANGED = "person_changed"
    MERGED = "merged"
    MERGE_UNDONE = "merge_undone"
    NEXT_STEP_SET = "next_step_set"
    ELIGIBILITY_DECIDED = "eligibility_decided"
    OVERRIDE_ASKED = "override_asked"
    OVERRIDE_CONFIRMED = "override_confirmed"
    OVERRIDE_DECLINED = "override_declined"
    OVERRIDE_SENT_BACK = "override_sent_back"
    OVERRIDE_TAKEN_BACK = "override_taken_back"
    ASSISTANCE_COMMITTED = "assistance_committed"
    ASSISTANCE_DELIVERED = "assistance_delivered"
    ASSISTANCE_PAID = "assistance_paid"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_DECLINED = "referral_declined"
    REFERRAL_WAITLISTED = "referral_waitlisted"
    REFERRAL_STARTED = "referral_started"
    REFERRAL_COMPLETED = "referral_completed"
    REFERRAL_RECALLED = "referral_recalled"
    REFERRAL_EXPIRED = "referral_expired"
    REFERRAL_CONFIRMED = "referral_confirmed"
    RECEIPT_DISPUTED = "receipt_disputed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"


EMERGENCY_HOURS = timedelta(hours=8)
EMERGENCY_REVIEW_DAYS = 3
SHARE_DAYS = 365
DECISION_DAYS = 14  # an application is decided within
