"""What codes of sharing are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.sharing.rules import (
    AgreementState,
    Basis,
    Category,
    Condition,
    DisclosureKind,
    EndReason,
    Purpose,
    TransferBasis,
)

Words = str | Promise

CATEGORIES: Mapping[str, Words] = {
    Category.IDENTITY: _("Who they are"),
    Category.CONTACT: _("How to reach them"),
    Category.IDENTITY_DOCUMENTS: _("Identity documents"),
    Category.JOURNEY: _("Return and journey"),
    Category.FAMILY: _("Family"),
    Category.COUNSELLING: _("Counselling"),
    Category.NOTES: _("Notes"),
    Category.NEEDS: _("Needs"),
    Category.VULNERABILITY: _("Vulnerability"),
    Category.HEALTH: _("Health"),
    Category.PROTECTION: _("Protection"),
    Category.PLAN: _("Plan"),
    Category.MONEY: _("Money"),
    Category.DOCUMENTS: _("Documents"),
    Category.FOLLOW_UP: _("Appointments and follow-up"),
}

PURPOSES: Mapping[str, Words] = {
    Purpose.REINTEGRATION_ASSISTANCE: _("Return and reintegration assistance"),
    Purpose.RECEPTION_ON_ARRIVAL: _("Reception on arrival"),
    Purpose.REFERRAL: _("Referral to a service"),
    Purpose.HANDOVER: _("Handing the case over"),
    Purpose.TRAVEL_DOCUMENTS: _("Travel documents"),
    Purpose.MONITORING: _("Following up after return"),
    Purpose.FAMILY_TRACING: _("Family tracing"),
    Purpose.PROTECTION: _("Protection from harm"),
    Purpose.PAYMENT: _("Payment"),
    Purpose.ORIGIN_STATE: _("Telling the state of origin"),
    Purpose.DUPLICATE_CHECK: _("Saying whether somebody may be known already"),
}

BASES: Mapping[str, Words] = {
    Basis.CONSENT: _("Consent of the person"),
    Basis.VITAL_INTEREST: _("Vital interest of a person"),
    Basis.PUBLIC_INTEREST: _("Task in the public interest"),
    Basis.LEGAL_OBLIGATION: _("Legal obligation"),
    Basis.CONTRACT: _("Contract with the person"),
}

CONDITIONS: Mapping[str, Words] = {
    Condition.EXPLICIT_CONSENT: _("Explicit consent"),
    Condition.VITAL_INTERESTS: _("Vital interests, the person cannot be asked"),
    Condition.SUBSTANTIAL_PUBLIC_INTEREST: _("Substantial public interest, by law"),
    Condition.HEALTH_OR_SOCIAL_CARE: _("Health or social care"),
    Condition.LEGAL_CLAIMS: _("Legal claims"),
}

TRANSFERS: Mapping[str, Words] = {
    TransferBasis.SAME_LAW: _("Same law on both sides"),
    TransferBasis.ADEQUACY: _("Adequacy decision"),
    TransferBasis.PUBLIC_BODY_INSTRUMENT: _("Instrument between public bodies"),
    TransferBasis.STANDARD_CLAUSES: _("Standard clauses"),
    TransferBasis.EXPLICIT_CONSENT: _("Explicit consent to the transfer"),
    TransferBasis.CONTRACT_FOR_THE_PERSON: _("Contract in the interest of the person"),
    TransferBasis.PUBLIC_INTEREST: _("Important reasons of public interest"),
    TransferBasis.VITAL_INTERESTS: _("Vital interests, the person cannot be asked"),
}

STATES: Mapping[str, Words] = {
    AgreementState.PROPOSED: _("Proposed"),
    AgreementState.IN_FORCE: _("In force"),
    AgreementState.ENDED: _("Ended"),
}

KINDS: Mapping[str, Words] = {
    DisclosureKind.PACKAGE: _("A package of chosen fields"),
    DisclosureKind.CASE: _("The case, as it goes on"),
    DisclosureKind.ARRIVAL: _("The expected arrival only, no identity"),
}

ENDINGS: Mapping[str, Words] = {
    EndReason.RECALLED: _("Taken back"),
    EndReason.RETURNED: _("Given back by who received it"),
    EndReason.CONSENT_WITHDRAWN: _("Consent was withdrawn"),
    EndReason.AGREEMENT_ENDED: _("The agreement ended"),
    EndReason.NO_LONGER_NEEDED: _("No longer needed"),
}


def words_of(codes: object, words: Mapping[str, Words]) -> list[Words]:
    """The words of several codes, in the order in which the words stand."""
    wanted = set(codes) if isinstance(codes, (list, tuple, set, frozenset)) else set()
    return [said for code, said in words.items() if code in wanted]


def contact_words(one: Mapping[str, object]) -> str:
    """A way to reach somebody as it was told, with when and how it is safe."""
    rules = [
        "" if one["may_call"] else gettext("Do not call"),
        "" if one["may_text"] else gettext("No messages"),
        "" if one["may_leave_message"] else gettext("Leave no message"),
        gettext("Not before %(hour)s") % {"hour": one["not_before"]} if one["not_before"] else "",
        gettext("Not after %(hour)s") % {"hour": one["not_after"]} if one["not_after"] else "",
        str(one.get("safety_note", "")),
    ]
    owner = f" ({one['belongs_to']})" if one["belongs_to"] else ""
    return ". ".join([f"{one['value']}{owner}", *filter(None, rules)])
