"""The case file: one page from which a colleague can take over; composed of what the stages offer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import (
    cases_in_file,
    emergency_until,
    get_case,
    get_listing,
    hidden_categories,
    lead_since,
    shares_of,
)
from homeward.cases.rules import Scope
from homeward.exchange.queries import held_of
from homeward.firewall.queries import protocols_in_force
from homeward.people.queries import contacts_of
from homeward.sharing.queries import disclosures_of_case
from homeward.sharing.rules import Category, DisclosureKind
from homeward.web import case_acts, case_looks, case_summary, case_timeline
from homeward.web.case_words import latin_name
from homeward.web.consents.section import consent_section
from homeward.web.handovers.on_case import changing_hands
from homeward.web.journey import clearances
from homeward.web.journey.sections import sections_for
from homeward.web.ledger.section import money_section
from homeward.web.outcomes.pages import outcomes_section

if TYPE_CHECKING:
    from homeward.cases.models import Case

MOST_PACKAGES = 50


@require_safe
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything about a case that the actor may see; each look is on the record."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    hidden = hidden_categories(actor, case.id)
    shown = {**_record(actor, case, hidden), **_around(request, actor, case)}
    return render(request, "cases/case.html", shown)


def _record(actor: Actor, case: Case, hidden: frozenset[Category]) -> dict[str, object]:
    """The case itself: the path, the summary, the parts the journey draws."""
    person = case.person
    return {
        "case": case,
        "person": person,
        "latin_name": latin_name(person),
        "bar": case_summary.stage_bar(case),
        "unknowns": case_summary.unknowns(case),
        "ask_person": gettext("%(name)s can answer.") % {"name": person.given_names or person.name},
        "ask_lead": gettext("%(name)s can answer.") % {"name": case.lead_user.name},
        "days_since_arrival": (localdate() - case.arrived_on).days if case.arrived_on else None,
        "contacts": list(contacts_of(actor, case.person_id)),
        "is_hidden": {category.value: category in hidden for category in Category},
        "sections": sections_for(actor, case, hidden),
        **clearances.beside(actor, case),
        "money": money_section(actor, case, hidden),
        "outcomes": outcomes_section(actor, case, hidden),
        "consents": consent_section(actor, case),
        "acts": case_acts.acts(actor, case),
        "may_view_messages": actor.may(Action.MESSAGE_VIEW),
        "may_edit": actor.may(Action.CASE_EDIT),
        "may_view_person": actor.may(Action.PERSON_VIEW),
        "may_edit_person": actor.may(Action.PERSON_EDIT),
        "held": held_of(actor, case.id),
        "may_open_held": actor.may(Action.HELD_OPEN),
    }


def _around(request: HttpRequest, actor: Actor, case: Case) -> dict[str, object]:
    """What is around the case: the family, the timeline, who sees it and who has looked."""
    scope = get_listing(actor, case.id).scope
    leads = scope == Scope.LEAD
    family = list(cases_in_file(actor, case.file_id)) if case.file_id else []
    shares = list(shares_of(actor, case.id))
    known = (actor.organisation_id, case.lead_organisation_id)  # they do not stand among "who else"
    return {
        "scope": scope,
        "leads": leads,
        "emergency": emergency_until(actor, case.id),
        "family": [other for other in family if other.id != case.id],
        "family_size": len(family),
        "lead_since": lead_since(case),
        **changing_hands(actor, case),
        "timeline": case_timeline.read(request, actor, case.id),
        "shares": shares,
        "live_shares": [
            share for share in shares if share.ended_at is None and share.organisation_id not in known
        ],
        "may_tell": actor.may(Action.NOTICE_MAKE) and protocols_in_force(actor).exists(),
        "packages": [
            sent
            for sent in disclosures_of_case(actor, case.id).filter(kind=DisclosureKind.PACKAGE)[
                :MOST_PACKAGES
            ]
            if sent.organisation_id != actor.organisation_id
        ],
        "may_share": leads and actor.may(Action.CASE_SHARE),
        "may_disclose": actor.may(Action.DISCLOSURE_MAKE),
        "may_end_share": actor.may(Action.CASE_END_SHARE),
        "looks": case_looks.looks(actor, case.id) if leads else [],
    }
