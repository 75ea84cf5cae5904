"""Every kind of problem a row can have: its code, how grave it is, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.exchange.columns.fields import LABELS, Field


class Severity(StrEnum):
    ERROR = "error"  # the row cannot be saved as it stands
    QUESTION = "question"  # the value is left out until somebody answers
    NOTE = "note"  # the row is saved; worth knowing


class Kind(StrEnum):
    MISSING_NAME = "missing_name"
    PLACEHOLDER_DATE = "placeholder_date"
    POSSIBLE_PLACEHOLDER = "possible_placeholder"
    IMPOSSIBLE_DATE = "impossible_date"
    UNREADABLE_DATE = "unreadable_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    OTHER_CALENDAR = "other_calendar"
    AGE_NOT_DATE = "age_not_date"
    BIRTH_IN_FUTURE = "birth_in_future"
    TOO_OLD = "too_old"
    BORN_AFTER_DEPARTURE = "born_after_departure"
    DEPARTURE_FAR_AHEAD = "departure_far_ahead"
    TRAVEL_LONG_AGO = "travel_long_ago"
    ARRIVAL_IN_FUTURE = "arrival_in_future"
    ARRIVAL_BEFORE_DEPARTURE = "arrival_before_departure"
    DEPARTURE_NOT_CLEARED = "departure_not_cleared"
    MISSING_BIRTH_DATE = "missing_birth_date"
    UNKNOWN_COUNTRY = "unknown_country"
    UNREADABLE_VALUE = "unreadable_value"
    IMPOSSIBLE_PHONE = "impossible_phone"
    IMPOSSIBLE_EMAIL = "impossible_email"
    AMOUNT_WITHOUT_CURRENCY = "amount_without_currency"
    UNREADABLE_AMOUNT = "unreadable_amount"
    CONSENT_WITHOUT_EVIDENCE = "consent_without_evidence"
    CONSENT_REFUSED = "consent_refused"
    FORMULA_NOT_EVALUATED = "formula_not_evaluated"
    CELL_ERROR = "cell_error"
    TEXT_TOO_LONG = "text_too_long"
    SEVERAL_PRINCIPALS = "several_principals"
    NO_PRINCIPAL = "no_principal"
    PRINCIPAL_IS_CHILD = "principal_is_child"


@dataclass(frozen=True)
class About:
    """Words for a kind; `title` may hold %(field)s, the name of the field it was found in."""

    severity: Severity
    title: Promise
    hint: Promise


QUESTION, NOTE, ERROR = Severity.QUESTION, Severity.NOTE, Severity.ERROR

CATALOGUE: Mapping[Kind, About] = {
    Kind.MISSING_NAME: About(
        ERROR,
        _("No name in any script"),
        _("Without a name the row cannot become a person. Add one in the file."),
    ),
    Kind.PLACEHOLDER_DATE: About(
        QUESTION,
        _("%(field)s is a placeholder"),
        _("Unknown is better than invented. It stays unknown until the sender gives the true date."),
    ),
    Kind.POSSIBLE_PLACEHOLDER: About(
        NOTE,
        _("%(field)s may be a placeholder"),
        _("Computers write this day when they have none. It is kept; check it with the person."),
    ),
    Kind.IMPOSSIBLE_DATE: About(
        QUESTION,
        _("%(field)s does not exist in the calendar"),
        _("It stays unknown until somebody corrects it."),
    ),
    Kind.UNREADABLE_DATE: About(
        QUESTION,
        _("%(field)s cannot be read"),
        _("Write it as day.month.year, as month and year, or as a year."),
    ),
    Kind.AMBIGUOUS_DATE: About(
        QUESTION,
        _("%(field)s may be day first or month first"),
        _("Nothing else in this column tells which. Choose the order for the whole column."),
    ),
    Kind.OTHER_CALENDAR: About(
        QUESTION,
        _("%(field)s seems to be in the Solar Hijri calendar"),
        _("We suggest the same day in the Gregorian calendar. Nothing is changed without you."),
    ),
    Kind.AGE_NOT_DATE: About(
        NOTE,
        _("%(field)s is given as an age"),
        _("It is kept as “about”, two years on either side."),
    ),
    Kind.BIRTH_IN_FUTURE: About(
        QUESTION,
        _("Birth date lies in the future"),
        _("It stays unknown until somebody corrects it."),
    ),
    Kind.TOO_OLD: About(
        QUESTION,
        _("Older than 110 years"),
        _("The birth date stays unknown until somebody corrects it."),
    ),
    Kind.BORN_AFTER_DEPARTURE: About(
        QUESTION,
        _("Born after the departure"),
        _("One of the two dates must be wrong. Ask the sender."),
    ),
    Kind.DEPARTURE_FAR_AHEAD: About(
        QUESTION,
        _("Departure lies more than two years ahead"),
        _("Check the year. The date is left out until then."),
    ),
    Kind.TRAVEL_LONG_AGO: About(
        QUESTION,
        _("%(field)s lies before 1990"),
        _("Check the year. The date is left out until then."),
    ),
    Kind.ARRIVAL_IN_FUTURE: About(
        QUESTION,
        _("Arrival is reported for a day to come"),
        _("An arrival is confirmed after it has happened."),
    ),
    Kind.ARRIVAL_BEFORE_DEPARTURE: About(
        QUESTION,
        _("Arrival before departure"),
        _("One of the two dates must be wrong. Ask the sender."),
    ),
    Kind.DEPARTURE_NOT_CLEARED: About(
        NOTE,
        _("Departure without arrival"),
        _(
            "The case is opened before travel: a departure is recorded only after the clearances it needs, "
            "such as the informed decision. What the list says is kept on the case."
        ),
    ),
    Kind.MISSING_BIRTH_DATE: About(
        NOTE, _("No birth date"), _("The person is saved with the birth date unknown.")
    ),
    Kind.UNKNOWN_COUNTRY: About(
        QUESTION,
        _("%(field)s is not a country we know"),
        _("Choose the country this word stands for."),
    ),
    Kind.UNREADABLE_VALUE: About(
        QUESTION,
        _("%(field)s has a word we do not know"),
        _("Choose what this word stands for; it is remembered."),
    ),
    Kind.IMPOSSIBLE_PHONE: About(
        NOTE,
        _("Phone number cannot be dialled"),
        _("It is kept as it was given. Check it with the person."),
    ),
    Kind.IMPOSSIBLE_EMAIL: About(
        NOTE,
        _("E-mail address is not complete"),
        _("It is kept as it was given. Check it with the person."),
    ),
    Kind.AMOUNT_WITHOUT_CURRENCY: About(
        QUESTION,
        _("Amount without currency"),
        _("The programme may pay in one currency and the list be in another. Choose a currency."),
    ),
    Kind.UNREADABLE_AMOUNT: About(
        QUESTION,
        _("Amount cannot be read"),
        _("Write one number with its currency, such as EUR 2,000.00."),
    ),
    Kind.CONSENT_WITHOUT_EVIDENCE: About(
        NOTE,
        _("Consent is said, no evidence attached"),
        _("A word in a list is no consent. Nothing is shared on it until the signed notice is recorded."),
    ),
    Kind.CONSENT_REFUSED: About(
        NOTE,
        _("The list says that there is no consent"),
        _("Nothing about this person may be shared on consent."),
    ),
    Kind.FORMULA_NOT_EVALUATED: About(
        NOTE,
        _("%(field)s holds a formula"),
        _("Formulas are never calculated. What the sender saved is kept as plain text."),
    ),
    Kind.CELL_ERROR: About(
        QUESTION,
        _("%(field)s holds a spreadsheet error"),
        _("The value was lost in the file. Ask the sender."),
    ),
    Kind.TEXT_TOO_LONG: About(
        QUESTION,
        _("%(field)s is too long"),
        _("It was probably put into the wrong column."),
    ),
    Kind.SEVERAL_PRINCIPALS: About(
        NOTE,
        _("More than one principal applicant in one file"),
        _("Check who applied and who came along."),
    ),
    Kind.NO_PRINCIPAL: About(
        NOTE,
        _("File without a principal applicant"),
        _("The list may be only a part of the family."),
    ),
    Kind.PRINCIPAL_IS_CHILD: About(
        NOTE,
        _("Principal applicant is under 18"),
        _("Check whether the child is unaccompanied and who the guardian is."),
    ),
}


def title_of(kind: Kind, field: Field | None) -> str:
    """The kind's title in the reader's language, with the name of the field."""
    return str(CATALOGUE[kind].title) % {"field": LABELS[field] if field else ""}
