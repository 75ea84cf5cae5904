"""What each role may do. A data protection officer can read this page."""

from enum import StrEnum

from homeward.access.actions import Action
from homeward.access.evidence_roles import (
    AGREEING_ON_INDICATORS,
    AGREEING_TO_LINK,
    EVALUATING,
    EXTRACTING,
    MEASURING,
    STOPPING,
)
from homeward.access.money_roles import COMMITTING, PAYING, STEERING
from homeward.access.reporting import ANSWERING, FUNDING, HEARING_ABROAD, READING_THROUGH, REPORTING, SERVING


class Role(StrEnum):
    RETURN_COUNSELLOR = "return_counsellor"
    CASE_MANAGER = "case_manager"
    COORDINATOR = "coordinator"
    FINANCE_OFFICER = "finance_officer"
    ORIGIN_AUTHORITY = "origin_authority"
    SERVICE_PROVIDER = "service_provider"
    FIELD_OFFICER = "field_officer"
    EVALUATOR = "evaluator"
    DONOR = "donor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"
    RETURNEE = "returnee"  # on a page of their own; never a membership
    SYSTEM = "system"  # timers and background work; never a membership


EVERYONE = frozenset({Action.ORGANISATION_VIEW, Action.FACTOR_RESET_ASK})

PROGRAMMES = frozenset({Action.PROGRAMME_ADD, Action.PROGRAMME_EDIT, Action.PROGRAMME_PUBLISH})

# sharing: who works with people discloses, who answers for the organisation agrees with others
RECEIVING = frozenset(
    {
        Action.CORRECTION_RECEIVE,
        Action.AGREEMENT_VIEW,
        Action.DISCLOSURE_VIEW,
        Action.DISCLOSURE_OPEN,
        Action.DISCLOSURE_END,
    }
)
DISCLOSING = RECEIVING | {Action.DISCLOSURE_MAKE, Action.SHARING_OVERRIDE_ASK, Action.SHARING_OVERRIDE_ANSWER}
AGREEING = frozenset(
    {Action.AGREEMENT_VIEW, Action.AGREEMENT_PROPOSE, Action.AGREEMENT_ACCEPT, Action.AGREEMENT_END}
)

# the directory: many look and tell what they know, few keep entries
LOOKING_UP = frozenset({Action.SERVICE_VIEW, Action.SERVICE_RATE, Action.SERVICE_PROPOSE})
SENDING = LOOKING_UP | {
    Action.SERVICE_SEE_RESTRICTED,
    Action.SERVICE_OPEN_RESTRICTED,
    Action.SERVICE_COUNT_ROOM,
}
KEEPING = frozenset({Action.SERVICE_VIEW, Action.SERVICE_EDIT, Action.SERVICE_COUNT_ROOM})
FILING = KEEPING | {Action.SERVICE_IMPORT, Action.SERVICE_EXPORT}

# instruments: many ask with them and see what they ask, few keep them; telephones send for their officer
LISTENING = frozenset({Action.INSTRUMENT_VIEW, Action.SUBMISSION_RECEIVE, Action.PHONE_ADD, Action.PHONE_END})
INSTRUMENTS = frozenset(
    {
        Action.INSTRUMENT_VIEW,
        Action.INSTRUMENT_EDIT,
        Action.INSTRUMENT_PUBLISH,
        Action.SUBMISSION_OPEN,
        Action.SUBMISSION_EXPORT,
        Action.SUBMISSION_REVIEW,
        Action.SCORING_EDIT,
        Action.SCORING_USE,
        Action.SCORING_DERIVE,
        Action.OUTCOME_RESCORE,
    }
)

# following up: an officer in the field makes the visits that are theirs, and sees no other; others plan them
VISITING = frozenset({Action.VISIT_VIEW, Action.VISIT_RECORD, Action.FORM_FILL, Action.FORM_OFFER})
SAMPLING = frozenset(
    {
        Action.SAMPLE_VIEW,
        Action.SAMPLE_PLAN,
        Action.SAMPLE_DRAW,
        Action.SAMPLE_REPLACE,
        Action.SAMPLE_EXPORT,
    }
)
FOLLOWING = VISITING | {Action.VISIT_PLAN, Action.VISIT_ASSIGN, Action.BUSINESS_RECORD}
# messages: who works with people writes to them, in words that are given
WRITING = frozenset({Action.MESSAGE_VIEW, Action.MESSAGE_PERMIT, Action.MESSAGE_SEND})

# who works with a case may send its person to a service
CASE_READING = SENDING | {
    Action.CASE_LIST,
    Action.CASE_VIEW,
    Action.PERSON_VIEW,
    Action.VIEW_SAVE,
    Action.OUTCOME_VIEW,
}
# consent and the person's own page: who works with people asks them; who is complained of does not answer
ASKING = frozenset(
    {
        Action.CONSENT_VIEW,
        Action.CONSENT_RECORD,
        Action.CONSENT_WITHDRAW,
        Action.CONSENT_NAMES_OPEN,
        Action.OWN_PAGE_OFFER,
        Action.OWN_PAGE_END,
        Action.QUESTION_ANSWER,
    }
)
HEARING = frozenset({Action.CONSENT_VIEW, Action.COMPLAINT_VIEW, Action.COMPLAINT_ANSWER})
# What a person may do on a page of their own, with their own case and no other.
OWN_PAGE = frozenset(
    {
        Action.OWN_PAGE_USE,
        Action.CONSENT_VIEW,
        Action.CONSENT_RECORD,
        Action.CONSENT_WITHDRAW,
        Action.DISCLOSURE_VIEW,  # who was shown what about them
        Action.PLAN_VIEW,
        Action.PLAN_AGREE,
        Action.PLAN_RECORD,  # that their yes puts the plan in force
        Action.RECEIPT_CONFIRM,
        Action.QUESTION_ASK,
        Action.COMPLAINT_MAKE,
        Action.MESSAGE_PERMIT,  # whether they may be written to
        # surveys that they were asked to answer here
        Action.VISIT_VIEW,
        Action.FORM_FILL,
        Action.SUBMISSION_RECEIVE,
    }
)


CASEWORK = (
    CASE_READING
    | DISCLOSING
    | ASKING
    | LISTENING
    | FOLLOWING
    | WRITING
    | {
        Action.PERSON_REGISTER,
        Action.PERSON_EDIT,
        Action.PERSON_MATCH,
        Action.PERSON_MERGE,
        Action.PARTNERS_ASK,
        Action.PARTNERS_TOLD,
        Action.DOCUMENT_NUMBER_OPEN,
        Action.CASE_OPEN,
        Action.CASE_EDIT,
        Action.CASE_SHARE,
        Action.CASE_END_SHARE,
        Action.HANDOVER_VIEW,
        Action.HANDOVER_OFFER,
        Action.HANDOVER_REQUEST,
        Action.HANDOVER_ANSWER,
        Action.HANDOVER_ACCEPT,
        Action.FORMER_LEAD_ASK,
        Action.FORMER_LEAD_ANSWER,
        Action.CASE_EXPORT,
        Action.CASE_EMERGENCY,
        Action.NOTE_WRITE,
        Action.DOCUMENT_ADD,
        Action.FILE_STORE,
        Action.FILE_OPEN,
        Action.APPOINTMENT_MAKE,
        Action.APPOINTMENT_CHANGE,
        Action.COUNSELLING_RECORD,
        Action.COUNSELLING_OPEN,
        Action.HELD_OPEN,
        Action.APPLICATION_SUBMIT,
        Action.ELIGIBILITY_DECIDE,
        Action.OVERRIDE_ASK,
        Action.TRAVEL_PLAN,
        Action.NOTICE_MAKE,
        Action.NOTICE_WITHDRAW,
        Action.MEDICAL_ITEMS_OPEN,
        Action.DEPARTURE_RECORD,
        Action.PLAN_RECORD,
        Action.CONTACT_RECORD,
        Action.EXIT_RECORD,
        Action.OWN_VIEW_OPEN,
        Action.CASE_WITHDRAW,
        Action.CASE_CLOSE,
        Action.CASE_REOPEN,
        Action.SUBJECT_REQUEST_RECORD,
        Action.COMPARISON_VIEW,
    }
)
IMPORTING = frozenset({Action.IMPORT_PREPARE, Action.IMPORT_SAVE, Action.IMPORT_UNDO, Action.FILE_REMOVE})

CLEARING = frozenset(
    {
        Action.PROFILE_SET,
        Action.CLEARANCE_DECIDE,
        Action.CONDITIONS_OPEN,
        Action.TRAVEL_CONFIRM,
        Action.ASSESS,
        Action.ASSESSMENT_OPEN,
    }
)

COORDINATION = (
    CASE_READING
    | RECEIVING
    | AGREEING
    | HEARING
    | {
        Action.CONSENT_WITHDRAW,
        Action.SHARING_OVERRIDE_ANSWER,
        Action.PARTNERS_ASK_ALLOW,
        Action.PARTNERS_TOLD,
        Action.PROTOCOL_VIEW,
        Action.PROTOCOL_PROPOSE,
        Action.PROTOCOL_END,
        Action.APPLICATION_DECIDE,
        Action.ELIGIBILITY_DECIDE,
        Action.OVERRIDE_ASK,
        Action.CASE_ASSIGN,
        Action.CASE_EXPORT,
        Action.CASE_EMERGENCY_REVIEW,
        Action.HANDOVER_VIEW,
        Action.HANDOVER_OFFER,
        Action.HANDOVER_ANSWER,
        Action.HANDOVER_ACCEPT,
        Action.FORMER_LEAD_ANSWER,
        Action.NOTE_WRITE,
        Action.FILE_STORE,
        Action.FILE_OPEN,
        Action.ARRIVAL_VIEW,
    }
)

# Who asks waits for others; which of those who answer may give which answer, the approval says itself.
APPROVING = frozenset(
    {Action.APPROVAL_VIEW, Action.APPROVAL_ASK, Action.APPROVAL_ANSWER, Action.APPROVAL_PASS_ON}
)
PLANNING = frozenset({Action.PLAN_VIEW, Action.PLAN_DRAFT, Action.PLAN_PROPOSE, Action.PLAN_AGREE})
# A referral is answered by whoever provides the service: a clinic, or a partner among its other work.
PROVIDING = frozenset(
    {
        Action.REFERRAL_VIEW,
        Action.REFERRAL_OPEN,
        Action.REFERRAL_ACCEPT,
        Action.REFERRAL_DECLINE,
        Action.REFERRAL_WAITLIST,
        Action.REFERRAL_START,
        Action.REFERRAL_COMPLETE,
    }
)
REFERRING = PROVIDING | {
    Action.REFERRAL_DRAFT,
    Action.REFERRAL_SEND,
    Action.REFERRAL_RECALL,
    Action.REFERRAL_CONFIRM,
    Action.REFERRAL_TAKE_OVER,
    Action.REFERRAL_STATISTICS,
}
ADMINISTRATION = AGREEING | frozenset(
    {
        Action.TRANSFER_RULE_EDIT,
        Action.ORGANISATION_CREATE,
        Action.ORGANISATION_EDIT,
        Action.OFFICE_ADD,
        Action.OFFICE_EDIT,
        Action.CALENDAR_EDIT,
        Action.TEAM_ADD,
        Action.TEAM_EDIT,
        Action.MEMBER_VIEW,
        Action.MEMBER_INVITE,
        Action.MEMBER_CHANGE,
        Action.MEMBER_END,
        Action.INVITATION_RENEW,
        Action.INVITATION_WITHDRAW,
        Action.FACTOR_RESET_DECIDE,
        Action.INTEGRATION_VIEW,
        Action.INTEGRATION_CREATE,
        Action.INTEGRATION_ROTATE,
        Action.INTEGRATION_END,
        Action.CHANNEL_VIEW,
        Action.CHANNEL_ADD,
        Action.CHANNEL_TEST,
        Action.CHANNEL_END,
        Action.PHONE_VIEW,
        Action.PHONE_END,
        Action.CASE_ASSIGN,
    }
)

OVERSIGHT = frozenset(
    {
        # She advises and can stop what is shared; whoever accepts decides, and that she never does.
        Action.AGREEMENT_VIEW,
        Action.AGREEMENT_END,
        Action.TRANSFER_RULE_EDIT,
        Action.DISCLOSURE_VIEW,
        Action.DISCLOSURE_END,
        Action.AUDIT_SEARCH,
        Action.AUDIT_EXPORT,
        Action.MEMBER_VIEW,
        Action.OPENING_REVIEW,
        Action.PROTOCOL_VIEW,
        Action.PROTOCOL_APPROVE,
        Action.PROTOCOL_END,
        Action.KEY_DESTROY,
        Action.FILE_REMOVE,
        Action.CASE_EMERGENCY_REVIEW,
        Action.PROTECTION_VIEW,
        Action.SUBJECT_REQUEST_RECORD,
        Action.SUBJECT_REQUEST_OPEN,
        Action.SUBJECT_REQUEST_ANSWER,
        Action.HOLD_SET,
        Action.HOLD_RELEASE,
        Action.RESTRICTION_SET,
        Action.RESTRICTION_LIFT,
        Action.BREACH_LIST,
        Action.BREACH_RECORD,
        Action.SUBJECT_EXPORT,
        Action.SUBJECT_ERASE,
        Action.CORRECTION_TELL,
        Action.RETENTION_SET,
        Action.RETENTION_RUN,
        Action.RELEASE_VIEW,
        Action.CASE_OVERSEE,
    }
)

MAY: dict[Role, frozenset[Action]] = {
    Role.RETURN_COUNSELLOR: EVERYONE
    | CASEWORK
    | PLANNING
    | REFERRING
    | COMMITTING
    | APPROVING
    | IMPORTING
    | CLEARING,
    Role.CASE_MANAGER: EVERYONE
    | CASEWORK
    | PLANNING
    | REFERRING
    | COMMITTING
    | APPROVING
    | IMPORTING
    | CLEARING
    | ANSWERING
    | {Action.ARRIVAL_CONFIRM, Action.ARRIVAL_VIEW},
    Role.COORDINATOR: EVERYONE
    | COORDINATION
    | PROGRAMMES
    | STEERING
    | APPROVING
    | INSTRUMENTS
    | SAMPLING
    | (EXTRACTING - {Action.EXTRACT_EXPORT})  # knows people by name, so opens no rows about single ones
    | AGREEING_TO_LINK
    | EVALUATING
    | AGREEING_ON_INDICATORS
    | REPORTING
    | {
        *STOPPING,
        Action.PLAN_VIEW,
        Action.REFERRAL_VIEW,
        Action.REFERRAL_STATISTICS,
        Action.VISIT_VIEW,
        Action.VISIT_ASSIGN,
        Action.ROUND_MONITOR,
    },
    Role.FINANCE_OFFICER: EVERYONE | PAYING | APPROVING,
    Role.ORIGIN_AUTHORITY: EVERYONE | RECEIVING | SENDING | FILING | HEARING_ABROAD,
    Role.SERVICE_PROVIDER: EVERYONE | RECEIVING | PROVIDING | LOOKING_UP | KEEPING | SERVING,
    Role.FIELD_OFFICER: EVERYONE | LOOKING_UP | LISTENING | VISITING,
    Role.EVALUATOR: EVERYONE
    | (INSTRUMENTS - {Action.SUBMISSION_OPEN, Action.SUBMISSION_EXPORT})
    | SAMPLING
    | EXTRACTING
    | EVALUATING
    | REPORTING
    | {*STOPPING, *MEASURING, Action.SERVICE_VIEW, Action.ROUND_MONITOR, Action.COMPARISON_PUBLISH},
    Role.DONOR: EVERYONE | (APPROVING - {Action.APPROVAL_ASK}) | FUNDING,
    Role.DATA_PROTECTION_OFFICER: EVERYONE
    | OVERSIGHT
    | HEARING
    | AGREEING_TO_LINK
    | READING_THROUGH
    | {Action.SERVICE_VIEW, Action.NOTICE_PUBLISH, *STOPPING},
    Role.ADMINISTRATOR: EVERYONE
    | ADMINISTRATION
    | PROGRAMMES
    | INSTRUMENTS
    | FILING
    | {Action.APPROVAL_VIEW, Action.APPROVAL_PASS_ON},
    Role.RETURNEE: OWN_PAGE,
    Role.SYSTEM: frozenset(Action),
}
