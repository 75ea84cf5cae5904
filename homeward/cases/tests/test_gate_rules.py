"""The table of gates, whole: every set of things known of a person, of age and under age, here and in SQL."""

import json
from datetime import date
from itertools import chain, combinations, product

import pytest
from django.db import connection

from homeward.cases.gate_rules import (
    GATES_OF,
    ClearanceState,
    Evidence,
    Gate,
    NeededBecause,
    ProfileFlag,
    Standing,
    closed_gates,
    evidence_allowed,
    gates_for,
    hears_child,
    is_open,
    monitoring_until,
    service_gates,
    why_needed,
)
from homeward.programmes.facts import GATES

F, G, S = ProfileFlag, Gate, ClearanceState
DAY = date(2026, 4, 20)

# Written out once more on purpose, so that a slip in the table does not agree with itself.
EXPECTED = {
    F.VICTIM_OF_TRAFFICKING: "trafficking_risk",
    F.UNACCOMPANIED_CHILD: "best_interests family_tracing family_assessment guardian_consent",
    F.SEPARATED_CHILD: "best_interests family_tracing family_assessment guardian_consent",
    F.HEALTH_NEED: "fit_to_travel continuity_of_care",
    F.MENTAL_HEALTH_CONCERN: "fit_to_travel continuity_of_care",
    F.CAPACITY_DOUBT: "capacity_to_decide",
    F.SURVIVOR_OF_VIOLENCE: "safety_on_return",
    F.SINGLE_PARENT: "support_on_arrival",
    F.OLDER_PERSON: "support_on_arrival",
    F.DISABILITY: "support_on_arrival",
}
EVERY_SET = [
    frozenset(chosen) for chosen in chain.from_iterable(combinations(F, count) for count in range(len(F) + 1))
]


def expected(flags, is_minor):
    gates = {"informed_decision"} | ({"guardian_consent"} if is_minor else set())
    return gates.union(*(EXPECTED[flag].split() for flag in flags))


@pytest.mark.parametrize("is_minor", [False, True])
def test_every_set_of_flags_needs_exactly_its_gates(is_minor):
    assert len(EVERY_SET) == 2 ** len(F)
    for flags in EVERY_SET:
        assert gates_for(flags, is_minor=is_minor) == expected(flags, is_minor), flags


@pytest.mark.django_db
@pytest.mark.parametrize("is_minor", [False, True])
def test_the_database_asks_for_the_same_gates(is_minor):
    sets = ["{" + ",".join(flags) + "}" for flags in EVERY_SET]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT homeward_gates_needed(flags::text[], %s) FROM unnest(%s::text[]) WITH ORDINALITY "
            "asked (flags, place) ORDER BY place",
            [is_minor, sets],
        )
        told = [set(row[0]) for row in cursor.fetchall()]
    assert told == [set(gates_for(flags, is_minor=is_minor)) for flags in EVERY_SET]


HEARING = list(product([None, *range(20)], EVERY_SET, (0, 6, 12, 18)))


def expected_to_be_heard(age, flags, from_age):
    is_alone = flags & {F.UNACCOMPANIED_CHILD, F.SEPARATED_CHILD}
    return age is not None and age < 18 and age >= from_age and not is_alone


def test_a_child_of_a_family_is_heard_from_the_age_that_the_programme_says():
    for age, flags, from_age in HEARING:
        assert hears_child(age, flags, from_age) == expected_to_be_heard(age, flags, from_age), (age, flags)


@pytest.mark.django_db
def test_the_database_hears_the_same_children():
    rows = [[age, sorted(flags), from_age] for age, flags, from_age in HEARING]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT homeward_hears_child((row->>0)::int, array(SELECT jsonb_array_elements_text(row->1)), "
            "(row->>2)::int) FROM jsonb_array_elements(%s) WITH ORDINALITY asked (row, place) ORDER BY place",
            [json.dumps(rows)],
        )
        told = [row[0] for row in cursor.fetchall()]
    assert told == [bool(expected_to_be_heard(*one)) for one in HEARING]


AGES = {"child": (True, False), "grown up": (False, True), "nobody knows": (False, False)}
ASKED = [
    frozenset(),
    frozenset({G.CONTINUITY_OF_CARE}),
    frozenset({G.GUARDIAN_CONSENT}),
    frozenset({G.BEST_INTERESTS, G.FAMILY_TRACING, G.FAMILY_ASSESSMENT, G.GUARDIAN_CONSENT}),
    frozenset(G),
]


def expected_before_service(asked, in_cash, flags, age):
    """Written out once more, from the side of the person."""
    alone = age != "grown up" and flags & {F.UNACCOMPANIED_CHILD, F.SEPARATED_CHILD}
    found = set(asked)
    if in_cash and alone:
        found |= {G.BEST_INTERESTS, G.GUARDIAN_CONSENT}
    if not alone:
        found -= {G.BEST_INTERESTS, G.FAMILY_TRACING, G.FAMILY_ASSESSMENT}
    if not alone and age != "child":
        found -= {G.GUARDIAN_CONSENT}
    return found


def services():
    return product(ASKED, (False, True), EVERY_SET, AGES)


def test_what_a_service_needs_hangs_on_package_cash_flags_and_age():
    for asked, in_cash, flags, age in services():
        is_minor, is_grown_up = AGES[age]
        told = service_gates(asked, in_cash=in_cash, flags=flags, is_minor=is_minor, is_grown_up=is_grown_up)
        assert told == expected_before_service(asked, in_cash, flags, age), (asked, in_cash, flags, age)


@pytest.mark.django_db
def test_the_database_asks_the_same_of_a_service():
    rows = [[sorted(asked), in_cash, sorted(flags), *AGES[age]] for asked, in_cash, flags, age in services()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT homeward_service_gates(array(SELECT jsonb_array_elements_text(row->0)), "
            "(row->>1)::boolean, array(SELECT jsonb_array_elements_text(row->2)), (row->>3)::boolean, "
            "(row->>4)::boolean) FROM jsonb_array_elements(%s) WITH ORDINALITY "
            "asked (row, place) ORDER BY place",
            [json.dumps(rows)],
        )
        told = [set(row[0]) for row in cursor.fetchall()]
    assert told == [expected_before_service(*one) for one in services()]


def test_the_codes_programmes_know_are_the_gates_of_cases():
    assert tuple(G) == GATES


def test_a_programme_adds_gates_and_takes_none_away():
    for flags in EVERY_SET:
        own = gates_for(flags, is_minor=False)
        assert gates_for(flags, is_minor=False, programme_gates=[G.FIT_TO_TRAVEL]) == own | {G.FIT_TO_TRAVEL}
        assert gates_for(flags, is_minor=False, programme_gates=[]) == own


def test_every_flag_has_its_row_and_every_gate_its_evidence():
    assert set(GATES_OF) == set(F)
    for gate in G:
        assert evidence_allowed(gate)
    assert evidence_allowed(G.INFORMED_DECISION) == {Evidence.COUNSELLING}
    assert evidence_allowed(G.FIT_TO_TRAVEL) == {Evidence.DOCUMENT}


@pytest.mark.parametrize(
    ("standing", "open_"),
    [
        (None, False),
        (Standing(S.NEEDED), False),
        (Standing(S.REFUSED), False),
        (Standing(S.LAPSED), False),
        (Standing(S.DROPPED), False),
        (Standing(S.GIVEN), True),
        (Standing(S.GIVEN, date(2026, 4, 19)), False),
        (Standing(S.GIVEN, DAY), True),
    ],
)
def test_a_gate_opens_only_by_a_clearance_that_lasts_until_the_day(standing, open_):
    assert is_open(standing, DAY) is open_


def test_a_gate_on_record_bars_the_way_even_when_no_rule_asks_for_it():
    asked = {G.SAFETY_ON_RETURN: Standing(S.NEEDED), G.FAMILY_TRACING: Standing(S.DROPPED)}
    assert closed_gates([G.INFORMED_DECISION], asked, on=DAY) == (G.INFORMED_DECISION, G.SAFETY_ON_RETURN)


def test_why_a_gate_is_needed():
    assert why_needed(G.INFORMED_DECISION, [], is_minor=True) == NeededBecause.EVERYONE
    assert why_needed(G.GUARDIAN_CONSENT, [], is_minor=True) == NeededBecause.MINOR
    assert why_needed(G.GUARDIAN_CONSENT, [F.SEPARATED_CHILD], is_minor=True) == NeededBecause.PROFILE
    assert why_needed(G.FIT_TO_TRAVEL, [], is_minor=False) == NeededBecause.PROGRAMME


@pytest.mark.parametrize(
    ("flags", "birth", "until"),
    [
        ([], None, date(2027, 8, 31)),
        ([F.VICTIM_OF_TRAFFICKING], None, date(2027, 8, 31)),
        ([F.UNACCOMPANIED_CHILD], date(2009, 1, 1), date(2028, 2, 29)),
        ([F.UNACCOMPANIED_CHILD], date(2012, 5, 6), date(2030, 5, 6)),
        ([F.SEPARATED_CHILD], None, date(2028, 2, 29)),
        ([F.HEALTH_NEED], date(2012, 5, 6), date(2027, 8, 31)),
    ],
)
def test_how_long_a_person_is_seen_at_least(flags, birth, until):
    assert monitoring_until(flags, date(2026, 8, 31), birth) == until


def test_a_programme_that_sees_people_shortly_still_sees_survivors_half_a_year():
    arrived = date(2026, 1, 31)
    assert monitoring_until([], arrived, None, months=3) == date(2026, 4, 30)
    assert monitoring_until([F.VICTIM_OF_TRAFFICKING], arrived, None, months=3) == date(2026, 7, 31)
