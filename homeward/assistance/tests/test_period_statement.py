"""The statement of a period: nothing of others, and every sum as the entries have it."""

import random
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from homeward.access.acting import acting_as
from homeward.assistance import commands
from homeward.assistance.models import Entry
from homeward.assistance.queries import (
    StatementBy,
    StatementCategory,
    period_statement,
    statement_rows,
    visible_budgets,
    visible_entries,
)
from homeward.assistance.tests.money import (
    CASH,
    KIND,
    a_case,
    budget,
    commit,
    deliver,
    entitlement,
    eur,
    pay,
    programme,
)
from homeward.lib.money import Money
from homeward.lib.problems import Problem
from tests.cast import DONORS, frida, nora, otto, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
DAYS = [date(2026, 3, 1) + timedelta(day) for day in range(90)]
WHOLE = (date(2026, 1, 1), date(2026, 12, 31))


def lines(actor, since, until, category=StatementCategory.FORM, by=StatementBy.PROGRAMME):
    with acting_as(actor):
        groups = period_statement(actor, since, until, by=by, category=category)
    return {line.category: line.moved for group in groups for line in group.lines}


def minor(moved):
    return [
        one.minor
        for one in (
            moved.opening,
            moved.committed,
            moved.given_back,
            moved.paid,
            moved.taken_back,
            moved.closing,
        )
    ]


def given_by_otto():
    of = programme()
    purse = budget(of.id, donor_id=DONORS)
    return commit(entitlement(a_case(), of=of), purse, on=date(2026, 3, 2))


# refusals


def test_who_has_no_part_in_a_budget_sees_none_of_its_sums():
    given_by_otto()
    assert lines(stranger, *WHOLE) == {}


def test_who_gives_a_budget_sees_its_sums_and_none_of_its_entries():
    line = given_by_otto()
    pay(line, "150", on=date(2026, 3, 5))
    assert minor(lines(otto, *WHOLE)[KIND]) == [0, 40_000, 0, 15_000, 0, 25_000]
    with acting_as(otto):
        assert not visible_entries(otto).exists()


def test_nobody_adds_up_as_another_organisation():
    given_by_otto()
    with acting_as(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assistance_statement('2026-01-01', '2026-12-31')")
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("ALTER FUNCTION assistance_statement(date, date) OWNER TO CURRENT_USER")


# what it says


def test_a_period_begins_where_the_one_before_it_ends():
    line = given_by_otto()
    paid = pay(line, "100", on=date(2026, 3, 10))
    commands.reverse_entry(frida, entry_id=paid.id, reason="Wrong account", on=date(2026, 4, 2))
    commands.release(nora, commitment_id=line.id, amount=eur("50"), reason="Cheaper")
    march = lines(vera, date(2026, 3, 1), date(2026, 3, 31))[KIND]
    assert minor(march) == [0, 40_000, 0, 10_000, 0, 30_000]
    after = lines(vera, date(2026, 4, 1), date(2999, 12, 31))[KIND]
    assert minor(after) == [30_000, 0, 5_000, 0, 10_000, 35_000]


def test_what_was_delivered_moves_no_money():
    line = given_by_otto()
    deliver(line)
    assert minor(lines(nora, *WHOLE)[KIND]) == [0, 40_000, 0, 0, 0, 40_000]


def test_the_lines_of_a_file_are_those_of_the_page():
    given_by_otto()
    with acting_as(vera):
        groups = period_statement(vera, *WHOLE, by=StatementBy.DONOR, category=StatementCategory.PACKAGE)
        [row] = statement_rows(groups, *WHOLE)
    assert row[3:6] == ("business", "EUR", eur("0").amount)
    assert groups[0].lines[0].label.en == "Business start"


def a_random_ledger(seed):
    """Some seventy things that happened on ninety days, to two budgets, in three forms."""
    chance, of = random.Random(seed), programme()  # noqa: S311
    accounts = [entitlement(a_case(), of=of, form=form, code=form) for form in (CASH, KIND, "service")]
    purses = [budget(of.id, "3000", name=name, donor_id=DONORS) for name in ("One", "Two")]
    made, paid = [], []
    for _ in range(70):
        day, amount = chance.choice(DAYS), Money(chance.randint(1, 20_000), "EUR")
        act = chance.choice(["commit", "pay", "pay", "deliver", "reverse", "release"])
        try:
            if act == "commit" or not made:
                made.append(commit(chance.choice(accounts), chance.choice(purses), amount, on=day))
            elif act == "pay":
                paid.append(pay(chance.choice(made), amount, on=day))
            elif act == "deliver":
                deliver(chance.choice(made), str(amount.amount), on=day)
            elif act == "release":
                commands.release(
                    nora, commitment_id=chance.choice(made).id, amount=amount, reason="Not needed"
                )
            elif paid:
                commands.reverse_entry(frida, entry_id=paid.pop().id, reason="Wrong", on=day)
        except Problem:
            continue


def counted(entries, since, until):
    """The same sums, counted once more in plain words from the entries."""
    found = {}
    for one in entries:
        kind = f"not {one.reverses.kind}" if one.kind == "reversal" else one.kind
        place = ["commitment", "release", "payment", "not payment"]
        if one.commitment is None or kind not in place or one.on > until:
            continue
        sums = found.setdefault(one.commitment.form, [0] * 6)
        sign = 1 if kind in ("commitment", "not payment") else -1
        sums[5] += sign * one.counted_minor
        if one.on < since:
            sums[0] += sign * one.counted_minor
        else:
            sums[1 + place.index(kind)] += one.counted_minor
    return {form: sums for form, sums in found.items() if any(sums)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happened_every_sum_of_every_period_is_that_of_the_entries(seed):
    a_random_ledger(seed)
    chance = random.Random(seed)  # noqa: S311
    with acting_as(nora):
        entries = list(Entry.objects.select_related("commitment", "reverses"))
        open_now = sum(one.committed_minor - one.paid_minor for one in visible_budgets(nora))
    assert len(entries) > 15
    for _ in range(25):
        since, until = sorted(chance.choices(DAYS, k=2))
        told = {form: minor(moved) for form, moved in lines(otto, since, until).items()}
        assert {form: sums for form, sums in told.items() if any(sums)} == counted(entries, since, until)
    assert sum(moved.closing.minor for moved in lines(otto, DAYS[0], date(2999, 1, 1)).values()) == open_now
