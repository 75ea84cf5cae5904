"""Words for what programmes' codes say: packages, time limits, facts and what rules made of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.cases.journey_rules import Override
from homeward.codelists.countries import country_name
from homeward.programmes.eligibility import FactUsed, Outcome, Result
from homeward.programmes.facts import BY_NAME, Source
from homeward.programmes.rules import Part, VersionState
from homeward.programmes.terms import Answering, ApprovalSubject, CountedFrom, Form, Package, Phase
from homeward.web.case_words import RETURN_TYPES, ROLES_IN_FILE
from homeward.web.journey.gate_words import FLAGS
from homeward.web.words_in_order import listed

Words = str | Promise

PHASES: Mapping[str, Words] = {
    Phase.PRE_DEPARTURE: _("Before departure"),
    Phase.POST_ARRIVAL: _("On arrival"),
    Phase.POST_RETURN: _("After return"),
}
FORMS: Mapping[str, Words] = {
    Form.CASH: _("Cash"),
    Form.KIND: _("In kind"),
    Form.SERVICE: _("Service"),
    Form.CASH_OR_KIND: _("Cash or in kind"),
}
COUNTED_FROM: Mapping[str, Words] = {
    CountedFrom.ARRIVAL: _("the arrival"),
    CountedFrom.DEPARTURE: _("the departure"),
    CountedFrom.DECISION: _("the decision"),
}
SUBJECTS: Mapping[str, Words] = {
    ApprovalSubject.ELIGIBILITY_OVERRIDE: _("An exception to the rules"),
    ApprovalSubject.PLAN: _("A plan"),
    ApprovalSubject.COMMITMENT: _("A commitment"),
    ApprovalSubject.PAYMENT: _("A payment"),
    ApprovalSubject.TOP_UP: _("A top-up"),
}
ANSWERING: Mapping[str, Words] = {
    Answering.ASKER: _("the organisation that asks"),
    Answering.PROGRAMME: _("the organisation that runs the programme"),
}
PARTS: Mapping[str, Words] = {Part.DONOR: _("Donor"), Part.PARTNER: _("Partner")}
STATES: Mapping[str, Words] = {VersionState.DRAFT: _("Draft"), VersionState.PUBLISHED: _("Published")}
OUTCOMES: Mapping[str, Words] = {
    Outcome.ELIGIBLE: _("Eligible"),
    Outcome.NOT_ELIGIBLE: _("Not eligible by the rules"),
    Outcome.CANNOT_SAY: _("Cannot be said yet"),
}
RESULTS: Mapping[str, Words] = {
    Result.MET: _("Met"),
    Result.NOT_MET: _("Not met"),
    Result.UNKNOWN: _("Not known"),
}
OVERRIDES: Mapping[str, Words] = {
    Override.ASKED: _("Exception asked for"),
    Override.CONFIRMED: _("Exception confirmed"),
    Override.DECLINED: _("Exception declined"),
    Override.SENT_BACK: _("Request for an exception sent back"),
}
# Who or what can complete a fact that is not known.
SOURCES: Mapping[str, Words] = {
    Source.PERSON: _("on the page of the person"),
    Source.CASE: _("in the header of the case"),
    Source.COUNSELLING: _("in a counselling session"),
    Source.APPLICATION: _("when eligibility is decided"),
    Source.TRAVEL: _("in the planned journey"),
    Source.FAMILY: _("in the application of the family"),
    Source.PROFILE: _("in the assessments"),
}
# The values of facts that are codes; countries have their own names.
CODES: Mapping[str, Mapping[str, Words]] = {
    "return_type": RETURN_TYPES,
    "role_in_file": ROLES_IN_FILE,
    "vulnerabilities": FLAGS,
}


def fact_label(name: str) -> Words:
    """A fact in words."""
    return BY_NAME[name].label if name in BY_NAME else name


def fact_value(fact: FactUsed) -> str:
    """The value of a fact in words."""
    return value_words(fact.name, fact.value)


def value_words(name: str, value: Any) -> str:
    """A value of the fact of that name in words; what nobody recorded says so."""
    if value is None:
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):
        return gettext("%(least)s to %(most)s") % {"least": value.get("from"), "most": value.get("to")}
    if isinstance(value, list | tuple | frozenset):
        return listed(code_words(name, str(one)) for one in sorted(value)) or gettext("none")
    return code_words(name, str(value)) if isinstance(value, str) else str(value)


def code_words(name: str, code: str) -> str:
    """A code of the fact of that name in words."""
    fact = BY_NAME.get(name)
    if fact and fact.is_country:
        return country_name(code, get_language() or "en")
    return str(CODES.get(name, {}).get(code, code))


def window_words(package: Package) -> Words:
    """Until when a package can be used, in words."""
    if package.window_months:
        count = ngettext("%(n)s month", "%(n)s months", package.window_months)
        length = count % {"n": package.window_months}
    elif package.window_days and package.window_working_days:
        count = ngettext("%(n)s working day", "%(n)s working days", package.window_days)
        length = count % {"n": package.window_days}
    elif package.window_days:
        length = ngettext("%(n)s day", "%(n)s days", package.window_days) % {"n": package.window_days}
    else:
        return _("No time limit")
    return format_lazy(_("{length} after {start}"), length=length, start=COUNTED_FROM[package.counted_from])
