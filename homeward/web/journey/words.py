"""Words for the codes of the journey."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.cases.journey_rules import (
    ApplicationState,
    AppointmentState,
    Cause,
    ClosingReason,
    ContactOutcome,
    ContactWay,
    Decision,
    Exit,
    Interpreting,
    NoteKind,
    OpeningReason,
    OwnView,
    PaperKind,
    Readiness,
    Topic,
    Way,
)
from homeward.cases.rules import Visibility

Words = str | Promise

TOPICS: Mapping[str, Words] = {
    Topic.RIGHTS_AND_STATUS: _("Rights and residence status"),
    Topic.OPTIONS: _("All options, to stay among them"),
    Topic.RETURN_PROGRAMMES: _("Programmes of return and their help"),
    Topic.SITUATION_THERE: _("The situation in the country of return"),
    Topic.FAMILY: _("Family and relationships"),
    Topic.WORK_AND_TRAINING: _("Work and training"),
    Topic.HOUSING: _("Housing"),
    Topic.HEALTH: _("Health"),
    Topic.CHILDREN: _("Children and school"),
    Topic.TRAVEL: _("The journey and its papers"),
    Topic.REENTRY: _("Coming back later, and bans on entry"),
    Topic.DATA_PROTECTION: _("Who sees what, and how to object"),
}
DECISIONS: Mapping[str, Words] = {
    Decision.UNDECIDED: _("Has not decided yet"),
    Decision.RETURN: _("Wants to return"),
    Decision.STAY: _("Decided to stay"),
}
INTERPRETING: Mapping[str, Words] = {
    Interpreting.NOT_NEEDED: _("No interpreter needed"),
    Interpreting.IN_PERSON: _("Interpreter in the room"),
    Interpreting.REMOTE: _("Interpreter by phone or video"),
    Interpreting.MISSING: _("Interpreter needed, nobody was there"),
}
APPLICATION_STATES: Mapping[str, Words] = {
    ApplicationState.SUBMITTED: _("Waits for a decision"),
    ApplicationState.ACCEPTED: _("Accepted"),
    ApplicationState.REJECTED: _("Rejected"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}
READINESS: Mapping[str, Words] = {
    Readiness.NOT_NEEDED: _("Not needed"),
    Readiness.TO_DO: _("Still to do"),
    Readiness.ASKED_FOR: _("Asked for"),
    Readiness.READY: _("Ready"),
}
APPOINTMENT_STATES: Mapping[str, Words] = {
    AppointmentState.OPEN: _("Open"),
    AppointmentState.KEPT: _("Took place"),
    AppointmentState.MISSED: _("Did not take place"),
    AppointmentState.CANCELLED: _("Called off"),
}
NOTE_KINDS: Mapping[str, Words] = {
    NoteKind.NOTE: _("Note"),
    NoteKind.CALL: _("Telephone call"),
    NoteKind.VISIT: _("Visit"),
    NoteKind.MEETING: _("Meeting"),
    NoteKind.MESSAGE: _("Message"),
}
PAPER_KINDS: Mapping[str, Words] = {
    PaperKind.IDENTITY: _("Identity paper"),
    PaperKind.TRAVEL: _("Travel document or ticket"),
    PaperKind.MEDICAL: _("Medical paper"),
    PaperKind.SCHOOL: _("School or training paper"),
    PaperKind.CONSENT: _("Signed consent"),
    PaperKind.PHOTO: _("Photo"),
    PaperKind.OTHER: _("Other"),
}
CONTACT_WAYS: Mapping[str, Words] = {
    ContactWay.CALL: _("Telephone call"),
    ContactWay.MESSAGE: _("Message"),
    ContactWay.VISIT: _("Visit"),
    ContactWay.MEETING: _("Meeting"),
    ContactWay.EMAIL: _("E-mail"),
    ContactWay.OTHERS: _("Through family, a neighbour or another organisation"),
}
CONTACT_OUTCOMES: Mapping[str, Words] = {
    ContactOutcome.REACHED: _("Spoke with the person"),
    ContactOutcome.NO_ANSWER: _("No answer"),
    ContactOutcome.LEFT_MESSAGE: _("Left a message"),
    ContactOutcome.WRONG_NUMBER: _("The number or address is wrong"),
    ContactOutcome.DID_NOT_WANT: _("Reached, but did not want to talk"),
}
EXITS: Mapping[str, Words] = {
    Exit.WITHDRAWN: _("Withdrew"),
    Exit.NOT_TRAVELLED: _("Did not travel"),
    Exit.CONTACT_LOST: _("Contact lost"),
    Exit.REMIGRATED: _("Moved on to another country"),
    Exit.DECEASED: _("Died"),
}
WAYS: Mapping[str, Words] = {
    Way.REGULAR: _("By a regular way"),
    Way.IRREGULAR: _("By an irregular way"),
    Way.UNKNOWN: _("Not known"),
}
CAUSES: Mapping[str, Words] = {
    Cause.CHOICE: _("By choice"),
    Cause.NECESSITY: _("Out of need"),
    Cause.UNKNOWN: _("Not known"),
}
CLOSING_REASONS: Mapping[str, Words] = {
    ClosingReason.COMPLETED: _("What was agreed is done"),
    ClosingReason.NOT_ELIGIBLE: _("No longer eligible"),
    ClosingReason.CHOSE_TO_STOP: _("The person chose to stop"),
    ClosingReason.LEFT_AREA: _("Left the area or moved on"),
    ClosingReason.DIED: _("The person died"),
    ClosingReason.FUNDING_ENDED: _("Funding ended"),
    ClosingReason.SECURITY: _("Security"),
    ClosingReason.OTHER: _("Another reason"),
}
OWN_VIEWS: Mapping[str, Words] = {
    OwnView.TOLD: _("Yes, and told us"),
    OwnView.REFUSED: _("Yes, but did not want to say"),
    OwnView.NOT_REACHED: _("Could not be reached"),
    OwnView.NOT_ASKED: _("Was not asked"),
}
VISIBILITIES: Mapping[str, Words] = {
    Visibility.CASE: _("Everyone on this case"),
    Visibility.ORGANISATION: _("My organisation only"),
}
OPENING_REASONS: Mapping[str, Words] = {
    OpeningReason.CASEWORK: _("I need it for the next step with this person"),
    OpeningReason.TAKING_OVER: _("I take this case over"),
    OpeningReason.ASKED: _("The person asked me to"),
    OpeningReason.SAFETY: _("Somebody’s safety depends on it"),
}


def choices(words: Mapping[str, Words], *without: str) -> list[tuple[str, Words]]:
    """Codes with their words, for a form field."""
    return [(str(code), label) for code, label in words.items() if code not in without]
