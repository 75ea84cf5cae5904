"""What people asked about their data, for the officer's console of the demonstration."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import make_aware, now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.cases.queries import search_cases
from homeward.organisations import demo
from homeward.privacy import commands
from homeward.privacy.commands.retention import set_rule
from homeward.privacy.rules import (
    AskedBy,
    BreachRisk,
    BreachStepKind,
    RecordClass,
    RequestKind,
    RequestStepKind,
)

TOLD = ("Sami Example", "Dalia Example", "Yara Testcase")
LAW = "Synthetic: the partners' agreement of 2025, and the law on public records"


def rights_at_work(today: date) -> None:
    """Requests at every point of their month, a hold, a breach in work, and rules for how long is kept."""
    officer = next(demo_actor(hat) for hat in demo.HATS if hat.person == demo.INES)
    for kind, months in ((RecordClass.TRAVELLED, 60), (RecordClass.NEVER_TRAVELLED, 24)):
        set_rule(officer, record_class=kind, months=months, because=LAW)
    set_rule(officer, record_class=RecordClass.TRAVELLED, months=120, because=LAW, country="XM")
    people = [found for name in TOLD if (found := _known(officer, name))]
    if people:
        _requests(officer, people, today)
        commands.set_hold(
            officer,
            subject_id=people[-1],
            reason="Synthetic: a court asks that these records be kept until it has decided.",
            review_on=today + timedelta(days=21),
        )
    _breach(officer, today)


def demo_actor(hat: demo.DemoHat) -> Actor:
    """The actor of one of the demonstration's hats."""
    return Actor(hat.person.id, hat.organisation.id, hat.role, hat.person.name, hat.id)


def _known(officer: Actor, name: str) -> UUID | None:
    with acting_as(officer):
        listing = search_cases(officer, name).first()
    return listing.person_id if listing else None


def _requests(officer: Actor, people: list[UUID], today: date) -> None:
    late = commands.record_request(
        officer,
        subject_id=people[0],
        kind=RequestKind.ACCESS,
        received_on=today - timedelta(days=33),
        words="I want to read everything you wrote about me.",
    )
    commands.confirm_identity(officer, request_id=late.id, how="Synthetic: passport shown at the office")
    note = "The partner in Marenia was asked for its part"
    commands.note_request_step(officer, request_id=late.id, kind=RequestStepKind.NOTED, note=note)
    commands.record_request(
        officer,
        subject_id=people[-1],
        kind=RequestKind.ERASURE,
        received_on=today - timedelta(days=6),
        words="Please forget that I was ever here.",
        asked_by=AskedBy.REPRESENTATIVE,
    )
    done = commands.record_request(
        officer,
        subject_id=people[0],
        kind=RequestKind.CORRECTION,
        received_on=today - timedelta(days=60),
        words="My birthday is in June.",
    )
    commands.confirm_identity(officer, request_id=done.id, how="Synthetic: known to the case manager")
    commands.answer_request(officer, request_id=done.id, answer="Corrected, and the partners were told.")
    _longer_and_refused(officer, people, today)


def _longer_and_refused(officer: Actor, people: list[UUID], today: date) -> None:
    longer = commands.record_request(
        officer,
        subject_id=people[1 % len(people)],
        kind=RequestKind.ACCESS,
        received_on=today - timedelta(days=20),
        words="A copy of all of it, for my lawyer.",
    )
    commands.confirm_identity(officer, request_id=longer.id, how="Synthetic: passport shown at the office")
    why = "Three organisations hold a part of it; the person was told today."
    commands.extend_request(officer, request_id=longer.id, why=why)
    refused = commands.record_request(
        officer,
        subject_id=people[2 % len(people)],
        kind=RequestKind.ERASURE,
        received_on=today - timedelta(days=40),
        words="Erase what was paid to me.",
    )
    commands.confirm_identity(officer, request_id=refused.id, how="Synthetic: known to the case manager")
    why = "The law on public records keeps payments for ten years; told where to complain."
    commands.refuse_request(officer, request_id=refused.id, why=why)


def _breach(officer: Actor, today: date) -> None:
    found = min(make_aware(datetime.combine(today, time(7))), now() - timedelta(hours=1))
    breach = commands.record_breach(
        officer,
        what="Synthetic: a tablet was left in a taxi; its screen was not locked.",
        found_at=found,
        risk=BreachRisk.LIKELY,
        began_at=found - timedelta(hours=3),
        ended_at=found,
        account_id=demo.NORA.id,
    )
    note = "Every session of the account was ended."
    commands.note_breach_step(officer, breach_id=breach.id, kind=BreachStepKind.CONTAINED, note=note)
