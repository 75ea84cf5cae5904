"""Words about consent; those about data and purposes speak to the person, so that they can be read aloud."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.consent.rules import Bystander, ConsentWay, WithdrawalWay
from homeward.feedback.rules import LinkState, Subject
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import Category, Purpose

Words = str | Promise

CATEGORIES: Mapping[str, Words] = {
    Category.IDENTITY: _("Your name, birth and nationality"),
    Category.CONTACT: _("How to reach you"),
    Category.IDENTITY_DOCUMENTS: _("Your identity papers"),
    Category.JOURNEY: _("Your journey"),
    Category.FAMILY: _("Your family"),
    Category.COUNSELLING: _("What you talked about with your counsellor"),
    Category.NOTES: _("Notes of your counsellor"),
    Category.NEEDS: _("What you need"),
    Category.VULNERABILITY: _("What makes your situation harder"),
    Category.HEALTH: _("Your health"),
    Category.PROTECTION: _("What you need protection from"),
    Category.PLAN: _("Your plan"),
    Category.MONEY: _("Money and goods you received"),
    Category.DOCUMENTS: _("Papers kept with your case"),
    Category.FOLLOW_UP: _("How you are doing"),
}
PURPOSES: Mapping[str, Words] = {
    Purpose.REINTEGRATION_ASSISTANCE: _("To help you build your life after return"),
    Purpose.RECEPTION_ON_ARRIVAL: _("To meet you when you arrive"),
    Purpose.REFERRAL: _("To send you to a service that helps you"),
    Purpose.HANDOVER: _("To hand your case to the people who help you next"),
    Purpose.TRAVEL_DOCUMENTS: _("To get papers for your journey"),
    Purpose.MONITORING: _("To ask later how you are doing"),
    Purpose.FAMILY_TRACING: _("To look for your family"),
    Purpose.PROTECTION: _("To keep you safe"),
    Purpose.PAYMENT: _("To pay you"),
    Purpose.ORIGIN_STATE: _("To tell the authorities of your country of origin about you"),
    Purpose.DUPLICATE_CHECK: _("To see whether others help you already"),
}
KINDS: Mapping[str, Words] = {
    OrganisationClass.DESTINATION_AUTHORITY: _("authorities of the country you leave"),
    OrganisationClass.COUNSELLING_NGO: _("counselling organisations"),
    OrganisationClass.IMPLEMENTING_PARTNER: _("organisations that help after return"),
    OrganisationClass.SERVICE_PROVIDER: _("services such as clinics and schools"),
    OrganisationClass.ORIGIN_AUTHORITY: _("authorities of your country of origin"),
    OrganisationClass.DONOR: _("those who pay for the programme"),
    OrganisationClass.EVALUATOR: _("those who study what helps"),
}
WAYS: Mapping[str, Words] = {
    ConsentWay.SIGNED: _("Signed on paper"),
    ConsentWay.WITNESSED: _("Said, before a witness"),
    ConsentWay.INTERPRETED: _("Said, through an interpreter"),
    ConsentWay.GUARDIAN: _("Answered with the guardian"),
    ConsentWay.OWN_PAGE: _("On their own page"),
}
WAYS_TO_RECORD = {way: words for way, words in WAYS.items() if way != ConsentWay.OWN_PAGE}
BYSTANDERS: Mapping[str, Words] = {
    Bystander.WITNESS: _("Who witnessed the answer"),
    Bystander.INTERPRETER: _("Who interpreted the answer"),
    Bystander.GUARDIAN: _("Who answered as guardian"),
}
WITHDRAWAL_WAYS: Mapping[str, Words] = {
    WithdrawalWay.IN_PERSON: _("Told us in person"),
    WithdrawalWay.BY_PHONE: _("Told us by phone"),
    WithdrawalWay.IN_WRITING: _("Wrote to us"),
    WithdrawalWay.BY_GUARDIAN: _("Their guardian told us"),
    WithdrawalWay.OWN_PAGE: _("On their own page"),
}
WITHDRAWALS_TO_RECORD = {
    way: words for way, words in WITHDRAWAL_WAYS.items() if way != WithdrawalWay.OWN_PAGE
}
SUBJECTS: Mapping[str, Words] = {
    Subject.TREATMENT: _("How somebody treated me"),
    Subject.WAITING: _("I wait too long"),
    Subject.ASSISTANCE: _("The help I got, or did not get"),
    Subject.MONEY: _("Money or goods"),
    Subject.MY_DATA: _("My data, or who saw it"),
    Subject.DECISION: _("A decision about me"),
    Subject.SAFETY: _("I do not feel safe"),
    Subject.OTHER: _("Something else"),
}
LINK_STATES: Mapping[str, Words] = {
    LinkState.WAITING: _("Waits to be opened"),
    LinkState.USED: _("Opened"),
    LinkState.ENDED: _("Ended"),
    LinkState.EXPIRED: _("Ran out unopened"),
    LinkState.GUESSED: _("Closed after five wrong codes"),
}
BY_KIND: Mapping[str, Mapping[str, Words]] = {
    "category": CATEGORIES,
    "purpose": PURPOSES,
    "recipient_kind": KINDS,
    "way": WAYS,
    "withdrawal": WITHDRAWAL_WAYS,
    "subject": SUBJECTS,
    "link": LINK_STATES,
}


def in_order(categories: Iterable[str]) -> list[str]:
    """Categories in the order they are always named in."""
    chosen = set(categories)
    return [category for category in CATEGORIES if category in chosen]
