"""The codes of a plan in words, for staff and (shorter, plainer) for the person whose plan it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.cases.gates import GATE_WORDS
from homeward.lib.money import Money
from homeward.plans.findings import Finding, Found
from homeward.plans.rules import (
    AgreementWay,
    Dimension,
    Level,
    PayForm,
    Picture,
    PlanState,
    ProviderKind,
    Signer,
)
from homeward.programmes.terms import Label
from homeward.web.money import money_words

Words = str | Promise

STATES: Mapping[str, Words] = {
    PlanState.DRAFT: _("Draft"),
    PlanState.PROPOSED: _("Waits for approval"),
    PlanState.APPROVED: _("Approved, waits for the person"),
    PlanState.AGREED: _("Agreed, in force"),
    PlanState.DECLINED: _("Declined"),
    PlanState.SUPERSEDED: _("Replaced by a later version"),
}
DIMENSIONS: Mapping[str, Words] = {
    Dimension.ECONOMIC: _("Earning a living"),
    Dimension.SOCIAL: _("Living with others"),
    Dimension.PSYCHOSOCIAL: _("Feeling well"),
}
LEVELS: Mapping[str, Words] = {
    Level.INDIVIDUAL: _("The person"),
    Level.FAMILY: _("The family"),
    Level.COMMUNITY: _("The community"),
}
PROVIDERS: Mapping[str, Words] = {
    ProviderKind.PROGRAMME: _("The programme"),
    ProviderKind.PUBLIC_SERVICE: _("A public service"),
    ProviderKind.COMMUNITY_PROJECT: _("A community project"),
    ProviderKind.OWN_MEANS: _("Own means"),
    ProviderKind.MATCHING_FUND: _("A matching fund"),
    ProviderKind.MICROCREDIT: _("Microcredit"),
    ProviderKind.EMPLOYER: _("An employer"),
    ProviderKind.OTHER_ORGANISATION: _("Another organisation"),
}
FORMS: Mapping[str, Words] = {
    PayForm.CASH: _("In cash"),
    PayForm.KIND: _("In kind"),
    PayForm.SERVICE: _("As a service"),
}
PICTURES: Mapping[str, Words] = {
    Picture.TOOLS: _("Tools"),
    Picture.SHOP: _("Shop"),
    Picture.HOME: _("House"),
    Picture.SCHOOL: _("School"),
    Picture.HEALTH: _("Health"),
    Picture.TALK: _("Talking"),
    Picture.MONEY: _("Money"),
    Picture.FIELD: _("Field"),
    Picture.WORK: _("Work"),
    Picture.PAPERS: _("Papers"),
    Picture.FAMILY: _("Family"),
    Picture.ROAD: _("Journey"),
}
WAYS: Mapping[str, Words] = {
    AgreementWay.SIGNED: _("Signed, or made their mark"),
    AgreementWay.WITNESSED: _("Said so before a witness"),
    AgreementWay.OWN_PAGE: _("Said so on their own page"),
}
# On their own page people say it themselves; nobody records that for them.
SHOWN_TO_YOU = {way: words for way, words in WAYS.items() if way != AgreementWay.OWN_PAGE}
SIGNERS: Mapping[str, Words] = {
    Signer.PERSON: _("The person"),
    Signer.GUARDIAN: _("Their guardian"),
}
DETAILS: Mapping[str, Words] = {
    "own_words": _("In their own words"),
    "what": _("What is done"),
    "dimension": _("Part of life"),
    "level": _("For whom"),
    "provider_kind": _("Who makes it possible"),
    "provider_name": _("Name of the provider"),
    "package_code": _("Paid from"),
    "form": _("How it is given"),
    "cost": _("Cost"),
    "matching_percent": _("Own part, for each 100"),
    "planned_on": _("When"),
    "depends_on_id": _("After"),
    "feasibility": _("Feasibility"),
    "plain_words": _("On the person’s page"),
    "picture": _("Picture"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "dimension": DIMENSIONS,
    "level": LEVELS,
    "provider_kind": PROVIDERS,
    "form": FORMS,
    "picture": PICTURES,
    "state": STATES,
    "way": WAYS,
    "signer": SIGNERS,
}

# What stops first; a sentence each. %(subject)s is an activity, a goal or a package of the programme.
FOUND: Mapping[Finding, Words] = {
    Finding.NO_GOALS: _("The plan has no goal yet."),
    Finding.GOAL_WITHOUT_ACTIVITY: _("Nothing is done yet for the goal “%(subject)s”."),
    Finding.NOT_ENTITLED: _(
        "%(subject)s: the programme does not entitle this person to what it is paid from."
    ),
    Finding.OVER_ENTITLEMENT: _("%(subject)s: %(value)s is planned and the programme gives %(limit)s."),
    Finding.OTHER_CURRENCY: _("%(subject)s: the cost is in %(value)s and the programme pays in %(limit)s."),
    Finding.NOT_IN_CASH: _("%(subject)s: “%(limit)s” is not given in cash."),
    Finding.WAITS_FOR_ITSELF: _("%(subject)s waits, in the end, for itself."),
    Finding.NOT_CLEARED: _("%(subject)s waits for a clearance: %(value)s."),
    Finding.CASH_SHARE_HIGH: _("%(value)s%% is given in cash; the programme asks for %(limit)s%% at most."),
    Finding.INCOME_SHARE_LOW: _(
        "%(value)s%% goes to earning a living; the programme asks for at least %(limit)s%%."
    ),
    Finding.MICROCREDIT: _(
        "%(subject)s: a loan adds debt. Is there an income that pays it back, and what is owed already?"
    ),
    Finding.BEFORE_WHAT_IT_NEEDS: _("%(subject)s is planned before “%(value)s”, which it needs (%(limit)s)."),
    Finding.AFTER_WINDOW: _("%(subject)s is planned for %(value)s; the help ends on %(limit)s."),
    Finding.NO_DATE: _("%(subject)s: no day yet."),
    Finding.NO_PROVIDER: _("%(subject)s: the provider has no name yet."),
    Finding.FEASIBILITY_OPEN: _("%(subject)s: nobody wrote yet whether the local market bears it."),
    Finding.NO_PLAIN_WORDS: _("%(subject)s: no words yet for the person’s own page."),
}


def found_words(found: Found) -> str:
    """One finding as a sentence."""
    told = {
        "subject": plain(found.subject),
        "value": plain(found.value),
        "limit": plain(found.limit),
    }
    return str(FOUND[found.finding]) % told


def found_words_here(found: Found) -> str:
    """The same beside the activity it is about, whose name need not be said again."""
    words = found_words(replace(found, subject="")).lstrip(" :\u00a0\u202f")
    return words[:1].upper() + words[1:]


def plain(value: object) -> str:
    """A value of a plan as a reader says it: amounts, days, codes of the programme in their language."""
    if isinstance(value, Money):
        return money_words(value)
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Label):
        return value.read(get_language() or "en")
    if isinstance(value, tuple):
        return "; ".join(str(GATE_WORDS[gate]) for gate in value)
    return "" if value is None else str(value)


def detail_words(name: str, value: object) -> str:
    """The value of a detail of an activity, where two versions are compared."""
    known = CODES.get(name)
    if known and value:
        return str(known[str(value)])
    return plain(value) if value else gettext("nothing")
