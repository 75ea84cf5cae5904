from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from homeward.access.acting import acting_as
from homeward.assistance import commands
from homeward.assistance.commands.committing import Part
from homeward.assistance.models import Delivery, Proof
from homeward.assistance.problems import (
    InstalmentNotNamed,
    InstalmentPaid,
    MilestoneNotReached,
    NoRate,
)
from homeward.assistance.rules import Milestone, ProofKind, Received, Told, Voice
from homeward.assistance.tests.money import GOOD, ON, accounts, commit, deliver, eur, pay
from homeward.cases.commands import confirm_arrival
from homeward.cases.models import Event
from homeward.files.tests.samples import picture
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import frida, karim, nora, rosa, stranger

pytestmark = pytest.mark.usefixtures("cast")

LOCAL = "XAF"  # no minor units


@pytest.fixture
def line(sami):
    return commit(*accounts(sami))


def test_finance_records_no_delivery_and_providers_none_either(line):
    for actor in (frida, rosa, karim):
        with pytest.raises(Refused):
            deliver(line, actor=actor)


def test_what_was_delivered_by_whom_is_said(line):
    with pytest.raises(Invalid):
        deliver(line, delivered=replace(GOOD, what=""))
    with pytest.raises(Invalid):
        deliver(line, delivered=replace(GOOD, delivered_by=" "))


def test_nothing_is_delivered_or_paid_tomorrow(line):
    with pytest.raises(Invalid):
        deliver(line, on=date(2099, 1, 1))
    with pytest.raises(Invalid):
        pay(line, on=date(2099, 1, 1))


def test_a_delivery_keeps_how_it_was_done_and_the_timeline_tells_it(line):
    entry = deliver(line)
    with acting_as(nora):
        told = Delivery.objects.get(entry=entry)
        assert (told.counselling_held, told.on_time) == (Told.YES, Told.NO)
        kinds = set(Event.objects.filter(case_id=line.case_id).values_list("kind", flat=True))
    assert {"assistance_committed", "assistance_delivered"} <= kinds


def test_the_person_says_what_came_and_a_partner_says_it_in_words(line):
    entry = deliver(line)
    with pytest.raises(Refused):
        commands.record_answer(frida, entry_id=entry.id, voice=Voice.RETURNEE, received=Received.ALL)
    with pytest.raises(Invalid):
        commands.record_answer(nora, entry_id=entry.id, voice=Voice.RETURNEE)
    with pytest.raises(Invalid):
        commands.record_answer(nora, entry_id=entry.id, voice=Voice.PARTNER)
    with pytest.raises(NotFound):
        commands.record_answer(stranger, entry_id=entry.id, voice=Voice.RETURNEE, received=Received.ALL)
    told = commands.record_answer(nora, entry_id=entry.id, voice=Voice.RETURNEE, received=Received.PART)
    assert told.received == Received.PART


def test_a_proof_belongs_to_a_delivery_or_payment_of_ones_own(line):
    entry = deliver(line)
    proof = {"kind": ProofKind.PHOTO, "name": "machine.jpg", "content": picture()}
    with pytest.raises(Refused):
        commands.add_proof(rosa, entry_id=entry.id, **proof)
    with pytest.raises(NotFound):
        commands.add_proof(stranger, entry_id=entry.id, **proof)
    commands.add_proof(nora, entry_id=entry.id, **proof)
    commands.add_proof(frida, entry_id=pay(line).id, **proof)
    with acting_as(nora):
        assert Proof.objects.count() == 2
        promised = line.entries.get(kind="commitment")
    with pytest.raises(WrongState):
        commands.add_proof(nora, entry_id=promised.id, **proof)


# instalments


def in_parts(sami):
    parts = [Part(30_000, Milestone.ARRIVAL), Part(10_000, Milestone.VISIT, note="First visit")]
    return commit(*accounts(sami), instalments=parts)


def first_of(line):
    with acting_as(nora):
        return line.instalments.order_by("number").first()


def test_instalments_add_up(sami):
    with pytest.raises(Invalid):
        commit(*accounts(sami), instalments=[Part(30_000, Milestone.ARRIVAL)])


def test_an_instalment_is_named_and_waits_for_its_milestone(sami):
    line = in_parts(sami)
    part = first_of(line)
    with pytest.raises(InstalmentNotNamed):
        pay(line, "300")
    with pytest.raises(MilestoneNotReached):
        pay(line, "300", instalment_id=part.id)
    with pytest.raises(MilestoneNotReached):
        commands.reach_milestone(nora, instalment_id=part.id, on=ON)  # nobody arrived yet
    with pytest.raises(Refused):
        commands.reach_milestone(frida, instalment_id=part.id)
    confirm_arrival(nora, case_id=sami.id, arrived_on=date(2026, 4, 21), place="Saltfield")
    commands.reach_milestone(nora, instalment_id=part.id, on=ON)
    with pytest.raises(InstalmentPaid):
        pay(line, "300.01", instalment_id=part.id)
    paid = pay(line, "300", instalment_id=part.id)
    assert first_of(line).to_pay == eur("0")
    commands.reverse_entry(frida, entry_id=paid.id, reason="Came back from the bank")
    assert first_of(line).to_pay == eur("300")


# currencies


def test_another_currency_needs_a_rate_with_a_source(sami):
    account, purse = accounts(sami)
    with pytest.raises(NoRate):
        commit(account, purse, Money.of("100000", LOCAL))
    with pytest.raises(Refused):
        commands.add_rate(nora, of="EUR", quote=LOCAL, rate=Decimal("655.957"), on=ON, source="Bank")
    for wrong in ({"source": " "}, {"rate": Decimal(0)}, {"quote": "EUR"}, {"rate": Decimal("1e-11")}):
        given = {"of": "EUR", "quote": LOCAL, "rate": Decimal(655), "on": ON, "source": "Bank", **wrong}
        with pytest.raises(Invalid):
            commands.add_rate(frida, **given)


def test_what_is_paid_in_another_currency_keeps_its_rate_and_counts_exactly(sami):
    account, purse = accounts(sami)
    for rate, on in (("655.957", ON), ("700", date(2026, 6, 15))):
        commands.add_rate(frida, of="EUR", quote=LOCAL, rate=Decimal(rate), on=on, source="Central bank")
    line = commit(account, purse, Money.of("100000", LOCAL), on=date(2026, 6, 10))
    with acting_as(nora):
        entry = line.entries.get()
    assert entry.counted == eur("152.45")  # 100,000 / 655.957 = 152.4490…
    assert (entry.rate_on, entry.rate_source, entry.rounding) == (ON, "Central bank", "half_even")
    paid = pay(line, Money.of("100000", LOCAL), on=date(2026, 6, 20))
    assert paid.counted == eur("142.86")  # 100,000 / 700
    assert entry.quote.convert(entry.amount, "EUR") == entry.counted
    with pytest.raises(NoRate):
        commit(account, purse, Money.of("1000", LOCAL), on=date(2026, 5, 31))
