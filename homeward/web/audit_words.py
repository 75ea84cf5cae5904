"""What was done, in words, for the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action

Words = str | Promise

REFUSED = "refused"

ACTIONS: Mapping[str, Words] = {
    REFUSED: _("Was refused"),
    Action.ORGANISATION_VIEW: _("Looked at the organisation"),
    Action.ORGANISATION_CREATE: _("Added an organisation"),
    Action.ORGANISATION_EDIT: _("Changed an organisation"),
    Action.OFFICE_ADD: _("Added an office"),
    Action.OFFICE_EDIT: _("Changed an office"),
    Action.TEAM_ADD: _("Added a team"),
    Action.TEAM_EDIT: _("Changed a team"),
    Action.MEMBER_VIEW: _("Looked at members"),
    Action.MEMBER_INVITE: _("Invited a member"),
    Action.MEMBER_JOIN: _("Joined"),
    Action.MEMBER_CHANGE: _("Changed a member"),
    Action.MEMBER_END: _("Ended a membership"),
    Action.INVITATION_RENEW: _("Renewed an invitation"),
    Action.INVITATION_WITHDRAW: _("Withdrew an invitation"),
    Action.FACTOR_RESET_ASK: _("Asked to reset a second factor"),
    Action.FACTOR_RESET_DECIDE: _("Decided on the reset of a second factor"),
    Action.INTEGRATION_VIEW: _("Looked at integrations"),
    Action.INTEGRATION_CREATE: _("Added an integration"),
    Action.INTEGRATION_ROTATE: _("Renewed an integration's token"),
    Action.INTEGRATION_END: _("Ended an integration"),
    Action.AUDIT_SEARCH: _("Searched the trail"),
    Action.AUDIT_EXPORT: _("Exported the trail"),
    Action.APPROVAL_VIEW: _("Looked at an approval"),
    Action.APPROVAL_ASK: _("Asked for an approval"),
    Action.APPROVAL_ANSWER: _("Answered what was asked for approval"),
    Action.APPROVAL_PASS_ON: _("Passed an approval on"),
    Action.APPROVAL_ESCALATE: _("Told of a late approval"),
    Action.PLAN_VIEW: _("Looked at a plan"),
    Action.PLAN_DRAFT: _("Changed the draft of a plan"),
    Action.PLAN_PROPOSE: _("Proposed a plan"),
    Action.PLAN_AGREE: _("Recorded the agreement to a plan"),
    Action.PLAN_TAKE_ANSWER: _("Acted on the answer about a plan"),
    Action.FILE_STORE: _("Stored a document"),
    Action.FILE_OPEN: _("Opened a document"),
    Action.FILE_REMOVE: _("Removed a document"),
    Action.KEY_DESTROY: _("Destroyed a person's key"),
    Action.KEY_ROTATE: _("Wrapped keys anew"),
    Action.PROGRAMME_ADD: _("Added a programme"),
    Action.PERSON_VIEW: _("Looked at a person"),
    Action.PERSON_REGISTER: _("Registered a person"),
    Action.PERSON_EDIT: _("Changed a person's details"),
    Action.PERSON_MATCH: _("Compared possible duplicates"),
    Action.PERSON_MERGE: _("Merged two people"),
    Action.DOCUMENT_NUMBER_OPEN: _("Opened a document number"),
    Action.CASE_LIST: _("Listed cases"),
    Action.CASE_VIEW: _("Looked at a case"),
    Action.CASE_OPEN: _("Opened a new case"),
    Action.CASE_EDIT: _("Changed a case"),
    Action.CASE_ASSIGN: _("Assigned a case"),
    Action.CASE_SHARE: _("Shared a case"),
    Action.CASE_END_SHARE: _("Ended the sharing of a case"),
    Action.CASE_TAKE_LEAD: _("Took the lead of a case"),
    Action.CASE_EXPORT: _("Exported a list of cases"),
    Action.CASE_EMERGENCY: _("Opened a case in an emergency"),
    Action.CASE_EMERGENCY_REVIEW: _("Reviewed an emergency opening"),
    Action.VIEW_SAVE: _("Saved a view"),
    Action.NOTE_WRITE: _("Wrote a note"),
    Action.DOCUMENT_ADD: _("Added a document to a case"),
    Action.APPOINTMENT_MAKE: _("Made an appointment"),
    Action.APPOINTMENT_CHANGE: _("Changed an appointment"),
    Action.APPOINTMENT_REMIND: _("Reminded of an appointment"),
    Action.COUNSELLING_RECORD: _("Recorded a counselling talk"),
    Action.COUNSELLING_OPEN: _("Opened a counselling record"),
    Action.APPLICATION_SUBMIT: _("Submitted an application"),
    Action.APPLICATION_DECIDE: _("Decided on an application"),
    Action.TRAVEL_PLAN: _("Planned travel"),
    Action.MEDICAL_ITEMS_OPEN: _("Opened medical items"),
    Action.DEPARTURE_RECORD: _("Recorded a departure"),
    Action.ARRIVAL_CONFIRM: _("Confirmed an arrival"),
    Action.ARRIVAL_VIEW: _("Looked at expected arrivals"),
    Action.PLAN_RECORD: _("Recorded a plan"),
    Action.CONTACT_RECORD: _("Recorded a contact"),
    Action.EXIT_RECORD: _("Recorded an exit"),
    Action.OWN_VIEW_OPEN: _("Opened the returnee's own view"),
    Action.CASE_WITHDRAW: _("Recorded a withdrawal"),
    Action.CASE_CLOSE: _("Closed a case"),
    Action.CASE_REOPEN: _("Reopened a case"),
    Action.IMPORT_PREPARE: _("Prepared an import"),
    Action.IMPORT_SAVE: _("Saved an import"),
    Action.IMPORT_UNDO: _("Undid an import"),
}


def action_words(code: str) -> Words:
    """An action in words; an action of a later version keeps its code."""
    return ACTIONS.get(code, code)
