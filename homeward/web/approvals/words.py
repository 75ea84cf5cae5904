"""The codes of approvals in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.approvals.rules import ApprovalState, SubjectKind, Verdict

Words = str | Promise

SUBJECTS: Mapping[str, Words] = {
    SubjectKind.ELIGIBILITY_OVERRIDE: _("Exception from a rule of eligibility"),
    SubjectKind.PLAN: _("Reintegration plan"),
    SubjectKind.COMMITMENT: _("Commitment of money"),
    SubjectKind.PAYMENT: _("Payment"),
    SubjectKind.TOP_UP: _("Further help in a complex case"),
}
TASKS: Mapping[str, Words] = {
    SubjectKind.ELIGIBILITY_OVERRIDE: _("Answer about an exception from a rule"),
    SubjectKind.PLAN: _("Approve a plan, or send it back"),
    SubjectKind.COMMITMENT: _("Approve a commitment, or send it back"),
    SubjectKind.PAYMENT: _("Approve a payment, or send it back"),
    SubjectKind.TOP_UP: _("Answer about further help"),
}
STATES: Mapping[str, Words] = {
    ApprovalState.WAITING: _("Waits for an answer"),
    ApprovalState.APPROVED: _("Approved"),
    ApprovalState.SENT_BACK: _("Sent back to be changed"),
    ApprovalState.DECLINED: _("Declined"),
    ApprovalState.WITHDRAWN: _("Taken back"),
}
VERDICTS: Mapping[str, Words] = {
    Verdict.APPROVE: _("Approve"),
    Verdict.SEND_BACK: _("Send back to be changed"),
    Verdict.DECLINE: _("Decline"),
}
ANSWERS: Mapping[str, Words] = {
    Verdict.APPROVE: _("Approved"),
    Verdict.SEND_BACK: _("Sent back to be changed"),
    Verdict.DECLINE: _("Declined"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "subject": SUBJECTS,
    "state": STATES,
    "verdict": VERDICTS,
    "answer": ANSWERS,
}
