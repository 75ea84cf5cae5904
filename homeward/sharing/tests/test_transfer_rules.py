"""Rules for crossing a border: what is refused, and that every change stays to read."""

import pytest

from homeward.access.acting import acting_as
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.commands import (
    add_transfer_rule,
    change_transfer_rule,
    end_transfer_rule,
    take_example_rules,
    verify_transfer_rule,
)
from homeward.sharing.queries import ended_transfer_rules, transfer_rules_of
from homeward.sharing.rules import TransferBasis
from homeward.sharing.transfer_examples import EXAMPLES, RuleTerms
from tests.cast import adil, ines, nora, rosa, vera

pytestmark = pytest.mark.django_db
TERMS = RuleTerms((TransferBasis.STANDARD_CLAUSES,), to_countries=("XM",), source="The law on transfers")


def standing(actor):
    with acting_as(actor):
        return list(transfer_rules_of(actor))


@pytest.mark.parametrize("actor", [nora, rosa], ids=lambda one: one.name)
def test_who_does_not_answer_for_the_law_adds_and_ends_nothing(cast, actor):
    rule = add_transfer_rule(ines, terms=TERMS)
    with pytest.raises(Refused):
        add_transfer_rule(actor, terms=TERMS)
    with pytest.raises(Refused):
        end_transfer_rule(actor, rule_id=rule.id, why="Repealed")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (RuleTerms((), source="A law"), "bases"),
        (RuleTerms((TransferBasis.ADEQUACY,), source=" "), "source"),
        (RuleTerms((TransferBasis.ADEQUACY,), to_countries=("QQ",), source="A law"), "to_countries"),
        (
            RuleTerms(
                (TransferBasis.ADEQUACY,), receiver_class=OrganisationClass.ENFORCEMENT, source="A law"
            ),
            "receiver_class",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_rule_that_says_too_little_or_too_much_is_refused(cast, terms, field):
    with pytest.raises(Invalid) as refused:
        add_transfer_rule(ines, terms=terms)
    assert set(refused.value.fields) == {field}


def test_nothing_ends_or_changes_without_a_reason(cast):
    rule = add_transfer_rule(ines, terms=TERMS)
    with pytest.raises(Invalid):
        end_transfer_rule(ines, rule_id=rule.id, why=" ")
    with pytest.raises(Invalid):
        change_transfer_rule(ines, rule_id=rule.id, terms=TERMS, why="")
    assert standing(ines)[-1] == rule


def test_what_ended_once_is_not_there_to_change(cast):
    rule = add_transfer_rule(adil, terms=TERMS)
    end_transfer_rule(ines, rule_id=rule.id, why="Repealed")
    for act in (
        lambda: change_transfer_rule(ines, rule_id=rule.id, terms=TERMS, why="Widened"),
        lambda: verify_transfer_rule(ines, rule_id=rule.id),
        lambda: end_transfer_rule(ines, rule_id=rule.id, why="Twice"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_changed_rule_waits_to_be_verified_anew_and_the_old_one_says_why(cast):
    rule = add_transfer_rule(ines, terms=TERMS, is_verified=True)
    changed = change_transfer_rule(ines, rule_id=rule.id, terms=TERMS, why="A new law")
    assert rule not in standing(ines)
    assert standing(ines)[-1] == changed
    with acting_as(ines):
        (old,) = ended_transfer_rules(ines)
    assert (old.id, old.ended_by_name, old.ended_why) == (rule.id, ines.name, "A new law")
    assert not changed.is_verified
    assert verify_transfer_rule(ines, rule_id=changed.id).is_verified


def test_examples_are_taken_once_and_nobody_verified_them(cast):
    for rule in standing(ines):
        end_transfer_rule(ines, rule_id=rule.id, why="To begin anew")
    others = standing(vera)
    assert take_example_rules(ines).count == len(EXAMPLES) == len(standing(ines))
    assert take_example_rules(ines).count == 0
    assert not any(rule.is_verified for rule in standing(ines))
    assert standing(vera) == others
