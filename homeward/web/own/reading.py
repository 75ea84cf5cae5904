"""What the person sees of their own case, in one place: few words, nothing about anybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import now

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.assistance.queries import entries_of_case
from homeward.assistance.queries.money import entry_lines
from homeward.audit.queries import looks_at_case
from homeward.cases.journey_rules import AppointmentState
from homeward.cases.queries.journey import appointments_of_case
from homeward.consent.queries import consents_of
from homeward.feedback.queries import own_complaints, questions_of
from homeward.followup.drafts import asked_of_me
from homeward.organisations.queries import organisation_names
from homeward.plans.queries import agreed_version, content_of, open_version
from homeward.plans.rules import PlanState
from homeward.sharing.queries import disclosures_about
from homeward.texting.queries import asked_numbers
from homeward.web.labels import ROLE_LABELS

if TYPE_CHECKING:
    from homeward.assistance.queries.money import EntryLine
    from homeward.cases.models import Appointment, Case
    from homeward.consent.models import Consent
    from homeward.plans.content import Content
    from homeward.plans.models import PlanVersion
    from homeward.sharing.models import Disclosure

LOOKED_DAYS = 90


@dataclass(frozen=True)
class OwnPlan:
    """A version with what it says, and whether the person is asked for their yes."""

    version: PlanVersion
    content: Content
    is_asked: bool


@dataclass(frozen=True)
class Looked:
    """Who opened the case: an organisation and a role, never a name but that of the person's own lead."""

    organisation: str
    role: str
    is_lead: bool
    times: int
    last: datetime


@dataclass(frozen=True)
class Asked:
    """A question that the person answered, and whether their yes stands today."""

    consent: Consent
    stands: bool


def plan_of(actor: Actor, case: Case) -> OwnPlan | None:
    """The plan that waits for the person's yes, or else the one they agreed to."""
    waiting = open_version(actor, case.id)
    if waiting is not None and waiting.state == PlanState.APPROVED:
        return OwnPlan(waiting, content_of(waiting), True)
    agreed = agreed_version(actor, case.id)
    return OwnPlan(agreed, content_of(agreed), False) if agreed else None


def appointments_ahead(actor: Actor, case: Case) -> list[Appointment]:
    """What is still to come, the nearest first."""
    ahead = appointments_of_case(actor, case.id).filter(
        state=AppointmentState.OPEN, starts_at__gte=now() - timedelta(hours=2)
    )
    return list(ahead.order_by("starts_at"))


def who_looked(actor: Actor, case: Case) -> list[Looked]:
    """Who opened the case in the last three months, by organisation and role."""
    looks = looks_at_case(case.id, now() - timedelta(days=LOOKED_DAYS))
    names = organisation_names(actor, {look.organisation_id for look in looks})
    counted: dict[tuple[str, str, bool], tuple[int, datetime]] = {}
    for look in looks:
        role = Role(look.role)
        if role in (Role.RETURNEE, Role.SYSTEM):
            continue
        key = (
            names.get(look.organisation_id, ""),
            str(ROLE_LABELS[role]),
            look.actor_id == case.lead_user_id,
        )
        times, last = counted.get(key, (0, look.last))
        counted[key] = (times + look.times, max(last, look.last))
    return [Looked(*key, times, last) for key, (times, last) in counted.items()]


def shown_to(actor: Actor, case: Case) -> list[Disclosure]:
    """What was shown of the person to other organisations, the last first."""
    return list(disclosures_about(actor, case.person_id)[:20])


def answers_of(actor: Actor, case: Case, day: object) -> list[Asked]:
    """What the person was asked, their newest answer to each question."""
    newest: dict[tuple[str, object, str], Asked] = {}
    for consent in consents_of(actor, case.person_id):
        key = (consent.purpose, consent.recipient_id, consent.recipient_kind)
        newest.setdefault(key, Asked(consent, consent.answer.stands(day)))  # type: ignore[arg-type]
    return list(newest.values())


def deliveries_of(actor: Actor, case: Case) -> Sequence[EntryLine]:
    """What was delivered or paid, with what the person said about it; what was taken back is left out."""
    entries = entries_of_case(actor, case.id).filter(organisation_id=actor.organisation_id)
    lines = entry_lines(entries.select_related("delivery").prefetch_related("answers", "proofs"))
    return [line for line in lines if line.needs_proof]


def everything(actor: Actor, case: Case, day: object) -> dict[str, object]:
    """All that the page shows."""
    appointments = appointments_ahead(actor, case)
    deliveries = deliveries_of(actor, case)
    return {
        "case": case,
        "asked": asked_of_me(actor),
        "plan": plan_of(actor, case),
        "next": appointments[0] if appointments else None,
        "later": appointments[1:4],
        "deliveries": deliveries,
        "to_confirm": [line for line in deliveries if line.lacks_receipt],
        "looks": who_looked(actor, case),
        "disclosures": shown_to(actor, case),
        "numbers": asked_numbers(actor, case.id),
        "answers": answers_of(actor, case, day),
        "questions": questions_of(actor, case.id)[:5],
        "complaints": own_complaints(actor)[:5],
    }
