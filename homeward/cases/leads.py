"""Who may lead a case: a colleague who works with cases, never a program."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import Invalid
from homeward.organisations.queries import actor_for, colleagues


def chosen_lead(actor: Actor, membership_id: UUID | None) -> Actor:
    """The actor, or the colleague named; an integration is nobody's colleague and has to name one."""
    if membership_id is None and actor.membership_id is not None:
        return actor
    named = colleagues(actor).filter(id=membership_id).first() if membership_id else None
    if named is None or not actor_for(named).may(Action.CASE_VIEW):
        raise Invalid(fields={"lead_membership_id": _("Choose a colleague who works with cases.")})
    return actor_for(named)
