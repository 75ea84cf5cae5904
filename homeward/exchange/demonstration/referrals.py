"""Referrals of the demonstration, one in each state, from the partner's cases to the clinic and to others."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.casework.commands import refer, send_referral
from homeward.casework.referring import Telling
from homeward.organisations import demo
from homeward.referrals import commands
from homeward.referrals.queries import sent_referrals
from homeward.referrals.rules import Channel, Confirmed, Reason, ReferralOutcome, Urgency
from homeward.services.queries import visible_services
from homeward.sharing.rules import Basis

NORA = Actor(demo.NORA.id, demo.RETURN_PARTNERS.id, Role.CASE_MANAGER, name=demo.NORA.name)
KARIM = Actor(demo.KARIM.id, demo.PORT_CLINIC.id, Role.SERVICE_PROVIDER, name=demo.KARIM.name)
FIELDS = ("name", "languages", "contacts")
WHY = "The clinic has to know whom to expect and how to reach them safely."
AT_HOME = ("arrived", "planning", "reintegrating", "enquiry")
Step = Callable[[UUID], object]


def _open(id_: UUID) -> object:
    return commands.open_referral(KARIM, referral_id=id_)


def _accept(id_: UUID) -> object:
    return commands.accept_referral(KARIM, referral_id=id_, words="Monday at nine, second floor.")


def _start(id_: UUID) -> object:
    return commands.start_referral(KARIM, referral_id=id_)


def _complete(id_: UUID) -> object:
    words = "Came to every session."
    return commands.complete_referral(KARIM, referral_id=id_, outcome=ReferralOutcome.RECEIVED, words=words)


def _decline(id_: UUID) -> object:
    return commands.decline_referral(KARIM, referral_id=id_, reason=Reason.NO_CAPACITY)


def _wait(id_: UUID) -> object:
    return commands.waitlist_referral(KARIM, referral_id=id_, words="A place is likely next month.")


def _take_back(id_: UUID) -> object:
    return commands.recall_referral(NORA, referral_id=id_, reason=Reason.CLIENT_REFUSED)


STORIES: tuple[tuple[Step, ...], ...] = (
    (),
    (_open,),
    (_open, _accept),
    (_open, _accept, _start),
    (_open, _accept, _start, _complete),
    (_open, _decline),
    (_open, _wait),
    (_take_back,),
)


def tell_referrals(today: date) -> None:
    """Send people to the clinic and to a service without account, once."""
    with acting_as(NORA):
        if sent_referrals(NORA).exists():
            return
        cases = _cases(today)
        clinic = _services(account=True)
        others = _services(account=False)
    if not cases or not clinic:
        return
    for story in STORIES:
        service_id, need = next(clinic)
        id_ = _sent(next(cases), service_id, need)
        for step in story:
            step(id_)
        if _complete in story:
            commands.confirm_outcome(
                NORA, referral_id=id_, confirmed=Confirmed.AS_SAID, on=today, words="It helped me to sleep."
            )
    _by_letter(next(cases), *next(others), today)
    service_id, need = next(clinic)
    refer(NORA, case_id=next(cases), service_id=service_id, need=need, urgency=Urgency.SOON)


def _cases(today: date) -> Iterator[UUID]:
    led = listed_cases(NORA, CaseFilters(), today).filter(scope="lead", stage__in=AT_HOME)
    return cycle(led.order_by("case_id").values_list("case_id", flat=True)[:40])


def _services(*, account: bool) -> Iterator[tuple[UUID, str]]:
    found = (
        visible_services(NORA).filter(status="active", is_restricted=False).exclude(rooms__available__lt=4)
    )
    found = found.filter(account_id=demo.PORT_CLINIC.id) if account else found.filter(account_id=None)
    return cycle([(one.id, one.needs[0]) for one in found.order_by("name", "id") if one.needs])


def _sent(case_id: UUID, service_id: UUID, need: str) -> UUID:
    draft = refer(NORA, case_id=case_id, service_id=service_id, need=need)
    told = Telling(FIELDS, WHY, message="Sleeps badly.", basis=Basis.PUBLIC_INTEREST)
    return send_referral(NORA, referral_id=draft.id, told=told).id


def _by_letter(case_id: UUID, service_id: UUID, need: str, today: date) -> None:
    draft = refer(NORA, case_id=case_id, service_id=service_id, need=need)
    told = Telling(("name",), "They have to know whom to expect.", agreed_on=today)
    send_referral(NORA, referral_id=draft.id, told=told)
    commands.waitlist_referral(NORA, referral_id=draft.id, channel=Channel.PHONE, words="Ask again in May.")
