"""The codes of referrals in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.referrals.rules import Channel, Confirmed, Reason, ReferralOutcome, ReferralState, Urgency

Words = str | Promise
S = ReferralState

STATES: Mapping[str, Words] = {
    S.DRAFT: _("Not sent yet"),
    S.SENT: _("Sent, not read yet"),
    S.ACKNOWLEDGED: _("Read, no answer yet"),
    S.WAITLISTED: _("On the waiting list"),
    S.ACCEPTED: _("Accepted, not begun"),
    S.STARTED: _("Under way"),
    S.COMPLETED: _("Completed"),
    S.DECLINED: _("Declined"),
    S.RECALLED: _("Taken back"),
    S.EXPIRED: _("Expired without an answer"),
}
STEPS: Mapping[str, Words] = {
    S.SENT: _("Sent"),
    S.ACKNOWLEDGED: _("Read by the service"),
    S.WAITLISTED: _("Put on the waiting list"),
    S.ACCEPTED: _("Accepted"),
    S.STARTED: _("Began"),
    S.COMPLETED: _("Completed"),
    S.DECLINED: _("Declined"),
    S.RECALLED: _("Taken back"),
    S.EXPIRED: _("Expired without an answer"),
}
ANSWERS: Mapping[str, Words] = {
    S.ACCEPTED: _("Accept"),
    S.WAITLISTED: _("Put on the waiting list"),
    S.DECLINED: _("Decline"),
    S.STARTED: _("The person came, the service began"),
    S.COMPLETED: _("It has ended"),
}
REASONS: Mapping[str, Words] = {
    Reason.NO_CAPACITY: _("No room"),
    Reason.NOT_ELIGIBLE: _("Not a person this service is for"),
    Reason.CLIENT_REFUSED: _("The person did not want it"),
    Reason.CLIENT_UNREACHABLE: _("The person could not be reached"),
    Reason.NO_LONGER_NEEDED: _("No longer needed"),
    Reason.ORGANISATION_UNREACHABLE: _("The service could not be reached"),
    Reason.CASE_CLOSED: _("The case was closed"),
    Reason.OTHER: _("Another reason"),
}
OUTCOMES: Mapping[str, Words] = {
    ReferralOutcome.RECEIVED: _("The person received what was asked for"),
    ReferralOutcome.PARTLY_RECEIVED: _("Received in part"),
    ReferralOutcome.STOPPED: _("Stopped before the end"),
    ReferralOutcome.DID_NOT_COME: _("The person did not come"),
    ReferralOutcome.SENT_ON: _("Sent on to another service"),
}
URGENCIES: Mapping[str, Words] = {
    Urgency.ROUTINE: _("In the usual time"),
    Urgency.SOON: _("Soon, answer within three days"),
    Urgency.URGENT: _("Urgent, answer within a day"),
}
URGENCY_TAGS: Mapping[str, Words] = {
    Urgency.ROUTINE: "",
    Urgency.SOON: _("Needed soon"),
    Urgency.URGENT: _("Urgent"),
}
CHANNELS: Mapping[str, Words] = {
    Channel.HOMEWARD: _("In Homeward"),
    Channel.PHONE: _("By telephone"),
    Channel.LETTER: _("By letter"),
    Channel.EMAIL: _("By e-mail"),
    Channel.IN_PERSON: _("In person"),
    Channel.PERSON_TOLD: _("The person told us"),
}
CONFIRMED: Mapping[str, Words] = {
    Confirmed.AS_SAID: _("It was as the service says"),
    Confirmed.PARTLY: _("Only part of it happened"),
    Confirmed.NOT_AT_ALL: _("It did not happen"),
    Confirmed.CANNOT_SAY: _("Cannot or does not want to say"),
}
FIELDS: Mapping[str, Words] = {
    "name": _("Name"),
    "age": _("Age in years"),
    "sex": _("Sex"),
    "nationalities": _("Nationality"),
    "languages": _("Languages"),
    "contacts": _("How to reach them safely"),
    "place": _("Where they live or will live"),
    "arrived_on": _("Day of arrival"),
    "family": _("How many people they are"),
    "message": _("What they need, in a few words"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "state": STATES,
    "step": STEPS,
    "reason": REASONS,
    "outcome": OUTCOMES,
    "urgency": URGENCIES,
    "urgency_tag": URGENCY_TAGS,
    "channel": CHANNELS,
    "confirmed": CONFIRMED,
    "field": FIELDS,
}
