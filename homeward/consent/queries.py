"""Notices and answers, as far as the actor may see the person who answered."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate, make_aware

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.consent.models import Consent, Notice
from homeward.consent.rules import Bystander
from homeward.lib.problems import NotFound
from homeward.organisations.queries import get_organisation
from homeward.people.queries import visible_people
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import place_of
from homeward.sharing.rules import SPECIAL, Basis, Category, Condition, Ground, Purpose


def visible_consents(actor: Actor) -> QuerySet[Consent]:
    """Answers of people whom the actor may see."""
    people = visible_people(actor).values("id")
    related = ("organisation", "recipient", "notice")
    return Consent.objects.filter(person_id__in=people).select_related(*related)


def get_consent(actor: Actor, consent_id: UUID) -> Consent:
    """One answer, or NotFound."""
    found = visible_consents(actor).filter(id=consent_id).first()
    if found is None:
        raise NotFound
    return found


def consents_of(actor: Actor, person_id: UUID) -> list[Consent]:
    """Everything a person was asked and answered, under whichever record of theirs, the last first."""
    same = RawSQL("SELECT same_person(%s)", [person_id])  # noqa: S611 (no text of ours but the key)
    asked = visible_consents(actor).filter(person_id__in=same)
    return list(asked.order_by("-given_on", "-recorded_at", "-id"))


@dataclass(frozen=True)
class OpenedName:
    """Who stood by, while it is open; `id` is the consent's."""

    id: UUID
    case_id: UUID | None
    text: str = field(repr=False)


def open_name(actor: Actor, consent_id: UUID, *, whose: Bystander, why: Why) -> OpenedName:
    """Open who stood by when the actor's organisation was answered; one name at a time, for a reason."""
    actor.require(Action.CONSENT_NAMES_OPEN)
    with acting_as(actor):
        consent = visible_consents(actor).filter(id=consent_id, organisation_id=actor.organisation_id).first()
        sealed = getattr(consent, whose.value) if consent else None
        if consent is None or sealed is None:
            raise NotFound
        place = place_of(consent, whose.value)
        closed = Closed(consent.person_id, place, sealed, consent.id, consent.case_id, note=whose.value)
        name = open_field(actor, Action.CONSENT_NAMES_OPEN, closed, why).decode()
    return OpenedName(consent.id, consent.case_id, name)


def standing_consents(actor: Actor, person_id: UUID, on: date | None = None) -> list[Consent]:
    """The answers of a person that allow something today."""
    day = on or localdate()
    return [consent for consent in consents_of(actor, person_id) if consent.answer.stands(day)]


def ground_for(
    actor: Actor,
    person_id: UUID,
    *,
    purpose: Purpose,
    organisation_id: UUID,
    categories: Collection[Category],
    on: date | None = None,
) -> Ground | None:
    """The consent on which these categories may go to this organisation, or None when there is none."""
    recipient = get_organisation(actor, organisation_id)
    for consent in standing_consents(actor, person_id, on):
        if consent.answer.covers(
            purpose=purpose,
            recipient_id=recipient.id,
            recipient_kind=recipient.organisation_class,
            categories=categories,
        ):
            return _ground(consent)
    return None


def newest_notices(actor: Actor) -> list[Notice]:
    """The newest version of each notice of the actor's organisation."""
    own = Notice.objects.filter(organisation_id=actor.organisation_id)
    return list(own.order_by("purpose", "-version").distinct("purpose"))


def notice_for(actor: Actor, purpose: Purpose) -> Notice | None:
    """What the actor's organisation shows at present before it asks for this purpose."""
    return next((notice for notice in newest_notices(actor) if notice.purpose == purpose), None)


def get_notice(actor: Actor, notice_id: UUID) -> Notice:
    """One version of a notice, of the actor's organisation or of one whose question was recorded."""
    found = Notice.objects.filter(id=notice_id).select_related("organisation").first()
    if found is None:
        raise NotFound
    return found


def _ground(consent: Consent) -> Ground:
    answer = consent.answer
    condition = Condition.EXPLICIT_CONSENT if answer.categories & SPECIAL else None
    return Ground(
        basis=Basis.CONSENT,
        condition=condition,
        consent_id=consent.id,
        categories=answer.categories,
        until=_end_of(consent.expires_on) if consent.expires_on else None,
    )


def _end_of(day: date) -> datetime:
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))
