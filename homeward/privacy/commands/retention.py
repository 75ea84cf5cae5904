"""Retention rules: set, and ended when another takes their place."""

from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound
from homeward.privacy.models import RetentionRule
from homeward.privacy.rules import SHORTEST_REASON, RecordClass

LONGEST_MONTHS = 1200


@command(Action.RETENTION_SET)
def set_rule(
    actor: Actor, *, record_class: RecordClass, months: int, because: str, country: str = ""
) -> RetentionRule:
    """Keep records of a class for so many months after their last day, in place of the rule before."""
    if not 1 <= months <= LONGEST_MONTHS:
        raise Invalid(fields={"months": _("Give a number of months, at least 1.")})
    if len(because.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"because": _("Say which law or agreement asks for this.")})
    own = RetentionRule.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    own.filter(record_class=record_class, country=country).update(ended_at=now())
    return RetentionRule.objects.create(
        organisation_id=actor.organisation_id,
        record_class=record_class,
        country=country,
        months=months,
        because=because.strip(),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )


@command(Action.RETENTION_SET)
def end_rule(actor: Actor, *, rule_id: UUID) -> RetentionRule:
    """End a rule; what no rule covers is kept for good."""
    rule = RetentionRule.objects.filter(
        organisation_id=actor.organisation_id, id=rule_id, ended_at=None
    ).first()
    if rule is None:
        raise NotFound
    rule.ended_at = now()
    rule.save(update_fields=["ended_at"])
    return rule
