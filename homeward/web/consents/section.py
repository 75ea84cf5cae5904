"""The section of the case page: what the person answered, what rests on it, what they ask us."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.consent.queries import consents_of
from homeward.feedback.queries import links_of, questions_of
from homeward.feedback.rules import LinkState
from homeward.sharing.queries import live_disclosures
from homeward.web.consents.words import BYSTANDERS, Words
from homeward.web.journey.sections import Section

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.consent.models import Consent
    from homeward.feedback.models import OwnPageLink

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One answer as it stands today; `resting` is how many disclosures it carries."""

    consent: Consent
    stands: bool
    ends_soon: bool
    resting: int
    names: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class LinkLine:
    link: OwnPageLink
    state: LinkState


def consent_section(actor: Actor, case: Case) -> Section | None:
    """Consents, the person's own page and their questions; nothing for who may not see consents."""
    if not actor.may(Action.CONSENT_VIEW):
        return None
    links = links_of(actor, case.id) if actor.may(Action.OWN_PAGE_OFFER) else []
    context = {
        "case": case,
        "consents": consent_lines(actor, case),
        "questions": questions_of(actor, case.id),
        "link": LinkLine(links[0], links[0].state(now())) if links else None,
        "may": {
            "ask": actor.may(Action.CONSENT_RECORD),
            "withdraw": actor.may(Action.CONSENT_WITHDRAW),
            "offer": actor.may(Action.OWN_PAGE_OFFER) and case.lead_organisation_id == actor.organisation_id,
            "request": actor.may(Action.SUBJECT_REQUEST_RECORD),
            "answer": actor.may(Action.QUESTION_ANSWER),
        },
    }
    return Section("consents", _("Consents"), "consents/section.html", context)


def consent_lines(actor: Actor, case: Case) -> list[Line]:
    """Every answer of the person, the last first."""
    today, answers = localdate(), consents_of(actor, case.person_id)
    resting: Counter[object] = Counter()
    if answers and actor.may(Action.DISCLOSURE_VIEW):
        about = live_disclosures(actor, now()).filter(subject_id=case.person_id, consent_id__isnull=False)
        resting.update(about.values_list("consent_id", flat=True))
    return [
        Line(
            consent,
            stands := consent.answer.stands(today),
            stands and consent.expires_on is not None and consent.expires_on <= today + SOON,
            resting[consent.id],
            names_kept(actor, consent),
        )
        for consent in answers
    ]


def names_kept(actor: Actor, consent: Consent) -> tuple[tuple[str, Words], ...]:
    """Whose names are sealed with an answer that the reader's organisation took down."""
    if consent.organisation_id != actor.organisation_id or not actor.may(Action.CONSENT_NAMES_OPEN):
        return ()
    return tuple((whose, words) for whose, words in BYSTANDERS.items() if getattr(consent, whose))
