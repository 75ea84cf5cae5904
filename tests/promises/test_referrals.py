"""B5 and B6: no referral is answered twice or lost, no place is given twice, and every referral ends.

Many people of a service answer the same referrals at the same moment, while the sender takes some back. What
everybody was told is compared with what is kept. Then each command is broken off at every statement it makes.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Lock
from time import perf_counter

import pytest
from django.db import connection, connections
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands import open_case
from homeward.cases.journey_rules import ClosingReason
from homeward.casework.commands import close_case, refer
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Problem
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.referrals import commands
from homeward.referrals.models import Referral, ReferralEvent
from homeward.referrals.rules import ENDED, MOVES, OPEN, Reason, ReferralOutcome, ReferralState
from homeward.services.models import Room
from homeward.services.tests.directory import a_clinic_service, beds
from tests.agreed import agreed
from tests.cast import CLINIC, RETURN_PARTNERS, karim, nora
from tests.promises.bounds import full, none_in

S = ReferralState
ON = date(2026, 3, 2)
SIDE_BY_SIDE, PLACES = 8, 3


def cases(count):
    made = []
    for number in range(count):
        person = register_person(nora, details=PersonDetails(given_names="Person", family_name=str(number)))
        made.append(open_case(nora, person_id=person.id, opened_on=ON))
    return made


def sent(case, service):
    """Sent without a disclosure's ceremony: what is told is another promise's matter."""
    draft = refer(nora, case_id=case.id, service_id=service.id, need="health")
    return commands.send_referral(nora, referral_id=draft.id, disclosure_id=new_id())


@dataclass
class Told:
    """What the people who raced were told."""

    done: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


def act_of(chance, referral_id):
    """Mostly a yes; now and then a no, a waiting list, or the sender who takes it back."""
    somebody = replace(karim, user_id=new_id())
    kind = chance.choices([S.ACCEPTED, S.DECLINED, S.WAITLISTED, S.RECALLED], [80, 8, 8, 4])[0]
    given = {"referral_id": referral_id}
    acts = {
        S.ACCEPTED: lambda: commands.accept_referral(somebody, **given),
        S.DECLINED: lambda: commands.decline_referral(somebody, **given, reason=Reason.NO_CAPACITY),
        S.WAITLISTED: lambda: commands.waitlist_referral(somebody, **given),
        S.RECALLED: lambda: commands.recall_referral(nora, **given, reason=Reason.NO_LONGER_NEEDED),
    }
    return kind, acts[kind]


def attempt(told, referral_id, kind, act):
    try:
        act()
    except Problem as problem:
        told.refused[problem.code] += 1
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test names it
        told.faults.append(fault)
    else:
        with told.lock:
            told.done[referral_id, kind] += 1
    finally:
        connection.close_if_unusable_or_obsolete()


def race(races, workers=20, seed=1):
    """Eight referrals at a time to one service with three places, each answered by two to twenty at once."""
    agreed(RETURN_PARTNERS, CLINIC)
    service, people = a_clinic_service(rooms=beds(PLACES, PLACES)), cases(SIDE_BY_SIDE)
    told, chance = Told(), random.Random(seed)  # noqa: S311
    oversold = lost = attempts = 0
    began = perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        for _round in range(races // SIDE_BY_SIDE):
            referrals = [sent(case, service).id for case in people]
            acts = [(id_, *act_of(chance, id_)) for id_ in referrals for _ in range(chance.randint(2, 20))]
            chance.shuffle(acts)
            attempts += len(acts)
            list(pool.map(lambda one: attempt(told, *one), acts))
            found = look(service, referrals, told)
            oversold, lost = oversold + found[0], lost + found[1]
            end_all(referrals)
        list(pool.map(lambda _: connections.close_all(), range(workers * 3)))
    return told, attempts, oversold, lost, service, perf_counter() - began


def look(service, referrals, told):
    """How often more was given than there is, and how many answers were lost, doubled or out of order."""
    with acting_as(nora):
        kept = Counter(
            ReferralEvent.objects.filter(referral__in=referrals)
            .exclude(state=S.SENT)
            .values_list("referral_id", "state")
        )
        accepted = Referral.objects.filter(id__in=referrals, state=S.ACCEPTED, holds_room=True).count()
        available = Room.objects.get(service_id=service.id).available
        states = dict(Referral.objects.filter(id__in=referrals).values_list("id", "state"))
        steps = list(
            ReferralEvent.objects.filter(referral__in=referrals)
            .order_by("at", "id")
            .values_list("referral_id", "from_state", "state")
        )
    acknowledged = {(id_, str(kind)): n for (id_, kind), n in told.done.items() if id_ in states}
    wrong = sum(kept[one] != acknowledged.get(one, 0) for one in {*kept, *acknowledged})
    broken = sum(S(after) not in MOVES[S(before)] for _id, before, after in steps)
    last = {id_: after for id_, _before, after in steps}
    return int(accepted + available != PLACES or available < 0), wrong + broken + (last != states)


def end_all(referrals):
    for id_ in referrals:
        with acting_as(nora):
            state = Referral.objects.get(id=id_).state
        if state in OPEN:
            commands.recall_referral(nora, referral_id=id_, reason=Reason.NO_LONGER_NEEDED)


def require_fair(races):
    told, attempts, oversold, lost, service, seconds = race(races)
    with acting_as(nora):
        room = Room.objects.get(service_id=service.id)
        doubled = sum(n > 1 for (_id, kind), n in told.done.items() if kind == S.ACCEPTED)
    assert told.faults == []
    assert (doubled, lost, oversold) == (0, 0, 0)
    assert room.available == PLACES
    assert {"no_room", "referral_moved"} <= set(told.refused)
    what = f"races of 2 to 20 ({attempts:,} answers, {seconds:.0f} s) were lost, doubled or oversold"
    none_in(races, what, "B5")


@pytest.mark.django_db(transaction=True)
def test_many_answer_at_once_and_one_answer_stands(cast):
    require_fair(races=16)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_thousands_of_races_lose_no_answer_and_give_no_place_twice(cast):
    require_fair(races=full(2_000, 160))


class BrokenOffError(Exception):
    """The line to the database fell."""


def breaking_at(number):
    """Let the statement of this number fail, as if the machine had stopped there."""
    count = 0

    def run(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == number:
            raise BrokenOffError
        return execute(sql, params, many, context)

    return run


def steps(service):
    """Each act with the state it leaves, on the same referral one after the other."""

    def accept(id_):
        return commands.accept_referral(karim, referral_id=id_)

    ways = (
        ("open", lambda id_: commands.open_referral(karim, referral_id=id_)),
        ("waitlist", lambda id_: commands.waitlist_referral(karim, referral_id=id_)),
        ("accept", accept),
        ("start", lambda id_: commands.start_referral(karim, referral_id=id_)),
        (
            "complete",
            lambda id_: commands.complete_referral(karim, referral_id=id_, outcome=ReferralOutcome.RECEIVED),
        ),
    )
    ends = (
        ("decline", lambda id_: commands.decline_referral(karim, referral_id=id_, reason=Reason.NO_CAPACITY)),
        ("recall", lambda id_: commands.recall_referral(nora, referral_id=id_, reason=Reason.CLIENT_REFUSED)),
        (
            "expire",
            lambda id_: commands.expire_silent_referrals(
                system_actor(RETURN_PARTNERS), at=now() + timedelta(days=30)
            ),
        ),
    )
    return ways, ends


def as_kept(referral_id, service):
    with acting_as(nora):
        referral = Referral.objects.filter(id=referral_id).values().get()
        events = ReferralEvent.objects.filter(referral_id=referral_id).count()
        return referral, events, Room.objects.get(service_id=service.id).available


def break_off_everywhere(act, referral_id, service, stride, most=400):
    """Break the act off at every `stride`th statement: all is as before, and at last it succeeds."""
    for fault, number in enumerate(range(1, most, stride)):
        before = as_kept(referral_id, service)
        try:
            with connection.execute_wrapper(breaking_at(number)):
                act(referral_id)
        except BrokenOffError:
            assert as_kept(referral_id, service) == before
        else:
            return fault
    raise AssertionError("never came to its end")


def run_with_faults(stride):
    agreed(RETURN_PARTNERS, CLINIC)
    service = a_clinic_service(rooms=beds(1, 1))
    (case,) = cases(1)
    ways, ends = steps(service)
    faults, referrals = 0, []
    for chain in (ways, *((end,) for end in ends)):
        referrals.append(sent(case, service).id)
        for _name, act in chain:
            faults += break_off_everywhere(act, referrals[-1], service, stride)
    return case, service, referrals, faults


def require_whole(stride):
    case, service, referrals, faults = run_with_faults(stride)
    with acting_as(nora):
        states = set(Referral.objects.filter(id__in=referrals).values_list("state", flat=True))
        assert states == {S.COMPLETED, S.DECLINED, S.RECALLED, S.EXPIRED}
        assert Room.objects.get(service_id=service.id).available == 1
    none_in(faults, "acts broken off at a statement were left half done", "B6")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_breaks_off_leaves_everything_as_it_was(cast):
    require_whole(stride=7)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_an_act_that_breaks_off_at_any_statement_leaves_everything_as_it_was(cast):
    require_whole(stride=1)


def wander(walks, seed=7):
    """Random acts in random states while days pass; then nobody does anything, and the case is closed."""
    agreed(RETURN_PARTNERS, CLINIC)
    service, chance = a_clinic_service(rooms=beds(PLACES, PLACES)), random.Random(seed)  # noqa: S311
    ways, ends = steps(service)
    acts = [act for _name, act in (*ways, *ends[:2])]
    people = cases(walks)
    walked = [sent(case, service).id for case in people]
    for id_ in walked:
        for act in chance.choices(acts, k=chance.randint(0, 4)):
            try:
                act(id_)
            except Problem:
                continue
    return service, people, walked


def require_ends(walks):
    service, people, walked = wander(walks)
    commands.expire_silent_referrals(system_actor(RETURN_PARTNERS), at=now() + timedelta(days=90))
    with acting_as(nora):
        waiting = Referral.objects.filter(id__in=walked, state__in=[S.SENT, S.ACKNOWLEDGED, S.WAITLISTED])
        silent = waiting.count()
    for case in people:
        close_case(nora, case_id=case.id, closed_on=ON, reason=ClosingReason.COMPLETED)
    with acting_as(nora):
        ended = dict(Referral.objects.filter(id__in=walked).values_list("id", "state"))
        reasons = list(Referral.objects.filter(id__in=walked).values_list("state", "reason", "outcome"))
        free = Room.objects.get(service_id=service.id).available
    orphans = sum(S(state) not in ENDED for state in ended.values())
    assert (silent, orphans, free) == (0, 0, PLACES)
    for state, reason, outcome in reasons:
        assert bool(outcome) == (state == S.COMPLETED)
        assert bool(reason) == (state in (S.DECLINED, S.RECALLED))
    none_in(walks, "referrals stayed without an end", "B6")


@pytest.mark.django_db(transaction=True)
def test_every_referral_comes_to_an_end(cast):
    require_ends(walks=12)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_thousand_referrals_come_to_an_end(cast):
    require_ends(walks=full(1_000, 12))
