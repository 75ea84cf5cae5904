"""An organisation's own rules for moving data across borders."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound
from homeward.sharing.models import TransferRule
from homeward.sharing.queries import transfer_rules_of
from homeward.sharing.transfer_examples import EXAMPLES, RuleTerms


@dataclass(frozen=True)
class RulesTaken:
    """How many examples were added."""

    count: int


@command(Action.TRANSFER_RULE_EDIT)
def add_transfer_rule(actor: Actor, *, terms: RuleTerms, is_verified: bool = False) -> TransferRule:
    """Say on which bases data may go where; without a rule it goes nowhere."""
    if not terms.bases:
        raise Invalid(fields={"bases": _("Choose at least one basis.")})
    rule = _rule(actor, terms, is_verified=is_verified)
    rule.save(force_insert=True)
    return rule


@command(Action.TRANSFER_RULE_EDIT)
def take_example_rules(actor: Actor) -> RulesTaken:
    """Begin with the examples, each marked as not verified."""
    if transfer_rules_of(actor).exists():
        return RulesTaken(0)
    made = TransferRule.objects.bulk_create(_rule(actor, terms) for terms in EXAMPLES)
    return RulesTaken(len(made))


@command(Action.TRANSFER_RULE_EDIT)
def verify_transfer_rule(actor: Actor, *, rule_id: UUID) -> TransferRule:
    """Note that the organisation's lawyer confirmed a rule."""
    rule = _own(actor, rule_id)
    rule.is_verified = True
    rule.save(update_fields=["is_verified"])
    return rule


@command(Action.TRANSFER_RULE_EDIT)
def end_transfer_rule(actor: Actor, *, rule_id: UUID) -> TransferRule:
    """Stop new disclosures from leaning on a rule."""
    rule = _own(actor, rule_id)
    rule.ended_at = now()
    rule.save(update_fields=["ended_at"])
    return rule


def _own(actor: Actor, rule_id: UUID) -> TransferRule:
    rule = transfer_rules_of(actor).filter(id=rule_id).select_for_update().first()
    if rule is None:
        raise NotFound
    return rule


def _rule(actor: Actor, terms: RuleTerms, *, is_verified: bool = False) -> TransferRule:
    return TransferRule(
        organisation_id=actor.organisation_id,
        from_countries=list(terms.from_countries),
        to_countries=list(terms.to_countries),
        receiver_class=terms.receiver_class or "",
        covers_special=terms.covers_special,
        bases=[str(basis) for basis in terms.bases],
        is_verified=is_verified,
        source=terms.source,
        made_by_name=actor.name,
        made_at=now(),
    )
