"""Words for what the officer's codes say."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.casework.rights.unconfirmed import ENDED
from homeward.privacy.rules import (
    AskedBy,
    BreachRisk,
    BreachStepKind,
    ErasedBecause,
    ExportState,
    NoticeKind,
    RecordClass,
    RequestKind,
    RequestState,
    RequestStepKind,
)

Words = str | Promise

KINDS: Mapping[str, Words] = {
    RequestKind.ACCESS: _("A copy of their data"),
    RequestKind.CORRECTION: _("A correction"),
    RequestKind.RESTRICTION: _("A stop to the use of their data"),
    RequestKind.ERASURE: _("Erasure"),
    RequestKind.OBJECTION: _("An objection"),
}
STATES: Mapping[str, Words] = {
    RequestState.RECEIVED: _("Received, not known yet who asks"),
    RequestState.IDENTIFIED: _("In work"),
    RequestState.ANSWERED: _("Answered"),
    RequestState.REFUSED: _("Refused with reasons"),
}
ASKED_BY: Mapping[str, Words] = {
    AskedBy.PERSON: _("The person"),
    AskedBy.GUARDIAN: _("A guardian"),
    AskedBy.REPRESENTATIVE: _("A representative with power of attorney"),
}
STEPS: Mapping[str, Words] = {
    RequestStepKind.RECEIVED: _("The request came in"),
    RequestStepKind.IDENTIFIED: _("It is known who asks"),
    RequestStepKind.EXTENDED: _("Two months more were taken"),
    RequestStepKind.EXPORTED: _("A copy was made"),
    RequestStepKind.HANDED_OVER: _("The copy was handed over"),
    RequestStepKind.CORRECTED: _("The record was corrected"),
    RequestStepKind.RECIPIENTS_TOLD: _("Recipients were told"),
    RequestStepKind.RESTRICTED: _("The use was stopped"),
    RequestStepKind.ERASED: _("The person was erased"),
    RequestStepKind.NOTED: _("A note"),
    RequestStepKind.ANSWERED: _("The person was answered"),
    RequestStepKind.REFUSED: _("The request was refused"),
}
RISKS: Mapping[str, Words] = {
    BreachRisk.UNLIKELY: _("Harm is unlikely"),
    BreachRisk.LIKELY: _("Harm is likely"),
    BreachRisk.HIGH: _("High: people must be told"),
}
BREACH_STEPS: Mapping[str, Words] = {
    BreachStepKind.FOUND: _("It was found"),
    BreachStepKind.CONTAINED: _("It was contained"),
    BreachStepKind.LISTED: _("The people exposed were listed"),
    BreachStepKind.AUTHORITY_TOLD: _("The supervisory authority was told"),
    BreachStepKind.PEOPLE_TOLD: _("The people concerned were told"),
    BreachStepKind.NOT_TO_TELL: _("It need not be told, for the reasons noted"),
    BreachStepKind.CLOSED: _("The breach was closed"),
}
RECORD_CLASSES: Mapping[str, Words] = {
    RecordClass.TRAVELLED: _("Cases of people who left, once they are closed"),
    RecordClass.NEVER_TRAVELLED: _("Cases that ended before anybody left"),
    RecordClass.NO_CASE: _("People registered without a case"),
}
BECAUSE: Mapping[str, Words] = {
    ErasedBecause.REQUEST: _("The person asked for it"),
    ErasedBecause.RETENTION: _("A retention rule"),
}
COPY_STATES: Mapping[str, Words] = {
    ExportState.RUNNING: _("Being made"),
    ExportState.READY: _("Ready"),
    ExportState.FAILED: _("It could not be made"),
    ExportState.TAKEN_AWAY: _("Removed after a week"),
}
NOTICES: Mapping[str, Words] = {
    NoticeKind.CORRECTED: _("Told of a correction"),
    NoticeKind.RESTRICTED: _("Told of a stop"),
    NoticeKind.ERASED: _("Told of the erasure"),
}
UNCONFIRMED: Mapping[str, Words] = {
    NoticeKind.CORRECTED: _("A correction is not confirmed"),
    NoticeKind.RESTRICTED: _("A stop is not confirmed"),
    NoticeKind.ERASED: _("An erasure is not confirmed"),
    ENDED: _("The end of what they were given is not confirmed"),
}
