"""Words for kinds of question, privacy, states and differences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.lib.privacy_classes import PrivacyClass
from homeward.surveys.forms.comparing import Aspect, Change, Comparable
from homeward.surveys.rules import Checked, FormState, Kind, Trouble

Words = str | Promise

STATES: Mapping[str, Words] = {
    FormState.DRAFT: _("Draft"),
    FormState.PUBLISHED: _("Asked now"),
    FormState.RETIRED: _("No longer asked"),
}
CHECKED: Mapping[str, Words] = {
    Checked.FULLY: _("Fully checked, with its logic"),
    Checked.PARTLY: _("Not fully checked: its logic is checked where Java is installed"),
}
KINDS: Mapping[str, Words] = {
    Kind.TEXT: _("Words"),
    Kind.WHOLE: _("Whole number"),
    Kind.DECIMAL: _("Number"),
    Kind.ONE: _("One choice"),
    Kind.SEVERAL: _("Several choices"),
    Kind.RANKED: _("Choices in an order"),
    Kind.DATE: _("Day"),
    Kind.TIME: _("Time of day"),
    Kind.MOMENT: _("Day and time"),
    Kind.PLACE: _("Place on the map"),
    Kind.SHAPE: _("Line or area on the map"),
    Kind.FILE: _("Picture, sound or file"),
    Kind.TICK: _("Tick"),
    Kind.CALCULATED: _("Calculated"),
    Kind.META: _("Noted by the device"),
    Kind.NOTE: _("Words to read"),
    Kind.GROUP: _("Group"),
    Kind.REPEAT: _("Asked several times"),
}
PRIVACY: Mapping[int, Words] = {
    PrivacyClass.PUBLIC: _("Public"),
    PrivacyClass.INTERNAL: _("Internal"),
    PrivacyClass.PERSONAL: _("Personal"),
    PrivacyClass.SENSITIVE: _("Sensitive"),
    PrivacyClass.SEALED: _("Sealed"),
}
CHANGES: Mapping[str, Words] = {
    Change.ADDED: _("New question"),
    Change.REMOVED: _("No longer asked"),
    Change.CHANGED: _("Asked otherwise"),
}
COMPARABLE: Mapping[str, Words] = {
    Comparable.YES: _("Comparable"),
    Comparable.WITH_CARE: _("Compare with care"),
    Comparable.NO: _("Not comparable"),
}
ASPECTS: Mapping[str, Words] = {
    Aspect.WORDS: _("the words"),
    Aspect.TRANSLATION: _("a translation"),
    Aspect.KIND: _("the kind of answer"),
    Aspect.CHOICES_ADDED: _("choices added"),
    Aspect.CHOICES_REMOVED: _("choices taken away"),
    Aspect.WHO_IS_ASKED: _("who is asked"),
    Aspect.WHAT_MAY_BE_ANSWERED: _("what may be answered"),
    Aspect.REQUIRED: _("whether an answer is required"),
    Aspect.CALCULATION: _("how it is calculated"),
    Aspect.PRIVACY: _("how private it is"),
}
TROUBLES: Mapping[str, Words] = {
    Trouble.UNREADABLE_ANSWER: _("An answer is not what its question asks for"),
    Trouble.UNKNOWN_QUESTION: _("It answers a question that the form does not have"),
    Trouble.UNKNOWN_CODE: _("An answer is not among the choices"),
    Trouble.DIFFERENT_ATTACHMENT: _("A file came again with another content; the first was kept"),
    Trouble.TOO_FAST: _("It was filled faster than anybody can ask"),
    Trouble.STRAIGHT_LINING: _("The same answer was given all the way down"),
    Trouble.IMPOSSIBLE: _("A number or a time cannot be right"),
    Trouble.ENCRYPTED: _("It is closed with a key of its own and cannot be read here"),
    Trouble.UNKNOWN_RESPONDENT: _("It is about somebody whom its sender does not follow up"),
    Trouble.OTHER_FORM: _("Another form was due for this person"),
    Trouble.ANSWERED_TWICE: _("The person’s answers of this round came before; the first were kept"),
}
