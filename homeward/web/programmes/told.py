"""Differences between versions told in sentences: what, what it was, what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Role
from homeward.cases.gates import GATE_WORDS
from homeward.lib.money import Money
from homeward.programmes.differences import Change, FieldChange, differences
from homeward.programmes.terms import Label, Source, Terms
from homeward.web.labels import ROLE_LABELS
from homeward.web.money import money_words
from homeward.web.programmes import words
from homeward.web.programmes.words import Words, code_words
from homeward.web.words_in_order import listed

SECTIONS: Mapping[str, Words] = {
    "general": _("In general"),
    "windows": _("When applications are taken"),
    "eligibility": _("Rules of eligibility"),
    "packages": _("Packages"),
    "approvals": _("Approvals"),
    "rounds": _("Rounds of surveys"),
}
CHANGES: Mapping[str, Words] = {
    Change.ADDED: _("new"),
    Change.REMOVED: _("no longer there"),
    Change.CHANGED: _("changed"),
}
FIELDS: Mapping[str, Any] = {
    "currency": _("Currency"),
    "income_share_min_percent": _("Least share for earning an income (%)"),
    "cash_share_max_percent": _("Largest share in cash (%)"),
    "follow_up_months": _("Months of follow-up"),
    "child_heard_from_age": _("Children are heard from this age"),
    "gates": _("Gates required"),
    "package_gates": _("Gates before anything of it is promised"),
    "target_groups": _("For whom"),
    "source": _("Where it was read"),
    "opens_on": _("First day"),
    "closes_on": _("Last day"),
    "return_types": _("Kinds of return"),
    "code": _("Code"),
    "label": _("In words"),
    "expression": _("Condition"),
    "phase": _("When"),
    "form": _("Form"),
    "amount_minor": _("At most"),
    "roles_in_file": _("Roles in the application"),
    "condition": _("Condition"),
    "window_days": _("Days to use it"),
    "window_working_days": _("Working days are counted"),
    "window_months": _("Months to use it"),
    "counted_from": _("Counted from"),
    "subject": _("What is approved"),
    "roles": _("Who answers"),
    "organisation": _("Of which organisation"),
    "from_minor": _("From this amount"),
    "answer_days": _("Working days to answer"),
    "months_after_arrival": _("Months after arrival"),
    "instrument": _("Questionnaire"),
}


@dataclass(frozen=True)
class Told:
    """One difference in words."""

    section: Words
    what: str
    change: Words
    fields: tuple[tuple[Words, str, str], ...]


def told_differences(old: Terms, new: Terms) -> list[Told]:
    """What the new terms say otherwise, in the reader's language."""
    language = get_language() or "en"
    return [
        Told(
            SECTIONS[one.part],
            one.label.read(language) if one.label else (f"{one.place}" if one.place else ""),
            CHANGES[one.change],
            tuple(_field(change, old, new) for change in one.fields),
        )
        for one in differences(old, new)
    ]


def _field(change: FieldChange, old: Terms, new: Terms) -> tuple[Words, str, str]:
    return (
        FIELDS.get(change.name, change.name),
        said(change.name, change.before, old.currency),
        said(change.name, change.after, new.currency),
    )


def said(name: str, value: Any, currency: str) -> str:
    """A value of a part of the terms in words; what is empty says so."""
    if isinstance(value, tuple):
        return listed(said(name, one, currency) for one in value) or gettext("none")
    if value in (None, ""):
        return gettext("none")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name in ("amount_minor", "from_minor"):
        return money_words(Money(value, currency))
    return _single(name, value)


def _single(name: str, value: Any) -> str:
    if isinstance(value, Label):
        return value.read(get_language() or "en")
    if isinstance(value, Source):
        return value.text or gettext("none")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Role):
        return str(ROLE_LABELS[value])
    known: Mapping[str, Mapping[str, Words]] = {
        "gates": GATE_WORDS,
        "phase": words.PHASES,
        "form": words.FORMS,
        "counted_from": words.COUNTED_FROM,
        "subject": words.SUBJECTS,
        "organisation": words.ANSWERING,
    }
    if name in known:
        return str(known[name][value])
    singular = {"return_types": "return_type", "roles_in_file": "role_in_file"}.get(name)
    return code_words(singular, value) if singular else str(value)
