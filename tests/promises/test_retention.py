"""Retention over twelve simulated years: nobody early, nobody a day late, nobody under a hold.

`make drill` runs it with 100,000 people.
"""

import random
from datetime import date, timedelta

import pytest

from homeward.access.acting import acting_as
from homeward.cases import commands as cases
from homeward.cases.journey_rules import ClosingReason, OwnView
from homeward.casework.rights.retention import apply_rules, due_for_erasure
from homeward.lib.problems import Refused
from homeward.people.models import Person
from homeward.privacy import commands
from homeward.privacy.commands.retention import end_rule, set_rule
from homeward.privacy.rules import KeptFor, Record, RecordClass, erase_on
from tests.cast import ACTORS, ines, nora
from tests.promises.bounds import full, none_in

BEGIN, YEARS, SEED = date(2026, 1, 1), 12, 20261122
COUNTRIES = ("XM", "XN", "XO", "")
RULES = (
    KeptFor(RecordClass.TRAVELLED, "", 60),
    KeptFor(RecordClass.TRAVELLED, "XM", 120),
    KeptFor(RecordClass.TRAVELLED, "XN", 24),
    KeptFor(RecordClass.NEVER_TRAVELLED, "", 12),
    KeptFor(RecordClass.NO_CASE, "", 6),
)
WHY = "The law on public records, section 12"


def simulate(people):
    """Each day of twelve years the night's sum; a sum of our own says by hand when each was due."""
    chance = random.Random(SEED)  # noqa: S311 - the same people each time
    subjects = [made_up(chance) for _ in range(people)]
    by_day = {}
    for number, (records, _holds) in enumerate(subjects):
        due = erase_on(records, RULES)
        if due is not None:
            by_day.setdefault(max(due, BEGIN), []).append(number)
    erased, waiting = {}, []
    for offset in range(YEARS * 366):
        today = BEGIN + timedelta(days=offset)
        waiting = [*waiting, *by_day.get(today, ())]
        kept = []
        for number in waiting:
            if any(since <= today < until for since, until in subjects[number][1]):
                kept.append(number)
            else:
                erased[number] = today
        waiting = kept
    return subjects, erased


def made_up(chance):
    kinds = list(RecordClass)
    records = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        ended = BEGIN + timedelta(days=chance.randrange(-900, 3000)) if chance.random() < 0.9 else None
        records.append(Record(chance.choice(kinds), chance.choice(COUNTRIES), ended))
    holds = []
    if chance.random() < 0.15:
        since = BEGIN + timedelta(days=chance.randrange(0, 3500))
        holds.append((since, since + timedelta(days=chance.randrange(1, 900))))
    return records, holds


def by_hand(records, holds):
    """The first day on which each record has lain for its months and no hold stands."""
    last = BEGIN
    for record in records:
        if record.ended_on is None:
            return None
        months = {
            (RecordClass.TRAVELLED, "XM"): 120,
            (RecordClass.TRAVELLED, "XN"): 24,
        }.get((record.record_class, record.country)) or {
            RecordClass.TRAVELLED: 60,
            RecordClass.NEVER_TRAVELLED: 12,
            RecordClass.NO_CASE: 6,
        }[record.record_class]
        year, month = record.ended_on.year + (record.ended_on.month - 1 + months) // 12, 0
        month = (record.ended_on.month - 1 + months) % 12 + 1
        day = record.ended_on.day
        while True:
            try:
                last = max(last, date(year, month, day))
                break
            except ValueError:
                day -= 1
    while any(since <= last < until for since, until in holds):
        last += timedelta(days=1)
    return last


def check(people):
    subjects, erased = simulate(people)
    end = BEGIN + timedelta(days=YEARS * 366 - 1)
    early = late = held = 0
    for number, (records, holds) in enumerate(subjects):
        expected, at = by_hand(records, holds), erased.get(number)
        if at is None:
            late += expected is not None and expected <= end
            continue
        early += expected is None or at < expected
        late += expected is not None and at > expected
        held += any(since <= at < until for since, until in holds)
    told = f"{early} early, {late} late, {held} under a hold"
    assert (early, late, held) == (0, 0, 0), told
    what = f"people over {YEARS} years, {len(erased):,} of them due, were erased early, late or under a hold"
    none_in(people, what, "H3")


def test_nobody_is_erased_early_late_or_under_a_hold():
    check(2_000)


@pytest.mark.drill
def test_nobody_is_erased_early_late_or_under_a_hold_at_full_size():
    check(full(100_000))


@pytest.mark.parametrize("name", sorted(set(ACTORS) - {"ines"}))
def test_only_an_officer_sets_rules(name):
    given = {"record_class": RecordClass.TRAVELLED, "months": 12, "because": WHY}
    with pytest.raises(Refused):
        set_rule(ACTORS[name], **given)


@pytest.mark.django_db
def test_what_no_rule_covers_and_what_is_open_stays(sami):
    with acting_as(ines):
        assert due_for_erasure(ines, today=date(2100, 1, 1)) == []
    set_rule(ines, record_class=RecordClass.NEVER_TRAVELLED, months=12, because=WHY)
    with acting_as(ines):
        assert due_for_erasure(ines, today=date(2100, 1, 1)) == []  # the case is open


@pytest.mark.django_db(transaction=True)
def test_a_closed_case_goes_on_its_day_unless_a_hold_stands(sami, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    cases.close_case(
        nora,
        case_id=sami.id,
        closed_on=date(2026, 3, 9),
        reason=ClosingReason.CHOSE_TO_STOP,
        own_view_asked=OwnView.NOT_REACHED,
    )
    rule = set_rule(ines, record_class=RecordClass.NEVER_TRAVELLED, months=12, because=WHY)
    with acting_as(ines):
        assert due_for_erasure(ines, today=date(2027, 3, 8)) == []
        (due,) = due_for_erasure(ines, today=date(2027, 3, 9))
    assert (due.person_id, due.due_on, due.months, due.goes) == (
        sami.person_id,
        date(2027, 3, 9),
        (12,),
        True,
    )
    hold = commands.set_hold(
        ines, subject_id=sami.person_id, reason="A court asks for it.", review_on=date(2099, 1, 1)
    )
    assert apply_rules(ines, today=date(2027, 3, 9)) == []
    commands.release_hold(ines, hold_id=hold.id, because="The court has decided.")
    assert [one.person_id for one in apply_rules(ines, today=date(2027, 3, 9))] == [sami.person_id]
    with acting_as(ines):
        assert not Person.objects.filter(given_names="Sami").exists()
    end_rule(ines, rule_id=rule.id)
