"""What is shown of a handover, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.cases.handover_rules import DeclineReason, HandoverKind, HandoverState
from homeward.codelists.countries import country_name
from homeward.web.case_words import ROLES_IN_FILE, STAGES
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.cases.handover_facts import Facts
    from homeward.cases.models import Handover

Words = str | Promise

STATES: Mapping[str, Words] = {
    HandoverState.OFFERED: _("Waits for an answer"),
    HandoverState.ASKED: _("A question waits"),
    HandoverState.ANSWERED: _("Question answered, waits for the decision"),
    HandoverState.ACCEPTED: _("Accepted"),
    HandoverState.DECLINED: _("Declined"),
    HandoverState.RECALLED: _("Taken back"),
}

REASONS: Mapping[str, Words] = {
    DeclineReason.NO_ROOM: _("No room: we cannot take more cases now"),
    DeclineReason.OTHER_PLACE: _("We do not work where the person goes or lives"),
    DeclineReason.OTHER_TASK: _("What is needed is not what we do"),
    DeclineReason.TOO_LITTLE_KNOWN: _("Too little is known to decide"),
    DeclineReason.CONFLICT: _("We are too close: a relative, a dispute, a danger for the person"),
    DeclineReason.NOT_KNOWN: _("We do not know this person"),
    DeclineReason.OTHER: _("Another reason"),
}


@dataclass(frozen=True)
class Fact:
    """One line of what is shown: words, or a day."""

    term: Words
    text: Words = ""
    on: date | None = None


def facts_in_words(facts: Facts) -> Sequence[Fact]:
    """What the other side reads before it decides, line by line, in a fixed order."""
    given = {name: str(value) for name, value in facts.items()}
    lines = [
        _stage(given),
        Fact(_("Family"), ROLES_IN_FILE[given["role_in_file"]]) if given.get("role_in_file") else None,
        Fact(_("Comes from"), _country(given["host_country"])) if given.get("host_country") else None,
        _return_to(given),
        _day(_("Expected"), given.get("expected_on")),
        _day(_("Arrived"), given.get("arrived_on")),
        _day(_("Plan agreed"), given.get("plan_agreed_on")),
        _day(_("Next step due"), given.get("next_step_on")),
        Fact(_("Comes along"), _along(facts)) if _along(facts) else None,
    ]
    return [line for line in lines if line is not None]


def title_of(actor: Actor, handover: Handover) -> str:
    """The handover as the reader's organisation sees it."""
    giver, receiver = handover.from_organisation.name, handover.to_organisation.name
    is_giver = handover.from_organisation_id == actor.organisation_id
    words = {
        (HandoverKind.OFFER, True): gettext("Case offered to %(receiver)s"),
        (HandoverKind.OFFER, False): gettext("%(giver)s offers a case"),
        (HandoverKind.REQUEST, True): gettext("%(receiver)s asks for a case"),
        (HandoverKind.REQUEST, False): gettext("Case asked of %(giver)s"),
        (HandoverKind.RETROACTIVE, True): gettext("%(receiver)s asks whether you sent somebody"),
        (HandoverKind.RETROACTIVE, False): gettext("%(giver)s asked to confirm a return"),
    }
    return words[HandoverKind(handover.kind), is_giver] % {"giver": giver, "receiver": receiver}


def _stage(given: Mapping[str, str]) -> Fact | None:
    return Fact(_("Stage"), STAGES[given["stage"]]) if given.get("stage") else None


def _return_to(given: Mapping[str, str]) -> Fact | None:
    country = _country(given["return_country"]) if given.get("return_country") else ""
    where = listed(part for part in (given.get("return_place", ""), country) if part)
    return Fact(_("Returns to"), where) if where else None


def _country(code: str) -> str:
    return country_name(code, get_language() or "en")


def _day(term: Words, day: str | None) -> Fact | None:
    return Fact(term, on=date.fromisoformat(day)) if day else None


def _along(facts: Facts) -> str:
    appointments, documents = int(facts.get("appointments", 0)), int(facts.get("documents", 0))
    parts = []
    if appointments:
        words = ngettext("%(n)s open appointment", "%(n)s open appointments", appointments)
        parts.append(words % {"n": appointments})
    if documents:
        words = ngettext(
            "%(n)s document kept inside until now", "%(n)s documents kept inside until now", documents
        )
        parts.append(words % {"n": documents})
    return listed(parts)
