"""What people of the demonstration were asked and answered, what rests on it, and their own pages."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.cases.queries import CaseFilters, get_case, listed_cases, search_cases
from homeward.casework.commands import record_answer, send_package, withdraw_consent
from homeward.consent.commands import publish_notice
from homeward.consent.queries import notice_for
from homeward.consent.rules import Asked, ConsentWay, Evidence, WithdrawalWay
from homeward.consent.wording import EXAMPLES, example_texts
from homeward.exchange.demonstration.referrals import KARIM
from homeward.exchange.demonstration.telling import JONAS, NORA
from homeward.feedback import commands as feedback
from homeward.feedback.queries import questions_to_answer, visitor_of
from homeward.feedback.rules import Subject
from homeward.organisations import demo
from homeward.people.rules import is_surely_minor
from homeward.sharing.commands import confirm_receipt, note_opened
from homeward.sharing.rules import Basis, Category, Condition, Purpose

INTERPRETED = Evidence(ConsentWay.INTERPRETED, interpreter_name="Nadia Interpreter (synthetic)")
WITNESSED = Evidence(ConsentWay.WITNESSED, witness_name="Idris Witness (synthetic)")
CARE = frozenset({Category.IDENTITY, Category.CONTACT, Category.HEALTH})
TO_CLINIC = Asked(Purpose.REFERRAL, CARE, recipient_id=demo.PORT_CLINIC.id)
TO_STATE = Asked(
    Purpose.ORIGIN_STATE,
    frozenset({Category.IDENTITY, Category.JOURNEY}),
    recipient_id=demo.REINTEGRATION_OFFICE.id,
)
FOR_PAPERS = Asked(
    Purpose.TRAVEL_DOCUMENTS,
    frozenset({Category.IDENTITY, Category.IDENTITY_DOCUMENTS}),
    recipient_id=demo.REINTEGRATION_OFFICE.id,
)
FOLLOWED = Asked(
    Purpose.MONITORING,
    frozenset({Category.CONTACT, Category.FOLLOW_UP}),
    recipient_id=demo.RETURN_OFFICE.id,
)
SHOWN = ("name", "languages", "contacts")
AT_HOME = ("arrived", "planning", "reintegrating")
ENOUGH = 18  # of the drawn cases: each kind of answer several times


def ask_people(today: date) -> None:
    """Notices, answers of every kind, packages that rest on a yes, and own pages that wait to be opened."""
    for organisation in (demo.RETURN_PARTNERS, demo.HARBOUR_ADVICE):
        _publish(system_actor(organisation.id))
    sami, dalia = _case_of(NORA, "Sami Example"), _case_of(JONAS, "Dalia Example")
    if sami:
        _sami(sami, today)
    if dalia:
        _answer(JONAS, dalia, TO_STATE, today - timedelta(days=150), is_given=False)
        feedback.offer_own_page(JONAS, case_id=dalia, language="fr")
    omar = _case_of(JONAS, "Omar Placeholder")
    if omar:
        _answer(JONAS, omar, FOR_PAPERS, today - timedelta(days=45))
        feedback.offer_own_page(JONAS, case_id=omar, language="en")
    _others(today, told=sami)


def _publish(officer: Actor) -> None:
    for purpose in EXAMPLES:
        publish_notice(officer, purpose=purpose, texts=example_texts(purpose), is_example=True)


def _case_of(actor: Actor, name: str) -> UUID | None:
    with acting_as(actor):
        listing = search_cases(actor, name).first()
    return listing.case_id if listing else None


def _answer(
    actor: Actor, case_id: UUID, asked: Asked, on: date, *, is_given: bool = True, how: Evidence = INTERPRETED
) -> UUID:
    with acting_as(actor):
        notice = notice_for(actor, asked.purpose)
    assert notice is not None  # noqa: S101 (published a moment ago)
    answer = record_answer(
        actor,
        case_id=case_id,
        asked=asked,
        evidence=how,
        notice_id=notice.id,
        language="ar",
        given_on=on,
        is_given=is_given,
    )
    return answer.id


def _sami(case_id: UUID, today: date) -> None:
    """Yes to the clinic, no to the state of origin, a yes taken back; a page he asks and complains on."""
    _answer(NORA, case_id, TO_STATE, today - timedelta(days=160), is_given=False)
    followed = _answer(NORA, case_id, FOLLOWED, today - timedelta(days=150))
    withdraw_consent(NORA, consent_id=followed, how=WithdrawalWay.BY_PHONE)
    _answer(NORA, case_id, TO_CLINIC, today - timedelta(days=12), how=WITNESSED)
    _package(case_id, is_opened=False)
    _say_something(case_id)
    feedback.offer_own_page(NORA, case_id=case_id, language="ar")


def _package(case_id: UUID, *, is_opened: bool = True) -> None:
    sent = send_package(
        NORA,
        case_id=case_id,
        organisation_id=demo.PORT_CLINIC.id,
        purpose=Purpose.REFERRAL,
        field_codes=SHOWN,
        basis=Basis.CONSENT,
        condition=Condition.EXPLICIT_CONSENT,
        necessity="The clinic has to know whom to expect and how to reach them safely.",
    )
    if is_opened:
        note_opened(KARIM, disclosure_id=sent.id)
        confirm_receipt(KARIM, disclosure_id=sent.id)


def _say_something(case_id: UUID) -> None:
    """Two questions, one of them answered, and a complaint: as the person writes them."""
    made = feedback.offer_own_page(NORA, case_id=case_id, language="ar")
    feedback.enter_own_page(system_actor(demo.RETURN_PARTNERS.id), token=made.token, code=made.code)
    with acting_as(system_actor(demo.RETURN_PARTNERS.id)):
        person = visitor_of(demo.RETURN_PARTNERS.id, made.id)
    assert person is not None  # noqa: S101 (came in a moment ago)
    feedback.ask_question(person, words="متى تصل أدوات المحل؟", language="ar")
    with acting_as(NORA):
        asked = questions_to_answer(NORA).filter(case_id=case_id).first()
    assert asked is not None  # noqa: S101
    answer = "يوم الاثنين، أحضرها معي."
    feedback.answer_question(NORA, case_id=case_id, question_id=asked.id, answer=answer)
    feedback.ask_question(person, words="هل أستطيع تغيير موعد الزيارة؟", language="ar")
    feedback.complain(person, subject=Subject.WAITING, words="انتظرت السقف شهرين.", language="ar")


def _others(today: date, *, told: UUID | None) -> None:
    """Answers of people in the drawn country, in turn: yes, no, taken back, run out."""
    for number, case_id in enumerate(_adults(today, but=told)):
        on = today - timedelta(days=20 + 3 * number)
        if number % 4 == 0:
            _answer(NORA, case_id, TO_CLINIC, on)
            _package(case_id, is_opened=number > 0)
        elif number % 4 == 1:
            _answer(NORA, case_id, TO_CLINIC, on, is_given=False)
        elif number % 4 == 2:
            consent_id = _answer(NORA, case_id, TO_CLINIC, on, how=WITNESSED)
            _package(case_id)
            withdraw_consent(NORA, consent_id=consent_id, how=WithdrawalWay.IN_PERSON)
        else:
            _answer(NORA, case_id, FOLLOWED, today - timedelta(days=400), how=WITNESSED)


def _adults(today: date, *, but: UUID | None) -> Iterator[UUID]:
    """Some of Nora's drawn cases whose people may answer for themselves."""
    with acting_as(NORA):
        led = listed_cases(NORA, CaseFilters(), today).filter(scope="lead", stage__in=AT_HOME)
        ids = list(led.order_by("-case_id").values_list("case_id", flat=True)[: 2 * ENOUGH])
        ids = [one for one in ids if one != but]
        people = [get_case(NORA, one).person for one in ids]
    adults = [
        one for one, person in zip(ids, people, strict=True) if not is_surely_minor(person.birth, today)
    ]
    yield from adults[:ENOUGH]
