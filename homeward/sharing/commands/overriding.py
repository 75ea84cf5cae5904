"""Sharing special categories on a vital interest without consent: one person asks, another agrees."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.organisations.queries import get_organisation
from homeward.sharing.models import Override
from homeward.sharing.problems import SamePerson
from homeward.sharing.queries import visible_overrides
from homeward.sharing.rules import OVERRIDE_STANDS, Category, Purpose


@command(Action.SHARING_OVERRIDE_ASK)
def ask_override(
    actor: Actor,
    *,
    subject_id: UUID,
    case_id: UUID | None,
    organisation_id: UUID,
    purpose: Purpose,
    categories: Collection[Category],
    reason: str,
    until: datetime | None = None,
) -> Override:
    """Ask a colleague to agree that a vital interest lets this be shared without consent; no program asks."""
    actor.require_person()
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say whose life or safety is at stake, and how.")})
    latest = now() + OVERRIDE_STANDS
    return Override.objects.create(
        organisation_id=actor.organisation_id,
        receiver=get_organisation(actor, organisation_id),
        subject_id=subject_id,
        case_id=case_id,
        purpose=purpose,
        categories=sorted(categories),
        reason=reason.strip(),
        until=min(until, latest) if until else latest,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        asked_at=now(),
    )


@command(Action.SHARING_OVERRIDE_ANSWER)
def answer_override(actor: Actor, *, override_id: UUID, is_agreed: bool) -> Override:
    """Agree or not, as the second person; who asked never answers."""
    actor.require_person()
    asked = visible_overrides(actor).filter(id=override_id).select_for_update(of=("self",)).first()
    if asked is None:
        raise NotFound
    if asked.is_agreed is not None:
        raise WrongState
    if asked.asked_by_id == actor.user_id:
        raise SamePerson
    asked.is_agreed, asked.answered_by_id = is_agreed, actor.user_id
    asked.answered_by_name, asked.answered_at = actor.name, now()
    asked.save(update_fields=["is_agreed", "answered_by_id", "answered_by_name", "answered_at"])
    return asked
