"""What every told case needs: its people, and the steps that all of them take, through the commands."""

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
    confirm_travel,
    edit_case,
    make_appointment,
    open_case,
    plan_travel,
    record_contact,
    record_counselling,
    record_departure,
    set_next_step,
    share_case,
    submit_application,
    write_note,
)
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.commands.travelling import TravelDetails
from homeward.cases.journey_rules import (
    ContactOutcome,
    ContactWay,
    Decision,
    NoteKind,
    Readiness,
    Topic,
)
from homeward.cases.queries import get_case
from homeward.cases.rules import ReturnType, RoleInFile, Visibility
from homeward.casework.commands import (
    accept_handover,
    confirm_arrival,
    decide_application,
    decide_eligibility,
)
from homeward.exchange.demonstration.country import HOST, RETURN
from homeward.exchange.demonstration.handovers import offer
from homeward.lib.dates import PartialDate
from homeward.organisations import demo
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails, Sex
from homeward.sharing.rules import Basis, Category, Condition, Purpose


def _wearing(number: int) -> Actor:
    """The actor that one of the cast's hats makes."""
    hat = next(hat for hat in demo.HATS if hat.id == demo.fixed_id(4, number))
    return Actor(hat.person.id, hat.organisation.id, hat.role, hat.person.name, hat.id)


JONAS, NORA, VERA, LINA = _wearing(1), _wearing(2), _wearing(4), _wearing(11)
HANA = _wearing(16)
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


class Teller:
    """One story at a time: who did what, how many days ago."""

    def __init__(self, today: date, programme_id: UUID) -> None:
        self.today, self.programme_id = today, programme_id

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

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

    def _talk(self, case: Opened, days: int, decision: Decision, *, is_child: bool = False) -> None:
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
            child_heard_by=JONAS.name if is_child else "",
            is_suited_to_age=is_child,
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
