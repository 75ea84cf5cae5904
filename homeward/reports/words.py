"""Words of reports: what columns and codes are called by people, in the language in force."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homeward.codelists.countries import country_name
from homeward.codelists.needs import is_need, need_name
from homeward.extracts.frames import BY_NAME, STAGES

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
    "withdrawn": _("Withdrawn"),
    "rejected": _("Rejected"),
    "not_travelled": _("Not travelled"),
    "lost_contact": _("Contact lost"),
    "remigrated": _("Moved again"),
    "deceased": _("Deceased"),
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
ANSWERS: Mapping[str, Said] = {
    "draft": _("Not sent yet"),
    "sent": _("Sent, not read yet"),
    "acknowledged": _("Read, no answer yet"),
    "waitlisted": _("On the waiting list"),
    "accepted": _("Accepted, not begun"),
    "started": _("Under way"),
    "completed": _("Completed"),
    "declined": _("Declined"),
    "recalled": _("Taken back"),
    "expired": _("Expired without an answer"),
}
WHO: Mapping[tuple[str, str], Said] = {
    ("cases", ""): _("All cases of the extract"),
    ("cases", "applied_month"): _("Cases of people who applied in the period"),
    ("cases", "departed_month"): _("Cases of people who left in the period"),
    ("cases", "arrived_month"): _("Cases of people who arrived in the period"),
    ("cases", "closed_month"): _("Cases closed in the period"),
    ("stages", "entered_month"): _("Cases that reached a stage in the period"),
    ("plans", "agreed_month"): _("Cases whose plan was agreed in the period"),
    ("deliveries", "month"): _("Cases that something was delivered to in the period"),
    ("costs", "month"): _("Cases that something was paid for in the period"),
    ("referrals", "sent_month"): _("Cases referred to a service in the period"),
    ("visits", "due_month"): _("Cases with a visit due in the period"),
    ("visits", "reached_month"): _("Cases with a visit made in the period"),
    ("movements", "month"): _("Cases of people who left the path in the period"),
}
UNITS: Mapping[str, Said] = {
    "score": _("score from 0 to 1"),
    "days": _("days"),
    "kinds": _("kinds of need"),
    "euro": _("euro"),
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
    known = ANSWERS if column == "answer" else VALUES
    return str(known.get(value, value.replace("_", " ")))


def who_is_counted(frame: str, month: str) -> str:
    """Whose cases a table counts, and when."""
    at_all = _("Cases with something of this at any time")
    return str(WHO.get((frame, month), _("Cases with something of this in the period") if month else at_all))


def codes_in_order(frame: str, column: str, codes: Iterable[str], language: str) -> list[str]:
    """As they follow each other in life where they do, else by their words; never by how many there are.

    Whoever knew that a hidden number stands between two that are shown would nearly know it.
    """
    known = STAGES if column == "stage" else BY_NAME[frame].by_name[column].values
    told = {one: place for place, one in enumerate(known)}
    last = len(told)

    def place(code: str) -> tuple[bool, int, str]:
        return (code == "", told.get(code, last), value_words(column, code, language))

    return sorted(codes, key=place)
