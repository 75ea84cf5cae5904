from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.commands import answer_approval
from homeward.approvals.queries import get_approval
from homeward.approvals.rules import Verdict
from homeward.assistance import commands
from homeward.assistance.commands.committing import Purpose
from homeward.assistance.commands.intending import CommitmentGiven, PaymentGiven
from homeward.assistance.models import Entitlement, Entry, Intent
from homeward.assistance.problems import ApprovalNeeded, ApprovalNotNeeded, EntitlementSpent
from homeward.assistance.queries import case_money
from homeward.assistance.rules import Method
from homeward.assistance.tests.money import FIRST, LAST, ON, SHOP, accounts, commit, eur, pay
from homeward.lib.identifiers import new_reference
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.programmes.commands import add_programme, begin_version, change_version, publish_version
from homeward.programmes.eligibility import Entitled
from homeward.programmes.terms import ApprovalSubject, Form, Label, Phase, Step, Terms, dump
from tests.cast import frida, nora, rosa, stranger, vera, wanda

pytestmark = pytest.mark.usefixtures("cast")


def answered(intent, verdict=Verdict.APPROVE, actor=rosa, reasons=""):
    with acting_as(actor):
        version = get_approval(actor, intent.approval_id).version
    return answer_approval(
        actor,
        approval_id=intent.approval_id,
        verdict=verdict,
        reasons=reasons,
        expected_version=version,
    )


def given(purse, what="Shop"):
    return CommitmentGiven(purse.id, Purpose(what), SHOP)


@pytest.fixture
def strict(sami):
    """An entitlement of a programme that wants commitments from 500 and payments from 300 approved."""
    of = add_programme(vera, name="Strict", code=new_reference("S"), opens_on=FIRST)
    steps = (
        Step(ApprovalSubject.COMMITMENT, (Role.COORDINATOR,), from_minor=50_000),
        Step(ApprovalSubject.PAYMENT, (Role.COORDINATOR,), from_minor=30_000),
    )
    draft = begin_version(vera, programme_id=of.id)
    draft = change_version(
        vera,
        version_id=draft.id,
        expected_version=draft.version,
        terms=dump(Terms("EUR", approvals=steps)),
        what_changed="First",
    )
    version = publish_version(
        wanda,
        version_id=draft.id,
        expected_version=draft.version,
        takes_effect_on=FIRST,
        what_changed="First",
    )
    package = Entitled("shop", Label("Shop"), Phase.POST_ARRIVAL, Form.KIND, eur("1000"), None)
    account = commands.grant_entitlements(
        rosa, case_id=sami.id, programme_id=of.id, entitled=[package], version_id=version.id
    ).entitlements[0]
    purse = commands.set_budget(
        rosa, programme_id=of.id, name="Year", amount=eur("5000"), starts_on=FIRST, ends_on=LAST
    )
    return account, purse


def test_below_the_threshold_nobody_is_asked_and_above_it_nothing_is_entered_without(strict):
    account, purse = strict
    line = commit(account, purse, "499.99")
    with pytest.raises(ApprovalNeeded):
        commit(account, purse, "500")
    with pytest.raises(ApprovalNeeded):
        commands.commit_more(nora, commitment_id=line.id, amount=eur("0.01"), reason="Rate", on=ON)
    with pytest.raises(ApprovalNotNeeded):
        commands.ask_commitment(
            nora, entitlement_id=account.id, amount=eur("499.99"), given=given(purse), reason="x"
        )
    with pytest.raises(ApprovalNeeded):
        pay(line, "300")
    pay(line, "299.99")


def test_who_pays_coordinates_or_is_a_stranger_asks_for_no_commitment(strict):
    account, purse = strict
    for actor, problem in ((frida, Refused), (rosa, Refused), (stranger, NotFound)):
        with pytest.raises(problem):
            commands.ask_commitment(
                actor, entitlement_id=account.id, amount=eur("600"), given=given(purse), reason="x"
            )
    with pytest.raises(Invalid):
        commands.ask_commitment(
            nora, entitlement_id=account.id, amount=eur("600"), given=given(purse), reason=" "
        )


def test_what_waits_or_is_declined_is_not_entered_and_what_is_approved_once(strict):
    account, purse = strict
    ask = {"entitlement_id": account.id, "amount": eur("600"), "given": given(purse), "reason": "Dear tools"}
    declined, intent = commands.ask_commitment(nora, **ask), commands.ask_commitment(nora, **ask)
    answered(declined, Verdict.DECLINE, reasons="Too dear")
    for one in (declined, intent):
        with pytest.raises(ApprovalNeeded):
            commands.carry_out(nora, intent_id=one.id)
    answered(intent)
    with pytest.raises(Refused):
        commands.carry_out(frida, intent_id=intent.id)
    with acting_as(nora):
        waiting = {one.intent.id: one for one in case_money(nora, account.case_id, ON).intents}
    assert waiting[intent.id].can_be_recorded
    assert not waiting[declined.id].can_be_recorded
    commands.carry_out(nora, intent_id=intent.id)
    commands.carry_out(nora, intent_id=intent.id)
    with acting_as(nora):
        assert Entitlement.objects.get().committed == eur("600")
        assert Entry.objects.get().approval_id == intent.approval_id
        assert b"1234" not in bytes(Intent.objects.get(id=intent.id).given)


def test_a_payment_above_the_threshold_is_approved_by_a_third_person(strict):
    line = commit(*strict, "400")
    intent = commands.ask_payment(
        frida, commitment_id=line.id, amount=eur("400"), given=PaymentGiven(Method.BANK), reason="All at once"
    )
    answered(intent)
    commands.carry_out(frida, intent_id=intent.id)
    with acting_as(nora):
        assert Entitlement.objects.get().paid == eur("400")


def test_a_top_up_is_always_approved_by_somebody_else_and_then_can_be_committed(sami):
    account, purse = accounts(sami, "1000")
    ask = {"entitlement_id": account.id, "what": "Wheelchair", "reason": "He cannot walk"}
    with pytest.raises(Refused):
        commands.ask_top_up(frida, amount=eur("250"), **ask)
    intent = commands.ask_top_up(nora, amount=eur("250"), **ask)
    with pytest.raises(ApprovalNeeded):
        commands.carry_out(nora, intent_id=intent.id)
    with pytest.raises(Refused):
        answered(intent, actor=nora)
    answered(intent)
    commands.carry_out(nora, intent_id=intent.id)
    commit(account, purse, "1250", on=date(2026, 6, 1))
    with acting_as(nora):
        entry = Entry.objects.get(kind="top_up")
    with pytest.raises(EntitlementSpent):
        commands.reverse_entry(nora, entry_id=entry.id, reason="Given by mistake")
