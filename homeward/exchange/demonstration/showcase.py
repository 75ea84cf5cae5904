"""A few cases told in full, written through the same commands as everybody's; the first a visitor opens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import make_aware

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.assessments.commands import begin_assessment, finish_assessment, save_answers
from homeward.assessments.rules import Kind, value
from homeward.cases.commands import (
    DecidedBy,
    accept_handover,
    add_case_document,
    begin_planning,
    confirm_travel,
    edit_case,
    give_clearance,
    make_appointment,
    open_case,
    plan_travel,
    record_contact,
    record_counselling,
    record_departure,
    record_plan_agreed,
    set_next_step,
    set_profile,
    share_case,
    start_file,
    submit_application,
    write_note,
)
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.commands.travelling import TravelDetails
from homeward.cases.gate_rules import Gate, ProfileFlag
from homeward.cases.journey_rules import (
    ContactOutcome,
    ContactWay,
    Decision,
    NoteKind,
    PaperKind,
    Readiness,
    Topic,
)
from homeward.cases.queries import get_case, search_cases
from homeward.cases.rules import ReturnType, RoleInFile, Scope, Visibility
from homeward.casework.commands import confirm_arrival, decide_application, decide_eligibility
from homeward.exchange.demonstration.country import HOST, RETURN
from homeward.exchange.demonstration.handovers import offer
from homeward.exchange.demonstration.money import spend
from homeward.exchange.demonstration.programmes import demonstration_programme
from homeward.exchange.demonstration.told_plan import ToldPlan
from homeward.lib.dates import PartialDate
from homeward.organisations import demo
from homeward.people.commands import add_contact, add_document, register_person, relate_people
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails, RelationKind, Sex
from homeward.sharing.rules import Basis, Category, Condition, Purpose


def _wearing(number: int) -> Actor:
    """The actor that one of the cast's hats makes."""
    hat = next(hat for hat in demo.HATS if hat.id == demo.fixed_id(4, number))
    return Actor(hat.person.id, hat.organisation.id, hat.role, hat.person.name, hat.id)


JONAS, NORA, VERA = _wearing(1), _wearing(2), _wearing(4)
NECESSITY = "They work with the person from here on, or decide about the application."
HEADER = CaseDetails(
    host_country=HOST,
    return_country=RETURN,
    return_place="Saltfield",
    return_type=ReturnType.VOLUNTARY,
    how_heard="From a friend",
)


@dataclass(frozen=True)
class Opened:
    """A case just opened, by its keys."""

    id: UUID
    person_id: UUID


@dataclass(frozen=True)
class Someone:
    given: str
    family: str
    native: str
    sex: Sex
    birth: PartialDate
    languages: tuple[str, ...] = ("ar",)


SAMI = Someone("Sami", "Example", "سامي مثال", Sex.MALE, PartialDate.of_day(date(1991, 6, 7)), ("ar", "fr"))
DALIA = Someone("Dalia", "Example", "داليا مثال", Sex.FEMALE, PartialDate.of_year(1994))
RIM = Someone("Rim", "Example", "ريم مثال", Sex.FEMALE, PartialDate.of_day(date(2017, 9, 2)))
OMAR = Someone("Omar", "Placeholder", "عمر عينة", Sex.MALE, PartialDate.of_month(1968, 3))
YARA = Someone("Yara", "Testcase", "يارا تجربة", Sex.FEMALE, PartialDate.of_day(date(1991, 6, 7)))
HUDA = Someone("Huda", "Sample", "هدى عينة", Sex.FEMALE, PartialDate.of_year(1986))
KHALID = Someone("Khalid", "Mustername", "خالد اسم", Sex.MALE, PartialDate.of_year(1999))


def tell_stories(today: date) -> None:
    """Write the cases told in full, as of `today`, which is the real one: appointments lie ahead of it."""
    programme_id = demonstration_programme(today)
    Story(today, programme_id).sami()
    Story(today, programme_id).omar()
    Story(today, programme_id).huda()
    Story(today, programme_id).khalid()
    Story(today, programme_id).yara()


def has_stories() -> bool:
    """Whether they were told already."""
    with acting_as(JONAS):
        return search_cases(JONAS, f"{SAMI.given} {SAMI.family}").exists()


class Story:
    """One story at a time: who did what, how many days ago."""

    def __init__(self, today: date, programme_id: UUID) -> None:
        self.today, self.programme_id = today, programme_id

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def sami(self) -> None:
        """Home for half a year with wife and daughter; a shop; one promise late."""
        file = start_file(JONAS, opened_on=self.ago(300))
        case = self._open(SAMI, 300, file_id=file.id)
        wife = self._open(DALIA, 300, file_id=file.id, role=RoleInFile.SPOUSE)
        child = self._open(RIM, 300, file_id=file.id, role=RoleInFile.CHILD)
        relate_people(JONAS, person_id=case.person_id, related_id=wife.person_id, kind=RelationKind.SPOUSE)
        relate_people(JONAS, person_id=child.person_id, related_id=case.person_id, kind=RelationKind.CHILD)
        self._safe_phone(case)
        for days, decision in ((293, Decision.UNDECIDED), (279, Decision.RETURN)):
            self._talk(case, days, decision)
        self._apply_and_accept(case, 270, 255)
        self._travel(case, 250, departs=200, arrives=199)
        self._come_home(case, 200, 199)
        self._share(wife, demo.RETURN_PARTNERS.id)
        self._share(child, demo.RETURN_PARTNERS.id)
        self._plan_and_money(case)
        self._header(
            NORA,
            case,
            own_words="I want the shop to feed the three of us, without asking my brother.",
            promised="Tools and stock for the shop, roof repair before the rains, school for Rim.",
            take_care="Tension with an older brother over money. Use Sami's own number, never the family's.",
        )
        self._note(NORA, case, 60, "Shop opened. Dalia keeps the accounts two days a week.", NoteKind.VISIT)
        self._note(NORA, case, 12, "Half a year home. Sleeps badly; asked if he wants to talk to somebody.")
        self._reach(NORA, case, 12, ContactOutcome.REACHED)
        self._promise(NORA, case, "Get the second quote for the roof", -7)
        self._appointment(NORA, case, "Visit Sami at the shop", 4)

    def _plan_and_money(self, case: Opened) -> None:
        begin_planning(NORA, case_id=case.id, on=self.ago(190))
        record_plan_agreed(NORA, case_id=case.id, on=self.ago(170))
        ToldPlan(NORA, case.id).tell(self.ago(190))
        spend(case.id, self.programme_id, self.ago)

    def omar(self) -> None:
        """Accepted, travel in a week, his medicine not yet found at home."""
        case = self._open(OMAR, 90)
        self._talk(case, 80, Decision.RETURN)
        self._apply_and_accept(case, 70, 50)
        set_profile(JONAS, case_id=case.id, flags=[ProfileFlag.HEALTH_NEED])
        self._travel(case, 20, departs=-8, arrives=-8, medical="Insulin for four weeks, kept cool.")
        self._cleared_by_physician(case)
        self._assess(case, Kind.FUNCTIONING, 60, {"senses": {"seeing": "some", "walking": "some"}})
        self._assess(case, Kind.VULNERABILITY, 60, {"individual": {"individual_risks": ["old_age"]}})
        self._assess(case, Kind.FAMILY, None, {"who": {"travels_with": "alone"}})
        share_case(
            JONAS,
            case_id=case.id,
            organisation_id=demo.REINTEGRATION_OFFICE.id,
            purpose=Purpose.RECEPTION_ON_ARRIVAL,
            basis=Basis.PUBLIC_INTEREST,
            necessity="Somebody has to meet him at the airport.",
            scope=Scope.ARRIVAL,
        )
        self._share(case, demo.RETURN_PARTNERS.id)
        self._promise(JONAS, case, "Ask the clinic for the fit-to-travel statement", 0)

    def huda(self) -> None:
        """Has applied; the coordinator has not answered yet."""
        case = self._open(HUDA, 40)
        self._talk(case, 33, Decision.UNDECIDED)
        self._talk(case, 20, Decision.RETURN)
        self._share(case, demo.RETURN_OFFICE.id)
        self._assess(case, Kind.NEEDS, 20, {"economic": {"economic_urgency": "first_months"}})
        self._assess(case, Kind.VULNERABILITY, 20, {"household": {"household_risks": ["parent_alone"]}})
        self._assess(case, Kind.RISK, 20, {"safety": {"safe_place": "partly", "level": "medium"}})
        self._submit(case, 6)
        self._promise(JONAS, case, "Tell Huda what was decided", 3)

    def khalid(self) -> None:
        """Came twice to talk and decided to stay, which is as good an outcome."""
        case = self._open(KHALID, 25)
        self._talk(case, 22, Decision.UNDECIDED)
        self._talk(case, 5, Decision.STAY)

    def yara(self) -> None:
        """Arrived; the counsellor offers her case to the partner, who has yet to take it on."""
        case = self._open(YARA, 120)
        self._talk(case, 110, Decision.RETURN)
        self._apply_and_accept(case, 100, 80)
        self._travel(case, 60, departs=9, arrives=8)
        confirm_travel(JONAS, case_id=case.id, confirmed_on=self.ago(12))
        record_departure(JONAS, case_id=case.id, departed_on=self.ago(9))
        self._share(case, demo.RETURN_PARTNERS.id)
        confirm_arrival(NORA, case_id=case.id, arrived_on=self.ago(8), place="Old Harbour")
        offer(JONAS, case.id, demo.RETURN_PARTNERS.id)

    def _open(
        self,
        someone: Someone,
        days: int,
        *,
        file_id: UUID | None = None,
        role: RoleInFile = RoleInFile.PRINCIPAL,
    ) -> Opened:
        details = PersonDetails(
            given_names=someone.given,
            family_name=someone.family,
            native_name=someone.native,
            sex=someone.sex,
            birth=someone.birth,
            nationalities=(RETURN,),
            languages=someone.languages,
        )
        person = register_person(JONAS, details=details)
        case = open_case(
            JONAS,
            person_id=person.id,
            opened_on=self.ago(days),
            details=HEADER,
            file_id=file_id,
            role_in_file=role,
        )
        return Opened(case.id, person.id)

    def _safe_phone(self, case: Opened) -> None:
        add_contact(
            JONAS,
            person_id=case.person_id,
            kind=ContactKind.PHONE,
            value="+999 5550 0041",
            may_text=False,
            not_before=time(9),
            not_after=time(18),
            safety_note="The brother sometimes answers.",
            is_preferred=True,
        )
        add_document(
            JONAS, person_id=case.person_id, kind=DocumentKind.PASSPORT, number="XM0031791", country=RETURN
        )

    def _talk(self, case: Opened, days: int, decision: Decision) -> None:
        record_counselling(
            JONAS,
            case_id=case.id,
            held_on=self.ago(days),
            topics=[Topic.OPTIONS, Topic.RETURN_PROGRAMMES, Topic.SITUATION_THERE],
            language="ar",
            materials="Country sheet Marenia",
            summary="Spoke of work there and of what happens if it does not go well.",
            decision=decision,
            is_informed=decision is not Decision.UNDECIDED,
        )

    def _cleared_by_physician(self, case: Opened) -> None:
        """One gate is open, with its paper and its conditions; the other still waits."""
        paper = add_case_document(
            JONAS,
            case_id=case.id,
            name="statement.txt",
            content=b"Can travel as planned (a statement made up for the demonstration).",
            kind=PaperKind.MEDICAL,
            note="Fit-to-travel statement",
        )
        give_clearance(
            JONAS,
            case_id=case.id,
            gate=Gate.FIT_TO_TRAVEL,
            decided_by=DecidedBy("Dr Invented", "Physician", "Harbour clinic (demonstration)", self.ago(15)),
            document_id=paper.id,
            conditions="Insulin in the hand luggage, kept cool; something to eat at hand.",
            valid_until=self.ago(-30),
        )

    def _assess(
        self, case: Opened, kind: Kind, days: int | None, steps: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """An assessment so many days ago, or a draft that somebody has yet to finish."""
        draft = begin_assessment(JONAS, case_id=case.id, kind=kind)
        for step, given in steps.items():
            answers = {code: value(answer) for code, answer in given.items()}
            draft = save_answers(
                JONAS,
                assessment_id=draft.id,
                step=step,
                answers=answers,
                expected_version=draft.version,
            )
        if days is not None:
            finish_assessment(
                JONAS, assessment_id=draft.id, held_on=self.ago(days), expected_version=draft.version
            )

    def _submit(self, case: Opened, days: int) -> UUID:
        application = submit_application(
            JONAS,
            case_id=case.id,
            programme_id=self.programme_id,
            submitted_on=self.ago(days),
            requested="Help to begin a small business, and a place to live for the first weeks.",
        )
        return application.id

    def _apply_and_accept(self, case: Opened, applied: int, decided: int) -> None:
        self._share(case, demo.RETURN_OFFICE.id)
        application_id = self._submit(case, applied)
        decide_eligibility(VERA, case_id=case.id)
        decide_application(VERA, application_id=application_id, accept=True, decided_on=self.ago(decided))

    def _travel(self, case: Opened, planned: int, *, departs: int, arrives: int, medical: str = "") -> None:
        details = TravelDetails(
            departs_on=self.ago(departs),
            arrives_on=self.ago(arrives),
            arrival_place="Saltfield airport",
            route="Nordholm, Reedmouth, Saltfield",
            tickets=Readiness.READY,
            papers=Readiness.READY if departs > 0 else Readiness.ASKED_FOR,
            medical_items=medical or None,
        )
        plan_travel(JONAS, case_id=case.id, details=details, planned_on=self.ago(planned))

    def _come_home(self, case: Opened, departed: int, arrived: int) -> None:
        confirm_travel(JONAS, case_id=case.id, confirmed_on=self.ago(departed + 3))
        record_departure(JONAS, case_id=case.id, departed_on=self.ago(departed))
        self._share(case, demo.RETURN_PARTNERS.id)
        confirm_arrival(NORA, case_id=case.id, arrived_on=self.ago(arrived), place="Saltfield")
        accept_handover(NORA, handover_id=offer(JONAS, case.id, demo.RETURN_PARTNERS.id).id)

    def _share(self, case: Opened, organisation_id: UUID) -> None:
        share_case(
            JONAS,
            case_id=case.id,
            organisation_id=organisation_id,
            purpose=Purpose.REINTEGRATION_ASSISTANCE,
            basis=Basis.PUBLIC_INTEREST,
            condition=Condition.HEALTH_OR_SOCIAL_CARE,
            necessity=NECESSITY,
            categories=list(Category),
        )

    def _header(self, actor: Actor, case: Opened, **words: Any) -> None:
        details = replace(HEADER, **words)
        edit_case(actor, case_id=case.id, expected_version=self._version(actor, case), details=details)

    def _promise(self, actor: Actor, case: Opened, step: str, in_days: int) -> None:
        set_next_step(
            actor,
            case_id=case.id,
            expected_version=self._version(actor, case),
            next_step=step,
            next_step_on=self.ago(-in_days),
        )

    def _version(self, actor: Actor, case: Opened) -> int:
        with acting_as(actor):
            return get_case(actor, case.id).version

    def _note(self, actor: Actor, case: Opened, days: int, text: str, kind: NoteKind = NoteKind.NOTE) -> None:
        write_note(
            actor, case_id=case.id, text=text, on=self.ago(days), kind=kind, visibility=Visibility.CASE
        )

    def _reach(self, actor: Actor, case: Opened, days: int, outcome: ContactOutcome) -> None:
        record_contact(actor, case_id=case.id, on=self.ago(days), way=ContactWay.CALL, outcome=outcome)

    def _appointment(self, actor: Actor, case: Opened, subject: str, in_days: int) -> None:
        starts_at = make_aware(datetime.combine(self.ago(-in_days), time(10, 30)))
        make_appointment(
            actor,
            case_id=case.id,
            starts_at=starts_at,
            subject=subject,
            place="Saltfield market",
            language="ar",
        )
