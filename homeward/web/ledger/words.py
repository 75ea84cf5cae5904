"""Words for the codes of the ledger."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.approvals.rules import ApprovalState
from homeward.assistance.rules import (
    EntryKind,
    IntentKind,
    Method,
    Milestone,
    PayeeKind,
    ProofKind,
    Received,
    Told,
    Voice,
)
from homeward.programmes.terms import Form

Words = str | Promise

ENTRIES: Mapping[str, Words] = {
    EntryKind.COMMITMENT: _("Committed"),
    EntryKind.RELEASE: _("Given back"),
    EntryKind.DELIVERY: _("Delivered"),
    EntryKind.PAYMENT: _("Paid"),
    EntryKind.TOP_UP: _("Topped up"),
    EntryKind.REVERSAL: _("Taken back"),
}
INTENTS: Mapping[str, Words] = {
    IntentKind.COMMITMENT: _("To commit"),
    IntentKind.PAYMENT: _("To pay"),
    IntentKind.TOP_UP: _("To top up"),
}
APPROVALS: Mapping[str, Words] = {
    ApprovalState.WAITING: _("Waits for approval"),
    ApprovalState.APPROVED: _("Approved"),
    ApprovalState.SENT_BACK: _("Sent back"),
    ApprovalState.DECLINED: _("Declined"),
    ApprovalState.WITHDRAWN: _("Withdrawn"),
}
FORMS: Mapping[str, Words] = {
    Form.CASH: _("In cash"),
    Form.KIND: _("In kind"),
    Form.SERVICE: _("As a service"),
    Form.CASH_OR_KIND: _("In cash or in kind"),
}
PAYEES: Mapping[str, Words] = {
    PayeeKind.PERSON: _("The person"),
    PayeeKind.SUPPLIER: _("A shop or supplier"),
    PayeeKind.SERVICE_PROVIDER: _("A service provider"),
    PayeeKind.LANDLORD: _("A landlord"),
    PayeeKind.SCHOOL: _("A school"),
    PayeeKind.EMPLOYER: _("An employer"),
    PayeeKind.OTHER: _("Somebody else"),
}
METHODS: Mapping[str, Words] = {
    Method.BANK: _("Bank transfer"),
    Method.CASH: _("Cash"),
    Method.MOBILE_MONEY: _("Mobile money"),
    Method.VOUCHER: _("Voucher"),
    Method.CHEQUE: _("Cheque"),
}
MILESTONES: Mapping[str, Words] = {
    Milestone.ARRIVAL: _("The arrival is confirmed"),
    Milestone.PLAN_AGREED: _("The plan is agreed"),
    Milestone.BUSINESS_COUNSELLING: _("Business counselling was held"),
    Milestone.QUOTE_ACCEPTED: _("A quote was accepted"),
    Milestone.DELIVERY: _("The goods were delivered"),
    Milestone.VISIT: _("Somebody visited"),
    Milestone.TRAINING_DONE: _("The training is done"),
    Milestone.OTHER: _("Something else"),
}
PROOFS: Mapping[str, Words] = {
    ProofKind.RECEIPT: _("Receipt"),
    ProofKind.INVOICE: _("Invoice"),
    ProofKind.SIGNED_LIST: _("Signed list"),
    ProofKind.BANK_SLIP: _("Bank slip"),
    ProofKind.PHOTO: _("Photo"),
    ProofKind.OTHER: _("Something else"),
}
TOLD: Mapping[str, Words] = {
    Told.YES: _("Yes"),
    Told.NO: _("No"),
    Told.NOT_APPLICABLE: _("Does not apply here"),
    Told.DOES_NOT_KNOW: _("Nobody knows"),
}
VOICES: Mapping[str, Words] = {
    Voice.RETURNEE: _("The person"),
    Voice.PARTNER: _("A partner"),
}
RECEIVED: Mapping[str, Words] = {
    Received.ALL: _("Everything came"),
    Received.PART: _("A part came"),
    Received.NOTHING: _("Nothing came"),
}
BY_KIND: Mapping[str, Mapping[str, Words]] = {
    "entry": ENTRIES,
    "intent": INTENTS,
    "approval": APPROVALS,
    "form": FORMS,
    "payee": PAYEES,
    "method": METHODS,
    "milestone": MILESTONES,
    "proof": PROOFS,
    "told": TOLD,
    "voice": VOICES,
    "received": RECEIVED,
}
