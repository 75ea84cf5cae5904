"""An organisation's own rules for moving data across borders."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.codelists.countries import is_country
from homeward.lib.problems import Invalid, NotFound
from homeward.organisations.rules import OrganisationClass
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
    _require_terms(terms)
    rule = _rule(actor, terms, is_verified=is_verified)
    rule.save(force_insert=True)
    return rule


@command(Action.TRANSFER_RULE_EDIT)
def change_transfer_rule(actor: Actor, *, rule_id: UUID, terms: RuleTerms, why: str) -> TransferRule:
    """Put another rule in the place of one; the old one stays to read, the new one waits to be verified."""
    _require_terms(terms)
    before = _own(actor, rule_id)
    _end(actor, before, why)
    rule = _rule(actor, terms)
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
def end_transfer_rule(actor: Actor, *, rule_id: UUID, why: str) -> TransferRule:
    """Stop new disclosures from leaning on a rule, and say why."""
    rule = _own(actor, rule_id)
    _end(actor, rule, why)
    return rule


def _require_terms(terms: RuleTerms) -> None:
    faults = {
        "bases": (not terms.bases, _("Choose at least one basis.")),
        "source": (not terms.source.strip(), _("Say which law or decision this rests on.")),
        "to_countries": (
            any(not is_country(one) for one in (*terms.from_countries, *terms.to_countries)),
            _("Choose countries of the list."),
        ),
        "receiver_class": (
            terms.receiver_class == OrganisationClass.ENFORCEMENT,
            _("Nothing is shared with enforcement bodies; they have protocols of their own."),
        ),
    }
    found = {name: words for name, (is_so, words) in faults.items() if is_so}
    if found:
        raise Invalid(fields=found)


def _end(actor: Actor, rule: TransferRule, why: str) -> None:
    if not why.strip():
        raise Invalid(fields={"why": _("Say why it ends.")})
    rule.ended_at, rule.ended_by_name, rule.ended_why = now(), actor.name, why.strip()
    rule.save(update_fields=["ended_at", "ended_by_name", "ended_why"])


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
