"""A few cases told in full, written through the same commands as everybody's; the first a visitor opens."""

from datetime import date, time

from homeward.access.acting import acting_as
from homeward.assessments.rules import Kind
from homeward.cases.commands import (
    DecidedBy,
    add_case_document,
    begin_planning,
    confirm_travel,
    give_clearance,
    record_departure,
    record_plan_agreed,
    set_profile,
    share_case,
    start_file,
)
from homeward.cases.gate_rules import Gate, ProfileFlag
from homeward.cases.journey_rules import (
    ContactOutcome,
    ContactWay,
    Decision,
    NoteKind,
    PaperKind,
)
from homeward.cases.queries import search_cases
from homeward.cases.rules import RoleInFile, Scope
from homeward.casework.commands import confirm_arrival
from homeward.exchange.demonstration.calendars import keep_calendars
from homeward.exchange.demonstration.country import RETURN
from homeward.exchange.demonstration.handovers import offer
from homeward.exchange.demonstration.money import spend
from homeward.exchange.demonstration.programmes import demonstration_programme
from homeward.exchange.demonstration.telling import HANA, JONAS, NORA, Opened, Someone, Teller
from homeward.exchange.demonstration.told_family import FamilyStory
from homeward.exchange.demonstration.told_plan import ToldPlan
from homeward.followup.commands import Try, assign_visits, record_attempt, record_business
from homeward.followup.commands.business import BusinessSeen
from homeward.followup.queries import visits_of
from homeward.followup.rules import BusinessState, VisitOutcome, VisitState
from homeward.lib.dates import PartialDate
from homeward.organisations import demo
from homeward.people.commands import add_contact, add_document, relate_people
from homeward.people.rules import ContactKind, DocumentKind, RelationKind, Sex
from homeward.sharing.rules import Basis, Purpose

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
    keep_calendars(today)
    Story(today, programme_id).sami()
    Story(today, programme_id).omar()
    Story(today, programme_id).huda()
    Story(today, programme_id).khalid()
    Story(today, programme_id).yara()
    FamilyStory(today, programme_id).family()
    FamilyStory(today, programme_id).clearances_that_bar()


def has_stories() -> bool:
    """Whether they were told already."""
    with acting_as(JONAS):
        return search_cases(JONAS, f"{SAMI.given} {SAMI.family}").exists()


class Story(Teller):
    """The cases of single people, and of one small family, at every point of the journey."""

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
        self._visits(case)
        self._appointment(NORA, case, "Visit Sami at the shop", 4)

    def _visits(self, case: Opened) -> None:
        """Hana makes the half-year visit: he was not at home, and they agreed on a day; the shop is open."""
        with acting_as(NORA):
            due = list(visits_of(NORA, case.id).filter(state=VisitState.DUE))
        assign_visits(NORA, visit_ids=[one.id for one in due], membership_id=demo.fixed_id(4, 16))
        for visit in due[:1]:
            went = Try(
                self.ago(9), ContactWay.VISIT, VisitOutcome.NOT_THERE, "Closed; the neighbour expects him."
            )
            record_attempt(HANA, visit_id=visit.id, tried=went)
            called = Try(
                self.ago(3), ContactWay.CALL, VisitOutcome.LATER, "In the morning, at the shop.", self.ago(-2)
            )
            record_attempt(HANA, visit_id=visit.id, tried=called)
        seen = BusinessSeen("Grocery shop", self.ago(60), BusinessState.OPEN, self.ago(80), workers=2)
        record_business(NORA, case_id=case.id, seen=seen)

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
