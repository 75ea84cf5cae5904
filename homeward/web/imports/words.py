"""Words for imports: states, answers, how sure a column is, why something stayed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.cases.rules import ReturnType, RoleInFile
from homeward.exchange.columns.fields import Field
from homeward.exchange.rules import Answer, HeldReason, ImportState
from homeward.exchange.words import word_lists
from homeward.people.rules import Sex
from homeward.web.people.words import SEXES

Words = str | Promise

STATES: Mapping[str, Words] = {
    ImportState.READING: _("Being read"),
    ImportState.UNREADABLE: _("Cannot be read"),
    ImportState.PREVIEWED: _("Waits for you"),
    ImportState.SAVING: _("Being saved"),
    ImportState.SAVED: _("Saved"),
    ImportState.UNDONE: _("Undone"),
    ImportState.DISCARDED: _("Discarded"),
}
STATE_KINDS: Mapping[str, str] = {
    ImportState.UNREADABLE: "late",
    ImportState.PREVIEWED: "late",
    ImportState.SAVED: "act",
}
ANSWERS: Mapping[str, Words] = {
    Answer.UNKNOWN: _("Record as unknown"),
    Answer.SUGGESTION: _("Take the suggestion"),
}
KEEP_AMOUNT = _("Keep as written, without a currency")
LEAVE_OUT = "leave_out"
KEPT_BACK: Mapping[str, Words] = {
    "changed": _("Somebody has changed it since."),
    "worked_on": _("Somebody has worked on it since."),
    "out_of_reach": _("It has been handed to others since."),
}
SKIPPED: Mapping[str, Words] = {
    "blank": _("blank"),
    "total": _("totals"),
    "repeated_header": _("repeated column names"),
    "aside": _("notes and headings"),
}
HELD_REASONS: Mapping[str, Words] = {
    HeldReason.NEEDS: _("To ask what the person needs"),
    HeldReason.SAFETY: _("Safety before a journey or a meeting"),
    HeldReason.CHECK: _("Comparing with the list"),
    HeldReason.OTHER: _("Another reason"),
}
RELATIONS: Mapping[str, Words] = {
    RoleInFile.PRINCIPAL: _("Principal applicant"),
    RoleInFile.SPOUSE: _("Husband or wife"),
    RoleInFile.CHILD: _("Child"),
    RoleInFile.PARENT: _("Parent"),
    RoleInFile.SIBLING: _("Brother or sister"),
    RoleInFile.DEPENDANT: _("Somebody else who comes along"),
}
RETURN_TYPES: Mapping[str, Words] = {
    ReturnType.VOLUNTARY: _("Voluntary"),
    ReturnType.FORCED: _("Forced"),
    ReturnType.HUMANITARIAN: _("Humanitarian"),
}
CODES: Mapping[Field, Mapping[str, Words]] = {
    Field.SEX: {code: words for code, words in SEXES.items() if code != Sex.UNKNOWN},
    Field.RELATION: RELATIONS,
    Field.RETURN_TYPE: RETURN_TYPES,
}
CURRENCIES = sorted(set(word_lists("currencies")["names"]) - {"undecided"})


def sureness(confidence: float, field: Field) -> Words:
    """How sure the guess of a column is."""
    if confidence > 1:
        return _("as you said")
    if field is Field.HELD:
        return _("no field yet: kept with the case")
    if confidence >= 0.9:
        return _("sure")
    return _("likely") if confidence >= 0.6 else _("a guess: please check")
