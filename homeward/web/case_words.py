"""Words for what the cases' codes say: stages, reasons, kinds of sharing, lines of the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.cases.rules import EventKind, ReturnType, RoleInFile, Scope, Stage

if TYPE_CHECKING:
    from homeward.people.models import Person

Words = str | Promise

STAGES: Mapping[str, Words] = {
    Stage.ENQUIRY: _("Enquiry"),
    Stage.COUNSELLING: _("Counselling"),
    Stage.APPLICATION: _("Application"),
    Stage.ACCEPTED: _("Accepted"),
    Stage.PRE_DEPARTURE: _("Pre-departure"),
    Stage.TRAVELLING: _("Travelling"),
    Stage.ARRIVED: _("Arrived"),
    Stage.PLANNING: _("Planning"),
    Stage.REINTEGRATING: _("Reintegrating"),
    Stage.CLOSED: _("Closed"),
    Stage.MONITORING: _("Monitoring"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.REJECTED: _("Rejected"),
    Stage.NOT_TRAVELLED: _("Not travelled"),
    Stage.LOST_CONTACT: _("Contact lost"),
    Stage.REMIGRATED: _("Moved again"),
    Stage.DECEASED: _("Deceased"),
}

# What a recorded fact says, for "Why this stage".
FACTS: Mapping[str, Words] = {
    "opened_on": _("The case was opened"),
    "counselled_on": _("A first counselling talk was held"),
    "applied_on": _("An application was submitted"),
    "accepted_on": _("The application was accepted"),
    "rejected_on": _("The application was rejected"),
    "travel_planned_on": _("Travel was planned"),
    "travel_confirmed_on": _("Travel was confirmed"),
    "departed_on": _("The departure was recorded"),
    "not_travelled_on": _("The person did not travel"),
    "arrived_on": _("The arrival was confirmed"),
    "planning_on": _("Planning with the person began"),
    "plan_agreed_on": _("The person agreed to a plan"),
    "contact_lost_on": _("Contact was lost"),
    "withdrawn_on": _("The person withdrew"),
    "remigrated_on": _("The person moved again"),
    "deceased_on": _("The person died"),
    "closed_on": _("The case was closed"),
    "monitored_on": _("Monitoring after closing began"),
}

RETURN_TYPES: Mapping[str, Words] = {
    ReturnType.VOLUNTARY: _("Voluntary return"),
    ReturnType.FORCED: _("Forced return"),
    ReturnType.HUMANITARIAN: _("Humanitarian return"),
    ReturnType.UNKNOWN: _("Type of return not known"),
}

ROLES_IN_FILE: Mapping[str, Words] = {
    RoleInFile.PRINCIPAL: _("principal applicant"),
    RoleInFile.SPOUSE: _("spouse"),
    RoleInFile.CHILD: _("child"),
    RoleInFile.PARENT: _("parent"),
    RoleInFile.SIBLING: _("sibling"),
    RoleInFile.DEPENDANT: _("dependant"),
}

SCOPES: Mapping[str, Words] = {
    Scope.LEAD: _("Leads the case"),
    Scope.PARTICIPANT: _("The whole case"),
    Scope.EMERGENCY: _("The whole case, in an emergency"),
    Scope.ARRIVAL: _("The expected arrival only, no identity"),
}

EVENTS: Mapping[str, Words] = {
    EventKind.OPENED: _("Case opened"),
    EventKind.IMPORTED: _("Case imported from a partner’s list"),
    EventKind.COUNSELLED: _("Counselling talk"),
    EventKind.DECIDED_TO_RETURN: _("Decided to return"),
    EventKind.DECIDED_TO_STAY: _("Decided not to return"),
    EventKind.UNDECIDED: _("Has not decided yet"),
    EventKind.APPLIED: _("Application submitted"),
    EventKind.ACCEPTED: _("Application accepted"),
    EventKind.REJECTED: _("Application rejected"),
    EventKind.TRAVEL_PLANNED: _("Travel planned"),
    EventKind.TRAVEL_CHANGED: _("Travel changed"),
    EventKind.ASSESSED: _("Assessed"),
    EventKind.PROFILE_NOTED: _("Noted what to mind"),
    EventKind.CLEARANCE_GIVEN: _("Cleared before travel"),
    EventKind.CLEARANCE_REFUSED: _("Not cleared for travel"),
    EventKind.CLEARANCE_LAPSED: _("A clearance no longer holds"),
    EventKind.TRAVEL_CONFIRMED: _("Travel confirmed"),
    EventKind.CONFIRMATION_FELL: _("Travel to be confirmed again"),
    EventKind.DEPARTED: _("Departed"),
    EventKind.NOT_TRAVELLED: _("Did not travel"),
    EventKind.ARRIVED: _("Arrival confirmed"),
    EventKind.PLANNING_BEGUN: _("Planning began"),
    EventKind.PLAN_AGREED: _("Plan agreed"),
    EventKind.PLAN_PROPOSED: _("Plan proposed for approval"),
    EventKind.PLAN_APPROVED: _("Plan approved"),
    EventKind.PLAN_SENT_BACK: _("Plan sent back to be changed"),
    EventKind.PLAN_DECLINED: _("Plan declined"),
    EventKind.PLAN_NOT_AGREED: _("The person asked for another plan"),
    EventKind.PLAN_AMENDED: _("Changed plan agreed"),
    EventKind.NOTE_WRITTEN: _("Note written"),
    EventKind.NOTE_CORRECTED: _("Note corrected"),
    EventKind.DOCUMENT_ADDED: _("Document added"),
    EventKind.APPOINTMENT_MADE: _("Appointment made"),
    EventKind.APPOINTMENT_MOVED: _("Appointment moved"),
    EventKind.APPOINTMENT_KEPT: _("Appointment kept"),
    EventKind.APPOINTMENT_MISSED: _("Appointment missed"),
    EventKind.APPOINTMENT_CANCELLED: _("Appointment cancelled"),
    EventKind.SHARED: _("Case shared"),
    EventKind.SHARING_ENDED: _("Sharing ended"),
    EventKind.LEAD_OFFERED: _("Lead offered"),
    EventKind.LEAD_CHANGED: _("Lead changed"),
    EventKind.LEAD_ASKED_FOR: _("Another organisation asked for the lead"),
    EventKind.LEAD_DECLINED: _("Handover declined"),
    EventKind.LEAD_RECALLED: _("Handover taken back"),
    EventKind.LEAD_UNANSWERED: _("Handover without an answer; coordinators were told"),
    EventKind.ORIGIN_ASKED: _("Presumed sender asked to confirm"),
    EventKind.ORIGIN_CONFIRMED: _("Sender confirmed the return"),
    EventKind.ORIGIN_NOT_CONFIRMED: _("Presumed sender does not know the person"),
    EventKind.FORMER_LEAD_ASKED: _("Former lead asked a question"),
    EventKind.FORMER_LEAD_ANSWERED: _("Former lead answered a question"),
    EventKind.EMERGENCY_OPENED: _("Opened in an emergency"),
    EventKind.WITHDRAWN: _("Withdrew"),
    EventKind.CONTACT_MADE: _("Spoke with the person"),
    EventKind.CONTACT_TRIED: _("Tried to reach the person"),
    EventKind.CONTACT_LOST: _("Contact lost"),
    EventKind.CONTACT_FOUND: _("Contact found again"),
    EventKind.VISITS_PLANNED: _("Visits planned"),
    EventKind.VISIT_ASKED_FOR: _("A visit was asked for"),
    EventKind.VISIT_MADE: _("Visit made"),
    EventKind.VISIT_NOT_NEEDED: _("Visit no longer needed"),
    EventKind.BUSINESS_SEEN: _("Looked at the business"),
    EventKind.MESSAGE_ANSWERED: _("Wrote a message"),
    EventKind.MESSAGES_STOPPED: _("Wants no more messages"),
    EventKind.REMIGRATED: _("Moved again"),
    EventKind.DECEASED: _("Died"),
    EventKind.CLOSED: _("Case closed"),
    EventKind.REOPENED: _("Case reopened"),
    EventKind.PERSON_CHANGED: _("Details of the person changed"),
    EventKind.MERGED: _("Two records of the person joined"),
    EventKind.MERGE_UNDONE: _("Joining of two records undone"),
    EventKind.NEXT_STEP_SET: _("Next step set"),
    EventKind.ELIGIBILITY_DECIDED: _("Eligibility decided"),
    EventKind.OVERRIDE_ASKED: _("Exception asked for"),
    EventKind.OVERRIDE_CONFIRMED: _("Exception confirmed"),
    EventKind.OVERRIDE_DECLINED: _("Exception declined"),
    EventKind.OVERRIDE_SENT_BACK: _("Request for an exception sent back"),
    EventKind.OVERRIDE_TAKEN_BACK: _("Request for an exception taken back"),
    EventKind.ASSISTANCE_COMMITTED: _("Assistance committed"),
    EventKind.ASSISTANCE_DELIVERED: _("Assistance delivered"),
    EventKind.ASSISTANCE_PAID: _("Assistance paid"),
    EventKind.REFERRAL_SENT: _("Referred to a service"),
    EventKind.REFERRAL_ACCEPTED: _("A service accepted the referral"),
    EventKind.REFERRAL_DECLINED: _("A service declined the referral"),
    EventKind.REFERRAL_WAITLISTED: _("Put on a service’s waiting list"),
    EventKind.REFERRAL_STARTED: _("The service began"),
    EventKind.REFERRAL_COMPLETED: _("The service ended, with an outcome"),
    EventKind.REFERRAL_RECALLED: _("A referral was taken back"),
    EventKind.REFERRAL_EXPIRED: _("A referral expired without an answer"),
    EventKind.REFERRAL_CONFIRMED: _("The person told what came of a referral"),
    EventKind.RECEIPT_DISPUTED: _("The person says that not everything came"),
    EventKind.CONSENT_GIVEN: _("Consent given"),
    EventKind.CONSENT_REFUSED: _("Consent refused"),
    EventKind.CONSENT_WITHDRAWN: _("Consent taken back"),
    EventKind.QUESTION_ASKED: _("The person asked a question"),
    EventKind.QUESTION_ANSWERED: _("Question answered"),
}

TAGS: Mapping[str, Words] = {}


def tag_words(tag: str) -> Words:
    """A tag of a listing in words; one that nobody named yet as it is written."""
    return TAGS.get(tag) or tag.replace("_", " ").capitalize()


def latin_name(person: Person) -> str:
    """A person's names in Latin letters, as far as they are written so."""
    return f"{person.given_names} {person.family_name}".strip()
