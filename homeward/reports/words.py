"""Words of reports: what columns and codes are called by people, in the language in force."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homeward.codelists.countries import country_name
from homeward.codelists.needs import is_need, need_name

Said = str | Promise

COLUMNS: Mapping[str, Said] = {
    "programme": _("Programme"),
    "destination_country": _("Country of departure"),
    "origin_country": _("Country of return"),
    "district": _("District"),
    "counselling_partner": _("Counselled by"),
    "partner": _("Partner"),
    "sex": _("Sex"),
    "age_band": _("Age"),
    "return_basis": _("Basis of the return"),
    "group": _("Group"),
    "sealed_group": _("Group with special protection"),
    "stage": _("Stage"),
    "closure": _("How the case ended"),
    "service_type": _("Service"),
    "dimension": _("Side of life"),
    "modality": _("How it is given"),
    "provider": _("Provider"),
    "state": _("State"),
    "outcome": _("Outcome"),
    "answer": _("Answer"),
    "kind": _("Kind"),
    "necessity": _("Choice or necessity"),
}
VALUES: Mapping[str, Said] = {
    "female": _("Women and girls"),
    "male": _("Men and boys"),
    "other": pgettext_lazy("sex", "Other"),
    "unknown": _("Unknown"),
    "enquiry": _("Enquiry"),
    "counselling": _("Counselling"),
    "application": _("Application"),
    "accepted": _("Accepted"),
    "pre_departure": _("Pre-departure"),
    "travelling": _("Travelling"),
    "arrived": _("Arrived"),
    "planning": _("Planning"),
    "reintegrating": _("Reintegrating"),
    "closed": _("Closed"),
    "monitoring": _("Monitoring"),
    "economic": _("Economic"),
    "social": _("Social"),
    "psychosocial": _("Psychosocial"),
    "cash": _("Cash"),
    "kind": _("In kind"),
    "service": _("Service"),
    "cash_or_kind": _("Cash or in kind"),
    "due": _("Due"),
    "done": _("Done"),
    "missed": _("Missed"),
    "not_needed": _("Not needed"),
    "choice": _("Choice"),
    "necessity": _("Necessity"),
    "voluntary": _("Voluntary"),
    "none": _("None"),
}
COUNTRIES = frozenset({"destination_country", "origin_country", "nationality", "country"})


def column_words(name: str) -> str:
    """What people call a column; its own name where nobody gave it another."""
    return str(COLUMNS.get(name, name.replace("_", " ")))


def value_words(column: str, value: str | None, language: str) -> str:
    """What people call a code; nothing known is said as such."""
    if value is None or value == "":
        return str(_("Not recorded"))
    if column in COUNTRIES:
        return country_name(value, language)
    if column == "service_type" and is_need(value):
        return need_name(value, language)
    return str(VALUES.get(value, value.replace("_", " ")))
