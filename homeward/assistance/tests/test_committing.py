from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from homeward.access.acting import acting_as
from homeward.assistance import commands
from homeward.assistance.commands.committing import Purpose
from homeward.assistance.models import Budget, Commitment, Entitlement, Entry
from homeward.assistance.problems import (
    BudgetNotOpen,
    BudgetSpent,
    DoesNotFit,
    EntitlementSpent,
    MoreThanCommitted,
    OwnCommitment,
    RequestReused,
    ReversedAlready,
    StillNeeded,
    WindowClosed,
)
from homeward.assistance.rules import Method
from homeward.assistance.tests.money import (
    ON,
    SHOP,
    accounts,
    budget,
    commit,
    deliver,
    entitlement,
    eur,
    pay,
    programme,
    release,
)
from homeward.lib.identifiers import new_id
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from tests.cast import adil, frida, karim, lina_as_case_manager, nora, rosa, stranger, tarek

pytestmark = pytest.mark.usefixtures("cast")


def sums(row, actor=nora):
    with acting_as(actor):
        row = type(row).objects.get(id=row.id)
    return row.committed_minor, row.delivered_minor, row.paid_minor


def entries():
    with acting_as(nora):
        return Entry.objects.count()


def test_who_pays_or_coordinates_does_not_commit_and_who_commits_does_not_pay(sami):
    account, purse = accounts(sami)
    for actor in (frida, rosa, karim, adil):
        with pytest.raises(Refused):
            commit(account, purse, actor=actor)
    line = commit(account, purse)
    for actor in (nora, rosa):
        with pytest.raises(Refused):
            pay(line, actor=actor)


def test_a_stranger_and_a_colleague_of_another_office_find_nothing(sami):
    account, purse = accounts(sami)
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            commit(account, purse, actor=actor)
    line = commit(account, purse)
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            deliver(line, actor=actor)
        with pytest.raises(NotFound):
            commands.release(actor, commitment_id=line.id, amount=eur("1"), reason="No")


def test_never_more_than_is_left_of_the_entitlement(sami):
    account, purse = accounts(sami, "1000")
    commit(account, purse, "600")
    with pytest.raises(EntitlementSpent):
        commit(account, purse, "400.01")
    commit(account, purse, "400")
    assert sums(account) == sums(purse) == (100_000, 0, 0)


def test_never_more_than_is_left_of_the_budget(sami):
    account, purse = accounts(sami, "1000", of_budget="500")
    with pytest.raises(BudgetSpent):
        commit(account, purse, "500.01")
    assert entries() == 0
    commit(account, purse, "500")


def test_a_budget_of_another_programme_or_organisation_does_not_fit(sami):
    account, _ = accounts(sami)
    with pytest.raises(DoesNotFit):
        commit(account, budget(programme().id))


def test_a_budget_is_spent_in_its_period_and_an_entitlement_in_its_window(sami):
    of = programme()
    account = entitlement(sami, of=of, window_ends_on=date(2026, 9, 30))
    purse = budget(of.id)
    with pytest.raises(WindowClosed):
        commit(account, purse, on=date(2026, 10, 1))
    with pytest.raises(BudgetNotOpen):
        commit(account, purse, on=date(2025, 12, 31))


def test_words_and_amounts_are_needed(sami):
    account, purse = accounts(sami)
    with pytest.raises(Invalid):
        commit(account, purse, what=" ")
    with pytest.raises(Invalid):
        commit(account, purse, "0")
    with pytest.raises(Invalid):
        commit(account, purse, "-5")


def test_the_same_request_sent_twice_is_recorded_once(sami):
    account, purse = accounts(sami)
    request_id = new_id()
    first = commit(account, purse, request_id=request_id)
    assert commit(account, purse, request_id=request_id).id == first.id
    paid = pay(first, request_id=(again := new_id()))
    assert pay(first, request_id=again).id == paid.id
    assert sums(purse) == (40_000, 0, 40_000)
    with pytest.raises(RequestReused):
        commit(account, purse, "401", request_id=request_id)


def test_no_more_is_paid_or_delivered_than_was_committed(sami):
    account, purse = accounts(sami)
    line = commit(account, purse, "400")
    with pytest.raises(MoreThanCommitted):
        pay(line, "400.01")
    with pytest.raises(MoreThanCommitted):
        deliver(line, "400.01")
    pay(line, "300")
    with pytest.raises(MoreThanCommitted):
        pay(line, "100.01")
    commands.commit_more(nora, commitment_id=line.id, amount=eur("0.01"), reason="The rate changed", on=ON)
    pay(line, "100.01")


def test_what_is_paid_or_delivered_is_not_given_back(sami):
    account, purse = accounts(sami)
    line = commit(account, purse, "400")
    pay(line, "100")
    deliver(line, "150")
    with pytest.raises(MoreThanCommitted):
        release(commitment_id=line.id, amount=eur("250.01"))
    with pytest.raises(Invalid):
        commands.release(nora, commitment_id=line.id, amount=eur("1"), reason=" ")
    left = release(commitment_id=line.id, amount=eur("250"))
    assert left.releasable == eur("0")
    assert sums(account) == sums(purse) == (15_000, 15_000, 10_000)


def test_the_same_hand_neither_commits_and_pays_nor_by_another_role(sami):
    account, purse = accounts(sami)
    line = commit(account, purse, actor=nora)
    as_finance = frida.__class__(**{**frida.__dict__, "user_id": nora.user_id})
    with pytest.raises(OwnCommitment):
        pay(line, actor=as_finance)
    commit_by_another = commands.commit_more(
        lina_as_case_manager, commitment_id=line.id, amount=eur("1"), reason="Transport", on=ON
    )
    pay(commit_by_another, "401")


def test_a_payment_is_taken_back_once_by_an_entry_of_its_own(sami):
    account, purse = accounts(sami)
    line = commit(account, purse, "400")
    paid = pay(line, "400")
    with pytest.raises(Refused):
        commands.reverse_entry(nora, entry_id=paid.id, reason="Wrong shop")
    with pytest.raises(Invalid):
        commands.reverse_entry(frida, entry_id=paid.id, reason="")
    back = commands.reverse_entry(frida, entry_id=paid.id, reason="Wrong shop", on=ON)
    assert (back.reverses_id, back.counted) == (paid.id, paid.counted)
    with pytest.raises(ReversedAlready):
        commands.reverse_entry(frida, entry_id=paid.id, reason="Again")
    with pytest.raises(WrongState):
        commands.reverse_entry(frida, entry_id=back.id, reason="No")
    assert sums(purse) == (40_000, 0, 0)
    assert entries() == 3


def test_a_commitment_is_given_back_not_reversed(sami):
    account, purse = accounts(sami)
    commit(account, purse, "400")
    with acting_as(nora):
        entry = Entry.objects.get()
    with pytest.raises(WrongState):
        commands.reverse_entry(nora, entry_id=entry.id, reason="No")


def test_a_budget_is_not_cut_below_what_is_committed(sami):
    account, purse = accounts(sami)
    commit(account, purse, "400")
    change = {"budget_id": purse.id, "reason": "Less came"}
    with pytest.raises(StillNeeded):
        commands.change_budget(rosa, amount=eur("399.99"), expected_version=1, **change)
    with pytest.raises(Refused):
        commands.change_budget(nora, amount=eur("4000"), expected_version=1, **change)
    with pytest.raises(NotFound):
        commands.change_budget(
            rosa.__class__(**{**rosa.__dict__, "organisation_id": stranger.organisation_id}),
            amount=eur("4000"),
            expected_version=1,
            **change,
        )
    changed = commands.change_budget(rosa, amount=eur("400"), expected_version=1, **change)
    assert changed.left == eur("0")
    with pytest.raises(EditConflict):
        commands.change_budget(rosa, amount=eur("500"), expected_version=1, **change)


def test_granting_twice_gives_one_account_and_leaves_it_as_it_is(sami):
    of = programme()
    first = entitlement(sami, "1000", of)
    assert entitlement(sami, "9999", of).id == first.id
    with acting_as(nora):
        assert Entitlement.objects.get().amount_minor == 100_000
    later = entitlement(sami, "9999", of, window_ends_on=date(2026, 9, 30))
    assert (later.amount_minor, later.window_ends_on) == (100_000, date(2026, 9, 30))
    with pytest.raises(Refused):
        commands.grant_entitlements(nora, case_id=sami.id, programme_id=of.id, entitled=[])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assistance_entry SET counted_minor = 1",
        "DELETE FROM assistance_entry",
        "UPDATE assistance_budget SET paid_minor = 0",
        "UPDATE assistance_entitlement SET amount_minor = 999999",
        "UPDATE assistance_commitment SET payee_name = 'Me'",
        "DELETE FROM assistance_proof",
    ],
)
def test_the_application_itself_cannot_rewrite_the_ledger(sami, statement):
    account, purse = accounts(sami)
    commit(account, purse)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(nora), connection.cursor() as cursor:
        cursor.execute(statement)


def test_sums_cannot_be_brought_along(sami):
    account, purse = accounts(sami)
    with pytest.raises(DatabaseError), acting_as(nora):
        Budget.objects.create(
            **{
                field.attname: getattr(purse, field.attname)
                for field in Budget._meta.concrete_fields
                if field.attname not in {"id", "paid_minor"}
            },
            paid_minor=5,
        )


def test_an_entry_bears_the_name_of_who_makes_it(sami):
    account, purse = accounts(sami)
    line = commit(account, purse)
    with acting_as(nora):
        entry = Entry.objects.get(commitment_id=line.id)
    entry.id, entry.request_id, entry.by_id = new_id(), new_id(), frida.user_id
    with pytest.raises(DatabaseError), acting_as(nora):
        entry.save(force_insert=True)


def test_another_organisation_on_the_case_sees_what_was_promised_but_spends_nothing_of_it(sami):
    account, purse = accounts(sami)
    line = commit(account, purse)
    with acting_as(stranger):
        assert not Commitment.objects.exists()
        assert not Budget.objects.exists()
        assert not Entry.objects.exists()
    assert line.payee_account is not None
    with pytest.raises(NotFound):
        commands.pay(
            frida.__class__(**{**frida.__dict__, "organisation_id": stranger.organisation_id}),
            commitment_id=line.id,
            amount=eur("1"),
            method=Method.CASH,
        )


def test_another_amount_than_the_catalogue_says_is_given_with_its_reason(sami):
    account, purse = accounts(sami)
    machine = {"item": "Sewing machine", "unit": "piece", "place": "Saltfield", "source": "Market"}
    price = commands.add_price(nora, amount=eur("150"), on=ON, **machine)

    def promise(amount, why=""):
        bought = Purpose("Machines", price_id=price.id, quantity=Decimal(2), price_reason=why)
        return commands.commit(
            nora, entitlement_id=account.id, budget_id=purse.id, amount=eur(amount), purpose=bought,
            payee=SHOP, on=ON,
        )  # fmt: skip

    with pytest.raises(Invalid) as problem:
        promise("310")
    assert set(problem.value.fields) == {"price_reason"}
    assert promise("300").committed == eur("300")
    line = promise("310", "The shop raised its price last week")
    with acting_as(nora):
        assert Entry.objects.get(commitment=line).reason == "The shop raised its price last week"
