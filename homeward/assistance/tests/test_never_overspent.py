"""Many people at once: nothing is overspent, nothing is lost, and every sum can be counted again."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from time import perf_counter

import pytest
from django.db import connection, connections

from homeward.access.acting import acting_as
from homeward.assistance import commands
from homeward.assistance.commands.committing import Purpose
from homeward.assistance.commands.delivering import Delivered
from homeward.assistance.models import Budget, Commitment, Entitlement, Entry
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.rules import Method, Told
from homeward.assistance.tests.money import ON, SHOP, budget, entitlement, programme
from homeward.cases.commands import open_case
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.lib.problems import Problem
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.cast import frida, lina_as_case_manager, nora

CASES = 6
GOOD = Delivered("Goods", "Shop", Told.YES, Told.DOES_NOT_KNOW, Told.YES)


@dataclass
class Town:
    """What the workers share: accounts, what they made so far, and what they were told."""

    accounts: list
    budgets: list
    lines: list = field(default_factory=list)
    taken_back: list = field(default_factory=list)
    acknowledged: set = field(default_factory=set)
    refused: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


def town(size):
    of = programme()
    cases = []
    for number in range(CASES):
        person = register_person(nora, details=PersonDetails(given_names="Person", family_name=str(number)))
        cases.append(open_case(nora, person_id=person.id, opened_on=ON))
    accounts = [entitlement(case, size, of, code) for case in cases for code in ("a", "b")]
    purses = [budget(of.id, size * times, name=str(times)) for times in (6, 3, 2)]
    return Town(accounts, purses)


def chosen(town, chance, request_id):
    """One random thing that somebody is about to do; budgets are small, so that limits are often met."""
    kinds = ["commit", "pay", "deliver", "release", "more", "reverse"]
    kind = chance.choices(kinds, [26, 18, 14, 16, 4, 22])[0]
    amount = Money(chance.randint(1, 20_000 if chance.random() < 0.2 else 3_000), "EUR")
    if kind == "commit" or not town.lines:
        return lambda: commit_once(town, chance, amount, request_id)
    given = {"commitment_id": chance.choice(town.lines), "amount": amount, "request_id": request_id}
    if kind == "pay":
        return lambda: keep(town, frida, commands.pay(frida, **given, method=Method.CASH, on=ON))
    if kind == "deliver":
        return lambda: keep(town, nora, commands.record_delivery(nora, **given, delivered=GOOD, on=ON))
    if kind == "release":
        return lambda: commands.release(nora, **given, reason="Not needed")
    if kind == "more":
        return lambda: commands.commit_more(nora, **given, reason="Dearer", on=ON)
    actor, entry_id = to_take_back(town, chance)
    return lambda: commands.reverse_entry(
        actor, entry_id=entry_id, reason="Wrong", on=ON, request_id=request_id
    )


def commit_once(town, chance, amount, request_id):
    own = random.Random(str(request_id))  # noqa: S311 - the same request asks for the same thing
    line = commands.commit(
        own.choice([nora, lina_as_case_manager]),
        entitlement_id=own.choice(town.accounts).id,
        budget_id=own.choice(town.budgets).id,
        amount=amount,
        purpose=Purpose("Goods"),
        payee=SHOP,
        on=ON,
        request_id=request_id,
    )
    town.lines.append(line.id)


def keep(town, actor, entry):
    town.taken_back.append((actor, entry.id))


def to_take_back(town, chance):
    """Mostly an entry that stands, sometimes one that was taken back before."""
    with town.lock:
        if not town.taken_back:
            return nora, new_id()
        place = chance.randrange(len(town.taken_back))
        return town.taken_back[place] if chance.random() < 0.1 else town.taken_back.pop(place)


def work(town, seed, operations):
    chance = random.Random(seed)  # noqa: S311
    try:
        for number in range(operations):
            request_id = new_id()
            do = chosen(town, chance, request_id)
            for _ in range(2 if number % 10 == 0 else 1):  # every tenth request is sent twice
                try:
                    do()
                    with town.lock:
                        town.acknowledged.add(request_id)
                except Problem as problem:
                    town.refused[problem.code] += 1
                except Exception as fault:  # noqa: BLE001 - whatever it is, the test names it
                    town.faults.append(fault)
    finally:
        connections.close_all()


def watch(stop):
    """Look at the sums all the while: how often, and how often more was spent than there is."""
    looks = overspent = 0
    try:
        while not stop.wait(0.02):
            with acting_as(nora):
                rows = [
                    *Budget.objects.values_list("amount_minor", "committed_minor", "paid_minor"),
                    *Entitlement.objects.values_list("amount_minor", "committed_minor", "paid_minor"),
                ]
            looks += 1
            overspent += sum(not 0 <= paid <= committed <= amount for amount, committed, paid in rows)
    finally:
        connections.close_all()
    return looks, overspent


def run(workers, operations, size):
    shared, stop = town(size), Event()
    began = perf_counter()
    with ThreadPoolExecutor(workers + 1) as pool:
        watching = pool.submit(watch, stop)
        share = operations // workers
        done = [pool.submit(work, shared, seed, share) for seed in range(workers)]
        for one in done:
            one.result()
        stop.set()
        looks, overspent = watching.result()
    return shared, looks, overspent, perf_counter() - began


def require_sound(workers, operations, size, record_property):
    shared, looks, overspent, seconds = run(workers, operations, size)
    with acting_as(nora):
        checked = check_ledger(nora)
        kept = set(Entry.objects.values_list("request_id", flat=True))
        empty = Commitment.objects.filter(entries=None).count()
    lost, unasked = shared.acknowledged - kept, kept - shared.acknowledged
    told = (
        f"{operations:,} operations by {workers} workers in {seconds:.1f} s: {len(kept):,} entries, "
        f"{sum(shared.refused.values()):,} refusals, {looks} looks at all sums, "
        f"{overspent} overspends, {len(lost)} lost entries, {len(checked.wrong)} wrong sums"
    )
    record_property("promise F12", told)
    assert shared.faults == []
    assert (overspent, lost, unasked, empty) == (0, set(), set(), 0)
    assert checked.wrong == ()
    assert {"budget_spent", "entitlement_spent", "more_than_committed"} <= set(shared.refused)
    assert_sums_by_sql()


def assert_sums_by_sql():
    """The same by another road: plain SQL over the entries, without any code of the package."""
    with acting_as(nora), connection.cursor() as cursor:
        for table, column in (
            ("budget", "budget_id"),
            ("entitlement", "entitlement_id"),
            ("commitment", "commitment_id"),
        ):
            cursor.execute(
                f"""
                SELECT count(*) FROM assistance_{table} a LEFT JOIN (
                    SELECT e.{column} AS id, sum(CASE e.kind WHEN 'commitment' THEN e.counted_minor
                        WHEN 'release' THEN -e.counted_minor ELSE 0 END) AS committed,
                    sum(CASE WHEN e.kind = 'payment' THEN e.counted_minor
                        WHEN r.kind = 'payment' THEN -e.counted_minor ELSE 0 END) AS paid,
                    sum(CASE WHEN e.kind = 'delivery' THEN e.counted_minor
                        WHEN r.kind = 'delivery' THEN -e.counted_minor ELSE 0 END) AS delivered
                    FROM assistance_entry e LEFT JOIN assistance_entry r ON r.id = e.reverses_id GROUP BY 1
                ) s USING (id)
                WHERE (a.committed_minor, a.paid_minor, a.delivered_minor) IS DISTINCT FROM
                    (coalesce(s.committed, 0), coalesce(s.paid, 0), coalesce(s.delivered, 0))
                """
            )
            assert cursor.fetchone() == (0,), table


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_overspend_nothing_and_lose_nothing(cast, record_property):
    require_sound(workers=8, operations=240, size=90, record_property=record_property)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_twenty_people_and_ten_thousand_operations_overspend_nothing_and_lose_nothing(cast, record_property):
    require_sound(workers=20, operations=10_000, size=1_500, record_property=record_property)
