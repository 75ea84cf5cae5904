"""Cases of the demonstration on their way between organisations: one in each state, of each kind."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.cases.commands import (
    Justification,
    answer_as_former_lead,
    answer_what_was_asked,
    ask_before_answering,
    ask_by_reference,
    ask_former_lead,
    ask_former_partner,
    decline_handover,
    offer_handover,
    recall_handover,
    receive_enquiries,
    request_handover,
)
from homeward.cases.handover_rules import DeclineReason
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.cases.queries.handovers import visible_handovers
from homeward.cases.queries.references import references_of
from homeward.casework.commands import accept_handover
from homeward.sharing.rules import Basis, Condition

if TYPE_CHECKING:
    from homeward.cases.models import Handover

WHY = Justification(
    Basis.PUBLIC_INTEREST,
    "They work where the person lives from now on, and lead from there.",
    Condition.HEALTH_OR_SOCIAL_CARE,
)
MESSAGE = "Wants to live near the family. A first talk in the first week would help."
LEFT_TO_OTHERS = 12  # cases that other stories are told of
HERE = "A cousin brought the person to us; they would like to go on with us."
Step = Callable[[Actor, Actor, UUID], object]


def offer(giver: Actor, case_id: UUID, organisation_id: UUID, message: str = MESSAGE) -> "Handover":
    """An offer that waits for the other organisation's answer."""
    return offer_handover(giver, case_id=case_id, organisation_id=organisation_id, why=WHY, message=message)


def _ask(giver: Actor, receiver: Actor, id_: UUID) -> object:
    return ask_before_answering(receiver, handover_id=id_, text="Is a place to live agreed already?")


def _answer(giver: Actor, receiver: Actor, id_: UUID) -> object:
    return answer_what_was_asked(giver, handover_id=id_, text="For the first month, with an aunt.")


def _accept(giver: Actor, receiver: Actor, id_: UUID) -> object:
    return accept_handover(receiver, handover_id=id_, lead_membership_id=receiver.membership_id)


def _decline(giver: Actor, receiver: Actor, id_: UUID) -> object:
    note = "From June we would have room again."
    return decline_handover(receiver, handover_id=id_, reason=DeclineReason.NO_ROOM, note=note)


def _take_back(giver: Actor, receiver: Actor, id_: UUID) -> object:
    return recall_handover(giver, handover_id=id_, note="The person stays here after all.")


STORIES: tuple[tuple[Step, ...], ...] = (
    (_ask,),
    (_ask, _answer),
    (_decline,),
    (_take_back,),
    (_accept,),
    (_ask, _answer, _accept),
    (),
)


def tell_handovers(giver: Actor, receiver: Actor, today: date) -> None:
    """Pass cases of the giver on, each as far as one story goes; ask afterwards, and for one back; once."""
    with acting_as(giver):
        begun = visible_handovers(giver).filter(message=HERE).exists()
        cases = _led(giver, today)
    if begun or len(cases) < len(STORIES) + 2:
        return
    passed = list(_told(giver, receiver, iter(cases)))
    _talk_afterwards(giver, receiver, passed)
    _ask_for(giver, receiver, passed[0], cases[len(STORIES)])
    arrived = next((id_ for id_ in cases[len(STORIES) + 1 :] if id_ in _arrived(giver, today)), None)
    if arrived:
        ask_former_partner(
            giver,
            case_id=arrived,
            organisation_id=receiver.organisation_id,
            their_reference="HA-0417",
            message="Came in spring, by air, with one child.",
        )


def _told(giver: Actor, receiver: Actor, cases: Iterator[UUID]) -> Iterator[UUID]:
    """Begin one handover for each story; the cases that were taken on."""
    for story in STORIES:
        handover = offer(giver, next(cases), receiver.organisation_id)
        for step in story:
            step(giver, receiver, handover.id)
        if _accept in story:
            yield handover.case_id


def _talk_afterwards(giver: Actor, receiver: Actor, passed: list[UUID]) -> None:
    asked = [
        ask_former_lead(receiver, case_id=case_id, organisation_id=giver.organisation_id, text=text)
        for case_id, text in zip(
            passed, ("Which school did the children go to?", "Who has the diploma?"), strict=False
        )
    ]
    answer_as_former_lead(giver, question_id=asked[0].id, text="The one by the port, until last summer.")


def _ask_for(giver: Actor, receiver: Actor, passed: UUID, other: UUID) -> None:
    """The former lead asks for one back; the partner asks for one of which it has the reference alone."""
    request_handover(giver, case_id=passed, message=HERE, lead_membership_id=giver.membership_id)
    with acting_as(giver):
        reference = references_of(giver, [other])[other]
    ask_by_reference(receiver, reference=reference, message=HERE)
    receive_enquiries(system_actor(giver.organisation_id))


def _led(giver: Actor, today: date) -> list[UUID]:
    led = listed_cases(giver, CaseFilters(), today).filter(scope="lead").exclude(stage="closed")
    free = led.exclude(case__handovers__isnull=False)
    return list(free.order_by("case_id").values_list("case_id", flat=True)[LEFT_TO_OTHERS:60])


def _arrived(giver: Actor, today: date) -> set[UUID]:
    with acting_as(giver):
        led = listed_cases(giver, CaseFilters(), today).filter(scope="lead", case__arrived_on__isnull=False)
        return set(led.values_list("case_id", flat=True))
