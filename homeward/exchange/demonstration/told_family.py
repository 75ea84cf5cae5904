"""A family of five and a cousin without parents, from the talk to what waits; two journeys that wait too."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.approvals.queries import get_approval
from homeward.approvals.rules import Verdict
from homeward.assistance import commands
from homeward.assistance.commands.committing import Part, Payee, Purpose
from homeward.assistance.commands.intending import PaymentGiven
from homeward.assistance.queries import entitlements_of_case, own_commitment
from homeward.assistance.rules import Method, Milestone, PayeeKind
from homeward.cases.commands import (
    DecidedBy,
    add_case_document,
    begin_planning,
    give_clearance,
    lapse_clearance,
    record_plan_agreed,
    refuse_clearance,
    set_profile,
    start_file,
    submit_application,
)
from homeward.cases.gate_rules import ADULT_AT, Gate, ProfileFlag
from homeward.cases.journey_rules import Decision, PaperKind
from homeward.cases.rules import RoleInFile
from homeward.casework.commands import answer_approval, decide_application, decide_eligibility
from homeward.exchange.demonstration.money import FRIDA, budget_of, euros
from homeward.exchange.demonstration.telling import JONAS, LINA, NORA, VERA, Opened, Someone, Teller
from homeward.exchange.demonstration.told_plan import Goals, ToldPlan
from homeward.lib.dates import PartialDate
from homeward.organisations import demo
from homeward.people.commands import relate_people
from homeward.people.rules import RelationKind, Sex
from homeward.plans.content import ActivityDetails
from homeward.plans.rules import Dimension, Level, PayForm, Picture

ADULT, MINOR = "post_return_adult", "post_return_minor"
MACHINES = "Two sewing machines and cloth"
PAPER = b"A statement made up for the demonstration."


class Member(NamedTuple):
    """One of those who travel together."""

    given: str
    native: str
    sex: Sex
    age: int
    role: RoleInFile


MOTHER = Member("Mariam", "مريم", Sex.FEMALE, 33, RoleInFile.PRINCIPAL)
FATHER = Member("Tariq", "طارق", Sex.MALE, 36, RoleInFile.SPOUSE)
CHILDREN = (
    Member("Lubna", "لبنى", Sex.FEMALE, 11, RoleInFile.CHILD),
    Member("Adam", "آدم", Sex.MALE, 8, RoleInFile.CHILD),
    Member("Nour", "نور", Sex.FEMALE, 4, RoleInFile.CHILD),
)
COUSIN = Member("Idris", "إدريس", Sex.MALE, 16, RoleInFile.DEPENDANT)
FAMILY_NAME, FAMILY_NATIVE = "Prototype", "نموذج"

CHILD_ALONE = (
    (Gate.BEST_INTERESTS, "Amina Demo", "Child-protection officer", "Child Protection (demonstration)"),
    (Gate.FAMILY_TRACING, "Tomas Demo", "Tracer", "Tracing service (demonstration)"),
    (Gate.FAMILY_ASSESSMENT, "Sara Demo", "Social worker", "Saltfield social office (demonstration)"),
    (Gate.GUARDIAN_CONSENT, "Hassan Prototype", "Father", "The family"),
)
GOALS: Goals = (
    (
        "أريد دكاناً أخيط فيه.",
        Dimension.ECONOMIC,
        (
            ActivityDetails(
                what=MACHINES,
                provider_name="Harbour Tools",
                package_code=ADULT,
                cost_minor=150_000,
                currency="EUR",
                feasibility="She sewed for a living for ten years; the street has no tailor.",
                plain_words="ماكينتا خياطة وقماش",
                picture=Picture.SHOP,
            ),
        ),
    ),
    (
        "أريد الأولاد في المدرسة.",
        Dimension.SOCIAL,
        (
            ActivityDetails(
                what="School things and fees for the three children",
                dimension=Dimension.SOCIAL,
                level=Level.FAMILY,
                provider_name="Saltfield School",
                package_code=ADULT,
                form=PayForm.SERVICE,
                cost_minor=20_000,
                currency="EUR",
                plain_words="لوازم المدرسة ورسومها",
                picture=Picture.SCHOOL,
            ),
        ),
    ),
)


class FamilyStory(Teller):
    """Six who travel together; and two people whose way is barred by what was not cleared."""

    def family(self) -> None:
        """Home for two months: the shop is paid in part, one sum was added, another waits for its yes."""
        file_id = start_file(JONAS, opened_on=self.ago(150)).id
        mother, father, *children = (self._member(one, file_id) for one in (MOTHER, FATHER, *CHILDREN))
        cousin = self._member(COUSIN, file_id)
        self._relate(mother, father, children, cousin)
        everybody = (mother, father, *children, cousin)
        self._apply_together(everybody)
        set_profile(JONAS, case_id=cousin.id, flags=[ProfileFlag.UNACCOMPANIED_CHILD])
        for gate, name, function, organisation in CHILD_ALONE:
            self._clear(cousin, gate, DecidedBy(name, function, organisation, self.ago(95)))
        for child in children:
            who = DecidedBy(f"{MOTHER.given} {FAMILY_NAME}", "Mother", "The family", self.ago(95))
            self._clear(child, Gate.GUARDIAN_CONSENT, who)
        for case in everybody:
            self._travel(case, 90, departs=62, arrives=61)
            self._come_home(case, 62, 61)
        begin_planning(NORA, case_id=mother.id, on=self.ago(55))
        record_plan_agreed(NORA, case_id=mother.id, on=self.ago(45))
        ToldPlan(NORA, mother.id, GOALS).tell(self.ago(55))
        self._pay_in_part(mother)
        self._add_to_what_a_child_gets(children[0])
        self._note(NORA, cousin, 20, "Lives with his parents again. Goes to the evening school.")
        self._promise(NORA, mother, "Ask the coordinator about the second payment", 2)

    def clearances_that_bar(self) -> None:
        """One was refused, one no longer holds, and one turned out not to be needed."""
        refused = self._accepted(
            Someone("Zahra", "Sample", "زهرة عينة", Sex.FEMALE, PartialDate.of_year(1979)),
            [ProfileFlag.HEALTH_NEED, ProfileFlag.CAPACITY_DOUBT],
        )
        doctor = DecidedBy("Dr Invented", "Physician", "Harbour clinic (demonstration)", self.ago(14))
        self._clear(refused, Gate.FIT_TO_TRAVEL, doctor, kind=PaperKind.MEDICAL)
        refuse_clearance(
            JONAS,
            case_id=refused.id,
            gate=Gate.CONTINUITY_OF_CARE,
            decided_by=doctor,
            reason="No clinic within a day of Saltfield has a free place for dialysis.",
        )
        set_profile(
            LINA,
            case_id=refused.id,
            flags=[ProfileFlag.HEALTH_NEED],
            reason="The physician spoke with her and has no doubt that she can decide.",
        )
        lapsed = self._accepted(
            Someone("Munir", "Placeholder", "منير عينة", Sex.MALE, PartialDate.of_year(1951)),
            [ProfileFlag.OLDER_PERSON],
        )
        niece = DecidedBy("Salwa Placeholder", "Niece", "The family", self.ago(40))
        self._clear(lapsed, Gate.SUPPORT_ON_ARRIVAL, niece, valid_until=self.ago(3))
        lapse_clearance(
            JONAS,
            case_id=lapsed.id,
            gate=Gate.SUPPORT_ON_ARRIVAL,
            reason="His niece could have him until three days ago; she has moved away.",
        )

    def _member(self, member: Member, file_id: UUID) -> Opened:
        born = PartialDate.of_day(date(self.today.year - member.age, 1, 9))
        native = f"{member.native} {FAMILY_NATIVE}"
        someone = Someone(member.given, FAMILY_NAME, native, member.sex, born)
        case = self._open(someone, 150, file_id=file_id, role=member.role)
        self._talk(case, 145, Decision.RETURN, is_child=member.age < ADULT_AT)
        return case

    def _relate(self, mother: Opened, father: Opened, children: list[Opened], cousin: Opened) -> None:
        known = [(father, RelationKind.SPOUSE), (cousin, RelationKind.RELATIVE)]
        for one, kind in (*known, *((child, RelationKind.CHILD) for child in children)):
            relate_people(JONAS, person_id=one.person_id, related_id=mother.person_id, kind=kind)

    def _apply_together(self, everybody: tuple[Opened, ...]) -> None:
        """One application, and one decision, about all of them."""
        for case in everybody:
            self._share(case, demo.RETURN_OFFICE.id)
        principal, *others = everybody
        application = submit_application(
            JONAS,
            case_id=principal.id,
            programme_id=self.programme_id,
            submitted_on=self.ago(135),
            requested="A tailor's shop, and school for all the children.",
            with_case_ids=[one.id for one in others],
        )
        for case in everybody:
            decide_eligibility(VERA, case_id=case.id)
        decide_application(VERA, application_id=application.id, accept=True, decided_on=self.ago(120))

    def _accepted(self, someone: Someone, flags: list[ProfileFlag]) -> Opened:
        """Somebody who travels in three weeks, if what their profile asks for is cleared."""
        case = self._open(someone, 80)
        self._talk(case, 75, Decision.RETURN)
        self._apply_and_accept(case, 65, 50)
        set_profile(JONAS, case_id=case.id, flags=flags)
        self._travel(case, 30, departs=-21, arrives=-21)
        return case

    def _clear(
        self,
        case: Opened,
        gate: Gate,
        decided_by: DecidedBy,
        *,
        kind: PaperKind = PaperKind.CONSENT,
        valid_until: date | None = None,
    ) -> None:
        paper = add_case_document(
            JONAS, case_id=case.id, name="statement.txt", content=PAPER, kind=kind, note="Statement"
        )
        give_clearance(
            JONAS,
            case_id=case.id,
            gate=gate,
            decided_by=decided_by,
            document_id=paper.id,
            valid_until=valid_until,
        )

    def _account(self, case: Opened, package: str) -> UUID:
        with acting_as(NORA):
            return entitlements_of_case(NORA, case.id).get(package_code=package).id

    def _pay_in_part(self, mother: Opened) -> None:
        """The first instalment is paid; the second is so large that the coordinator has to say yes."""
        parts = (
            Part(40_000, Milestone.PLAN_AGREED, self.ago(38)),
            Part(110_000, Milestone.DELIVERY, self.ago(-5)),
        )
        line = commands.commit(
            NORA,
            entitlement_id=self._account(mother, ADULT),
            budget_id=budget_of(self.programme_id, self.ago),
            amount=euros(1_500),
            purpose=Purpose(MACHINES),
            payee=Payee(PayeeKind.SUPPLIER, "Harbour Tools", account="XM00 0000 0000 1234"),
            instalments=parts,
            on=self.ago(42),
        )
        with acting_as(NORA):
            first, second = own_commitment(NORA, line.id).instalments.order_by("number")
        commands.reach_milestone(NORA, instalment_id=first.id, on=self.ago(41), note="She signed the plan.")
        commands.pay(
            FRIDA,
            commitment_id=line.id,
            amount=euros(400),
            method=Method.BANK,
            instalment_id=first.id,
            on=self.ago(38),
        )
        commands.ask_payment(
            FRIDA,
            commitment_id=line.id,
            amount=euros(1_100),
            given=PaymentGiven(Method.BANK, second.id),
            reason="The shop delivers only against the whole of the rest.",
        )

    def _add_to_what_a_child_gets(self, child: Opened) -> None:
        """More than the package, asked for by the partner and granted by who runs the programme."""
        intent = commands.ask_top_up(
            NORA,
            entitlement_id=self._account(child, MINOR),
            amount=euros(350),
            what="Hearing aid for Lubna",
            reason="Without it she cannot follow the lessons; the package does not cover it.",
        )
        with acting_as(VERA):
            asked = get_approval(VERA, intent.approval_id)
        answer_approval(VERA, approval_id=asked.id, verdict=Verdict.APPROVE, expected_version=asked.version)
