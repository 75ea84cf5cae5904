"""Words for what is recorded of people, and for why two records may be one person."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.lib.dates import PartialDate, Precision
from homeward.people.rules import ContactKind, DocumentKind, OpeningReason, RelationKind, Sex

if TYPE_CHECKING:
    from homeward.people.models import Contact

Words = str | Promise

SEXES: Mapping[str, Words] = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
    Sex.OTHER: _("Other"),
    Sex.UNKNOWN: _("Not known"),
}
DOCUMENTS: Mapping[str, Words] = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.NATIONAL_ID: _("National identity card"),
    DocumentKind.TRAVEL_DOCUMENT: _("Travel document"),
    DocumentKind.BIRTH_CERTIFICATE: _("Birth certificate"),
    DocumentKind.RESIDENCE_PERMIT: _("Residence permit"),
    DocumentKind.PARTNER_REFERENCE: _("A partner’s number"),
    DocumentKind.OTHER: _("Other paper"),
}
CONTACTS: Mapping[str, Words] = {
    ContactKind.PHONE: _("Telephone"),
    ContactKind.MESSAGING: _("Messenger"),
    ContactKind.EMAIL: _("E-mail"),
    ContactKind.ADDRESS: _("Address"),
}
# What the other one is to this person: Rim is a child of Sami, so on Rim's page Sami is a parent.
RELATIVES: Mapping[str, Words] = {
    RelationKind.SPOUSE: _("Husband or wife"),
    RelationKind.PARTNER: _("Partner"),
    RelationKind.CHILD: _("Parent"),
    RelationKind.PARENT: _("Child"),
    RelationKind.SIBLING: _("Brother or sister"),
    RelationKind.GUARDIAN: _("In this person’s care"),
    RelationKind.WARD: _("Guardian"),
    RelationKind.RELATIVE: _("Relative"),
}
OPENING_REASONS: Mapping[str, Words] = {
    OpeningReason.TRAVEL: _("Booking travel or a travel document"),
    OpeningReason.AUTHORITY: _("An authority asks for it"),
    OpeningReason.CHECK: _("Comparing with the paper itself"),
    OpeningReason.OTHER: _("Another reason"),
}

ROLES: Mapping[str, Words] = {
    RelationKind.SPOUSE: _("Husband or wife"),
    RelationKind.PARTNER: _("Partner"),
    RelationKind.PARENT: _("Parent"),
    RelationKind.CHILD: _("Child"),
    RelationKind.SIBLING: _("Brother or sister"),
    RelationKind.GUARDIAN: _("Guardian"),
    RelationKind.WARD: _("In this person’s care"),
    RelationKind.RELATIVE: _("Relative"),
}

# Why two records may be one person: field and level in words. Together they are whole sentences, so that
# every language can build its own.
REASONS: Mapping[tuple[str, str], Words] = {
    ("given_names", "exact"): _("Given names are written alike"),
    ("given_names", "sounds_alike"): _("Given names sound alike"),
    ("given_names", "one_letter_off"): _("Given names differ by a letter or two"),
    ("given_names", "part_of_the_other"): _("One given name is part of the other"),
    ("given_names", "names_exchanged"): _("Given and family name are exchanged"),
    ("given_names", "different"): _("Given names differ"),
    ("family_name", "exact"): _("Family names are written alike"),
    ("family_name", "sounds_alike"): _("Family names sound alike"),
    ("family_name", "one_letter_off"): _("Family names differ by a letter or two"),
    ("family_name", "part_of_the_other"): _("One family name is part of the other"),
    ("family_name", "names_exchanged"): _("Given and family name are exchanged"),
    ("family_name", "different"): _("Family names differ"),
    ("birth", "same_day"): _("Born on the same day"),
    ("birth", "day_and_month_exchanged"): _("Day and month of birth are exchanged"),
    ("birth", "one_slip"): _("Dates of birth differ by one slip of the pen"),
    ("birth", "same_month"): _("Born in the same month"),
    ("birth", "same_year"): _("Born in the same year"),
    ("birth", "about_the_same_age"): _("About the same age"),
    ("birth", "a_year_apart"): _("Years of birth lie one apart"),
    ("birth", "different"): _("Dates of birth differ"),
    ("sex", "same"): _("Same sex on record"),
    ("sex", "different"): _("Different sex on record"),
    ("nationality", "same"): _("Same nationality"),
    ("nationality", "different"): _("Different nationalities"),
    ("document", "same"): _("The same document number"),
    ("document", "one_sign_off"): _("Document numbers differ by one sign"),
    ("document", "different"): _("Different document numbers"),
    ("phone", "same"): _("The same telephone number"),
    ("phone", "one_sign_off"): _("Telephone numbers differ by one sign"),
    ("phone", "different"): _("Different telephone numbers"),
    ("place", "same"): _("The same place"),
    ("place", "different"): _("Different places"),
    ("file", "same"): _("The same file"),
    ("file", "different"): _("Different files"),
    ("returned_from", "same"): _("Came back from the same country"),
    ("returned_from", "different"): _("Came back from different countries"),
    ("departure", "same"): _("Left on the same day"),
    ("departure", "different"): _("Left on different days"),
}
LITTLE = 0.25  # bits; a reason that says less is left out


def reasons_in_words(reasons: list[Mapping[str, object]]) -> tuple[list[Words], list[Words]]:
    """What speaks for one person and what against, strongest first, without repeating itself."""
    told: dict[Words, bool] = {}
    for reason in reasons:
        weight, words = (
            float(str(reason["weight"])),
            REASONS.get((str(reason["field"]), str(reason["level"]))),
        )
        if words and abs(weight) >= LITTLE:
            told.setdefault(words, weight > 0)
    return [words for words, is_for in told.items() if is_for], [
        words for words, is_for in told.items() if not is_for
    ]


def safety_rules(contact: "Contact") -> list[str]:
    """How it is safe to use a way to reach somebody, in plain sentences; the strictest comes first."""
    rules = []
    if not contact.may_call and contact.kind in (ContactKind.PHONE, ContactKind.MESSAGING):
        rules.append(gettext("Do not call."))
    elif contact.not_before and contact.not_after:
        hours = {"first": _hour(contact.not_before), "last": _hour(contact.not_after)}
        rules.append(gettext("Call only between %(first)s and %(last)s.") % hours)
    elif contact.not_before:
        rules.append(gettext("Do not call before %s.") % _hour(contact.not_before))
    elif contact.not_after:
        rules.append(gettext("Do not call after %s.") % _hour(contact.not_after))
    if not contact.may_text and contact.kind in (ContactKind.PHONE, ContactKind.MESSAGING):
        rules.append(gettext("No text messages."))
    if contact.may_call and not contact.may_leave_message and contact.kind == ContactKind.PHONE:
        rules.append(gettext("Leave no message with others or on a machine."))
    return rules


def birth_in_words(birth: PartialDate) -> str:
    """When somebody was born, and honestly how much of it is known."""
    if birth.precision == Precision.ABOUT:
        middle = (birth.earliest.year + birth.latest.year) // 2
        return gettext("about %s, from an age that was told") % middle
    if birth.precision == Precision.YEAR:
        return gettext("%s, day and month not known") % birth.earliest.year
    return ""


def _hour(at: object) -> str:
    return time_format(at, "H:i")  # type: ignore[arg-type]
