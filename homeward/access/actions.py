"""Every verb in the system. One name serves the permission, the audit trail and the API."""

from enum import StrEnum


class Action(StrEnum):
    """`subject.verb`, in the order a case meets them."""

    # organisations and the people who work there
    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_CREATE = "organisation.create"
    ORGANISATION_EDIT = "organisation.edit"
    OFFICE_ADD = "office.add"
    CALENDAR_EDIT = "calendar.edit"
    OFFICE_EDIT = "office.edit"
    TEAM_ADD = "team.add"
    TEAM_EDIT = "team.edit"
    MEMBER_VIEW = "member.view"
    MEMBER_INVITE = "member.invite"
    MEMBER_JOIN = "member.join"
    MEMBER_CHANGE = "member.change"
    MEMBER_END = "member.end"
    INVITATION_RENEW = "invitation.renew"
    INVITATION_WITHDRAW = "invitation.withdraw"
    FACTOR_RESET_ASK = "factor_reset.ask"
    FACTOR_RESET_DECIDE = "factor_reset.decide"
    INTEGRATION_VIEW = "integration.view"
    INTEGRATION_CREATE = "integration.create"
    INTEGRATION_ROTATE = "integration.rotate"
    INTEGRATION_END = "integration.end"

    # what was done, by whom
    AUDIT_SEARCH = "audit.search"
    AUDIT_EXPORT = "audit.export"

    # documents and pictures
    FILE_STORE = "file.store"
    FILE_OPEN = "file.open"
    FILE_REMOVE = "file.remove"

    # sealed fields
    OPENING_REVIEW = "opening.review"

    # what enforcement bodies are told
    PROTOCOL_VIEW = "protocol.view"
    PROTOCOL_PROPOSE = "protocol.propose"
    PROTOCOL_APPROVE = "protocol.approve"
    PROTOCOL_END = "protocol.end"
    NOTICE_MAKE = "notice.make"
    NOTICE_WITHDRAW = "notice.withdraw"
    ENFORCEMENT_ACCOUNT_MAKE = "enforcement_account.make"
    ENFORCEMENT_ACCOUNT_END = "enforcement_account.end"

    # keys
    KEY_DESTROY = "key.destroy"
    KEY_ROTATE = "key.rotate"

    # programmes
    PROGRAMME_ADD = "programme.add"
    PROGRAMME_EDIT = "programme.edit"
    PROGRAMME_PUBLISH = "programme.publish"

    # the directory of services
    SERVICE_VIEW = "service.view"
    SERVICE_SEE_RESTRICTED = "service.see_restricted"
    SERVICE_OPEN_RESTRICTED = "service.open_restricted"
    SERVICE_EDIT = "service.edit"
    SERVICE_PROPOSE = "service.propose"
    SERVICE_COUNT_ROOM = "service.count_room"
    SERVICE_RATE = "service.rate"
    SERVICE_IMPORT = "service.import"
    SERVICE_EXPORT = "service.export"

    # instruments and what they are answered with
    INSTRUMENT_VIEW = "instrument.view"
    INSTRUMENT_EDIT = "instrument.edit"
    INSTRUMENT_PUBLISH = "instrument.publish"
    SUBMISSION_RECEIVE = "submission.receive"
    SUBMISSION_OPEN = "submission.open"
    SUBMISSION_REVIEW = "submission.review"
    FORM_FILL = "form.fill"
    FORM_OFFER = "form.offer"
    SCORING_EDIT = "scoring.edit"
    SCORING_USE = "scoring.use"
    SCORING_DERIVE = "scoring.derive"
    OUTCOME_VIEW = "outcome.view"
    OUTCOME_SCORE = "outcome.score"
    OUTCOME_RESCORE = "outcome.rescore"
    SUBMISSION_EXPORT = "submission.export"
    PHONE_ADD = "phone.add"
    PHONE_VIEW = "phone.view"  # those of all colleagues
    PHONE_END = "phone.end"

    # people
    PERSON_VIEW = "person.view"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_MATCH = "person.match"
    PERSON_MERGE = "person.merge"
    PARTNERS_ASK = "partners.ask"  # whether they may know a person
    PARTNERS_ASK_ALLOW = "partners.allow"  # although the person is protected
    PARTNERS_TOLD = "partners.told"  # that somebody asked, and who of theirs was a possible match
    DOCUMENT_NUMBER_OPEN = "document_number.open"

    # cases
    CASE_LIST = "case.list"
    CASE_VIEW = "case.view"
    CASE_OPEN = "case.open"
    CASE_EDIT = "case.edit"
    CASE_ASSIGN = "case.assign"
    CASE_SHARE = "case.share"
    CASE_END_SHARE = "case.end_share"
    CASE_EXPORT = "case.export"
    CASE_EMERGENCY = "case.emergency"
    CASE_EMERGENCY_REVIEW = "case.emergency_review"
    VIEW_SAVE = "view.save"

    # handing over
    HANDOVER_VIEW = "handover.view"
    HANDOVER_OFFER = "handover.offer"
    HANDOVER_REQUEST = "handover.request"
    HANDOVER_ANSWER = "handover.answer"
    HANDOVER_ACCEPT = "handover.accept"
    HANDOVER_REMIND = "handover.remind"
    FORMER_LEAD_ASK = "former_lead.ask"
    FORMER_LEAD_ANSWER = "former_lead.answer"

    # the journey
    NOTE_WRITE = "note.write"
    DOCUMENT_ADD = "document.add"
    APPOINTMENT_MAKE = "appointment.make"
    APPOINTMENT_CHANGE = "appointment.change"
    APPOINTMENT_REMIND = "appointment.remind"
    COUNSELLING_RECORD = "counselling.record"
    COUNSELLING_OPEN = "counselling.open"
    APPLICATION_SUBMIT = "application.submit"
    APPLICATION_DECIDE = "application.decide"
    ELIGIBILITY_DECIDE = "eligibility.decide"
    OVERRIDE_ASK = "override.ask"
    OVERRIDE_TAKE_ANSWER = "override.take_answer"
    TRAVEL_PLAN = "travel.plan"
    MEDICAL_ITEMS_OPEN = "medical_items.open"
    DEPARTURE_RECORD = "departure.record"
    ARRIVAL_CONFIRM = "arrival.confirm"
    ARRIVAL_VIEW = "arrival.view"
    PLAN_RECORD = "plan.record"
    CONTACT_RECORD = "contact.record"
    EXIT_RECORD = "exit.record"
    OWN_VIEW_OPEN = "own_view.open"
    CASE_WITHDRAW = "case.withdraw"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"

    # approvals
    APPROVAL_VIEW = "approval.view"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    APPROVAL_PASS_ON = "approval.pass_on"  # noqa: S105 (not a password)
    APPROVAL_ESCALATE = "approval.escalate"

    # sharing between organisations
    AGREEMENT_VIEW = "agreement.view"
    AGREEMENT_PROPOSE = "agreement.propose"
    AGREEMENT_ACCEPT = "agreement.accept"
    AGREEMENT_END = "agreement.end"
    TRANSFER_RULE_EDIT = "transfer_rule.edit"
    DISCLOSURE_VIEW = "disclosure.view"
    DISCLOSURE_MAKE = "disclosure.make"
    DISCLOSURE_OPEN = "disclosure.open"
    DISCLOSURE_END = "disclosure.end"
    SHARING_OVERRIDE_ASK = "sharing_override.ask"
    SHARING_OVERRIDE_ANSWER = "sharing_override.answer"

    # plans
    PLAN_VIEW = "plan.view"
    PLAN_DRAFT = "plan.draft"
    PLAN_PROPOSE = "plan.propose"
    PLAN_AGREE = "plan.agree"
    PLAN_TAKE_ANSWER = "plan.take_answer"

    # referrals
    REFERRAL_VIEW = "referral.view"
    REFERRAL_DRAFT = "referral.draft"
    REFERRAL_SEND = "referral.send"
    REFERRAL_RECALL = "referral.recall"
    REFERRAL_OPEN = "referral.open"
    REFERRAL_ACCEPT = "referral.accept"
    REFERRAL_DECLINE = "referral.decline"
    REFERRAL_WAITLIST = "referral.waitlist"
    REFERRAL_START = "referral.start"
    REFERRAL_COMPLETE = "referral.complete"
    REFERRAL_CONFIRM = "referral.confirm"
    REFERRAL_REMIND = "referral.remind"
    REFERRAL_EXPIRE = "referral.expire"
    REFERRAL_TAKE_OVER = "referral.take_over"
    REFERRAL_STATISTICS = "referral.statistics"

    # assistance
    ENTITLEMENT_GRANT = "entitlement.grant"
    MONEY_VIEW = "money.view"
    MONEY_COMMIT = "money.commit"
    DELIVERY_RECORD = "delivery.record"
    MILESTONE_REACH = "milestone.reach"
    RECEIPT_CONFIRM = "receipt.confirm"
    PROOF_ADD = "proof.add"
    PROOF_OPEN = "proof.open"
    PAYMENT_MAKE = "payment.make"
    ENTRY_REVERSE = "entry.reverse"
    TOP_UP_ASK = "top_up.ask"
    INTENT_CARRY_OUT = "intent.carry_out"
    PAYEE_ACCOUNT_OPEN = "payee_account.open"
    BUDGET_VIEW = "budget.view"
    BUDGET_SET = "budget.set"
    PRICE_VIEW = "price.view"
    PRICE_ADD = "price.add"
    RATE_ADD = "rate.add"
    RATE_ADOPT = "rate.adopt"
    DESK_VIEW = "desk.view"
    STATEMENT_VIEW = "statement.view"
    LEDGER_EXPORT = "ledger.export"

    # following up
    VISIT_VIEW = "visit.view"
    VISIT_RECORD = "visit.record"
    VISIT_PLAN = "visit.plan"
    VISIT_ASSIGN = "visit.assign"
    VISIT_KEEP_UP = "visit.keep_up"
    ROUND_MONITOR = "round.monitor"
    BUSINESS_RECORD = "business.record"

    # samples
    SAMPLE_VIEW = "sample.view"
    SAMPLE_PLAN = "sample.plan"
    SAMPLE_DRAW = "sample.draw"
    SAMPLE_REPLACE = "sample.replace"
    SAMPLE_EXPORT = "sample.export"

    # messages to telephones
    CHANNEL_VIEW = "channel.view"
    CHANNEL_ADD = "channel.add"
    CHANNEL_TEST = "channel.test"
    CHANNEL_END = "channel.end"
    MESSAGE_VIEW = "message.view"
    MESSAGE_PERMIT = "message.permit"
    MESSAGE_SEND = "message.send"
    MESSAGE_REMIND = "message.remind"
    MESSAGE_DELIVER = "message.deliver"
    MESSAGE_RECEIVE = "message.receive"

    # gates
    PROFILE_SET = "profile.set"
    CLEARANCE_DECIDE = "clearance.decide"
    CONDITIONS_OPEN = "conditions.open"
    TRAVEL_CONFIRM = "travel.confirm"

    # assessments
    ASSESS = "assessment.fill_in"
    ASSESSMENT_OPEN = "assessment.open"

    # partners' lists
    IMPORT_PREPARE = "import.prepare"
    IMPORT_SAVE = "import.save"
    IMPORT_UNDO = "import.undo"
    HELD_OPEN = "held.open"

    # consent
    NOTICE_PUBLISH = "notice.publish"
    CONSENT_VIEW = "consent.view"
    CONSENT_RECORD = "consent.record"
    CONSENT_WITHDRAW = "consent.withdraw"
    CONSENT_NAMES_OPEN = "consent_names.open"

    # the returnee's own page
    OWN_PAGE_OFFER = "own_page.offer"
    OWN_PAGE_END = "own_page.end"
    OWN_PAGE_USE = "own_page.use"
    QUESTION_ASK = "question.ask"
    QUESTION_ANSWER = "question.answer"
    COMPLAINT_MAKE = "complaint.make"
    COMPLAINT_VIEW = "complaint.view"
    COMPLAINT_ANSWER = "complaint.answer"
    # frames for evaluation
    EXTRACT_VIEW = "extract.view"
    EXTRACT_ASK = "extract.ask"
    EXTRACT_CONFIRM = "extract.confirm"
    EXTRACT_MAKE = "extract.make"
    EXTRACT_WITHDRAW = "extract.withdraw"
    EXTRACT_EXPORT = "extract.export"
    # indicators: frameworks that partners agree on, and values by them
    INDICATOR_VIEW = "indicator.view"
    INDICATOR_EDIT = "indicator.edit"
    INDICATOR_COMMENT = "indicator.comment"
    INDICATOR_VALIDATE = "indicator.validate"
    INDICATOR_PUT_IN_FORCE = "indicator.put_in_force"
    INDICATOR_COMPUTE = "indicator.compute"
    INDICATOR_WRITE = "indicator.write"
    # questions of evaluation and their answers
    EVALUATION_VIEW = "evaluation.view"
    EVALUATION_REGISTER = "evaluation.register"
    EVALUATION_ANSWER = "evaluation.answer"
    # reports, and recommendations with what was done
    REPORT_VIEW = "report.view"
    REPORT_MAKE = "report.make"
    REPORT_WRITE = "report.write"
    REPORT_RELEASE = "report.release"
    REPORT_WITHDRAW = "report.withdraw"
    REPORT_HAND_OVER = "report.hand_over"
    REPORT_TEMPLATE_EDIT = "report_template.edit"
    REPORT_SCHEDULE = "report.schedule"
    RECOMMENDATION_VIEW = "recommendation.view"
    RECOMMENDATION_MAKE = "recommendation.make"
    RECOMMENDATION_ANSWER = "recommendation.answer"
    EVALUATION_DRAW = "evaluation.draw"
    # what became of comparable people, for who counsels somebody
    COMPARISON_VIEW = "comparison.view"
    COMPARISON_PUBLISH = "comparison.publish"
    COMPARISON_WRITE = "comparison.write"
    COMPARISON_WITHDRAW = "comparison.withdraw"

    # people's rights over their data
    PROTECTION_VIEW = "protection.view"
    SUBJECT_REQUEST_RECORD = "subject_request.record"
    SUBJECT_REQUEST_OPEN = "subject_request.open"
    SUBJECT_REQUEST_ANSWER = "subject_request.answer"
    HOLD_SET = "hold.set"
    HOLD_RELEASE = "hold.release"
    RESTRICTION_SET = "restriction.set"
    RESTRICTION_LIFT = "restriction.lift"
    BREACH_LIST = "breach.list"
    BREACH_RECORD = "breach.record"
    SUBJECT_EXPORT = "subject.export"
    SUBJECT_ERASE = "subject.erase"
    CORRECTION_TELL = "correction.tell"
    CORRECTION_RECEIVE = "correction.receive"
    RETENTION_SET = "retention.set"
    RETENTION_RUN = "retention.run"
    CASE_OVERSEE = "case.oversee"
    # numbers that leave
    RELEASE_VIEW = "release.view"
    RELEASE_MAKE = "release.make"
