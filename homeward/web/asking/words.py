"""What is wrong with an answer, and what keeps a form from being filled on a page, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.surveys.rules import Missing
from homeward.surveys.webform.checking import Fault, Wrong
from homeward.surveys.webform.form import Why

FAULTS: Mapping[Wrong, Promise] = {
    Wrong.REQUIRED: _("An answer is needed here."),
    Wrong.CONSTRAINT: _("This answer is not possible here."),
    Wrong.WHOLE: _("Write a whole number, such as 12."),
    Wrong.NUMBER: _("Write a number, such as 12.5."),
    Wrong.DATE: _("Write a day that exists, with day, month and year."),
    Wrong.TIME: _("Write a time, such as 09:30."),
    Wrong.MOMENT: _("Write a day and a time."),
    Wrong.PLACE: _("Write latitude and longitude, such as 36.5, 3.1."),
    Wrong.CHOICE: _("This choice is no longer offered. Choose again."),
    Wrong.ALONE: _("Choose either answers, or the reason why there is none."),
    Wrong.RANGE: _("Write a number within the range."),
}
REASONS: Mapping[str, Promise] = {
    Missing.DONT_KNOW: _("I do not know"),
    Missing.REFUSED: _("I prefer not to say"),
    Missing.NOT_APPLICABLE: _("Does not apply"),
    Missing.NOT_ASKED: _("Was not asked"),
}
OBSTACLES: Mapping[Why, Promise] = {
    Why.FUNCTION: _("It uses a function that pages do not know"),
    Why.LOGIC: _("Its logic cannot be read by a page"),
    Why.KIND: _("This kind of answer can be given on a phone only"),
    Why.FILE: _("A list that it chooses from is missing or cannot be read"),
    Why.ENCRYPTED: _("It closes its answers with a key of its own"),
    Why.PATTERN: _("The pattern that the answer must match could take too long"),
    Why.PROGRAM: _("It opens another program on the phone"),
    Why.SHAPE: _("It asks more questions than a page can hold"),
}


def told(fault: Fault) -> str:
    """What is wrong, in the form's own words when it has some."""
    return fault.words or str(FAULTS[fault.wrong])
