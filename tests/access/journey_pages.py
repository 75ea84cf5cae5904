"""The journey's pages for the access matrix: name, answers, and the case they are asked about.

What good answers do is in homeward/web/journey/tests.
"""

from datetime import date, timedelta

from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.assessments.commands import begin_assessment, finish_assessment, save_answers
from homeward.assessments.queries import open_proposals
from homeward.assessments.rules import Kind, value
from homeward.cases.commands import (
    close_case,
    make_appointment,
    record_contact_lost,
    write_note,
)
from homeward.cases.journey_rules import ClosingReason
from homeward.cases.tests.journeys import (
    accepted,
    applied,
    arrived,
    counsel,
    counselled,
    enquiry,
    travel_confirmed,
    travel_planned,
)
from tests.cast import jonas

# Harbour leads these cases; Nora's organisation, Rosa's too, and Vera's are on them, Tarek's office is not.
CASEWORKERS = {"jonas lina nora": 200, "tarek stranger": 404, "others": 403}
NOTE_WRITERS = {"jonas lina nora vera rosa": 200, "tarek stranger": 404, "others": 403}
OWN_DRAFT = {"jonas": 200, "lina nora tarek stranger": 404, "others": 403}
DECIDERS = {"vera rosa": 200, "others": 403}
RECEIVERS = {"nora": 200, "tarek stranger": 404, "others": 403}


def of(make):
    return lambda: {"case_id": make().id}


def an_application():
    application = applied()
    return {"case_id": application.case_id, "application_id": application.id}


def a_note():
    note = write_note(jonas, case_id=enquiry().id, text="Called", on=date(2026, 3, 9))
    return {"case_id": note.case_id, "note_id": note.id}


def an_appointment():
    starts_at = now() + timedelta(days=2)
    made = make_appointment(jonas, case_id=enquiry().id, starts_at=starts_at, subject="Talk")
    return {"case_id": made.case_id, "appointment_id": made.id}


def a_gate():
    return {"case_id": travel_planned().id, "gate": "informed_decision"}


def a_draft():
    return {
        "assessment_id": begin_assessment(jonas, case_id=enquiry().id, kind=Kind.NEEDS).id,
        "slug": "social",
    }


def a_finished_one():
    draft = begin_assessment(jonas, case_id=enquiry().id, kind=Kind.VULNERABILITY)
    given = {"assessment_id": draft.id, "step": "individual", "expected_version": 1}
    save_answers(jonas, **given, answers={"individual_risks": value(["illness"])})
    return finish_assessment(jonas, assessment_id=draft.id, held_on=date(2026, 3, 9), expected_version=2)


def finished():
    return {"assessment_id": a_finished_one().id}


def a_proposal():
    case_id = a_finished_one().case_id
    with acting_as(jonas):
        return {"proposal_id": open_proposals(jonas, case_id).get().id}


def a_kind():
    return {"case_id": enquiry().id, "kind": "needs"}


def dropped():
    return {"assessment_id": a_draft()["assessment_id"]}


def a_sealed_summary():
    session = counsel(case_id=enquiry().id, summary="Knows both ways")
    return {"case_id": session.case_id, "kind": "summary", "row_id": session.id}


def lost():
    case = arrived()
    record_contact_lost(jonas, case_id=case.id, on=date(2026, 6, 1), reason="Three calls")
    return case


def closed():
    case = arrived()
    close_case(jonas, case_id=case.id, closed_on=date(2026, 6, 1), reason=ClosingReason.COMPLETED)
    return case


def a_step():
    return {"case_id": enquiry().id, "slug": "family"}


def nowhere():
    return {}


PAGES = [
    ("new_application", {"jonas lina nora tarek stranger": 200, "others": 403}, nowhere),
    ("application_step", CASEWORKERS, a_step),
    ("resume_application", {"jonas lina nora": 302, "tarek stranger": 404, "others": 403}, of(enquiry)),
    ("record_counselling", CASEWORKERS, of(enquiry)),
    ("submit_application", CASEWORKERS, of(counselled)),
    ("decide_application", DECIDERS, an_application),
    ("plan_travel", CASEWORKERS, of(accepted)),
    ("change_travel", CASEWORKERS, of(travel_planned)),
    ("case_profile", NOTE_WRITERS, of(enquiry)),
    ("assessment_step", OWN_DRAFT, a_draft),
    ("read_assessment", CASEWORKERS, finished),
    ("answer_proposal", CASEWORKERS, a_proposal),
    ("case_gates", NOTE_WRITERS, of(travel_planned)),
    ("set_profile", CASEWORKERS, of(enquiry)),
    ("give_clearance", CASEWORKERS, a_gate),
    ("refuse_clearance", CASEWORKERS, a_gate),
    ("lapse_clearance", CASEWORKERS, a_gate),
    ("confirm_travel", CASEWORKERS, of(travel_planned)),
    ("record_departure", CASEWORKERS, of(travel_confirmed)),
    ("record_not_travelled", CASEWORKERS, of(travel_planned)),
    ("confirm_arrival", RECEIVERS, of(travel_planned)),
    ("record_contact", CASEWORKERS, of(enquiry)),
    ("record_contact_lost", CASEWORKERS, of(enquiry)),
    ("record_contact_found", CASEWORKERS, of(lost)),
    ("withdraw", CASEWORKERS, of(enquiry)),
    ("record_remigration", CASEWORKERS, of(arrived)),
    ("record_death", CASEWORKERS, of(enquiry)),
    ("close_case", CASEWORKERS, of(enquiry)),
    ("reopen_case", CASEWORKERS, of(closed)),
    ("write_note", NOTE_WRITERS, of(enquiry)),
    ("correct_note", NOTE_WRITERS, a_note),
    ("add_case_document", {**CASEWORKERS}, of(enquiry)),
    ("make_appointment", CASEWORKERS, of(enquiry)),
    ("reschedule_appointment", CASEWORKERS, an_appointment),
    ("end_appointment", CASEWORKERS, an_appointment),
    ("open_sealed", CASEWORKERS, a_sealed_summary),
]

# An empty form is sent back to who may fill it in (422), and answered like the page to everybody else.
EMPTY_FORMS = [
    (name, {who: 422 if answer == 200 else answer for who, answer in answers.items()}, "post", about)
    for name, answers, about in PAGES
    if name not in ("resume_application", "application_step", "case_gates", "set_profile", "case_profile")
]
# Nothing ticked is an answer too.
NOTHING_TICKED = {who: 302 if answer == 200 else answer for who, answer in CASEWORKERS.items()}
EMPTY_FORMS += [
    ("set_profile", NOTHING_TICKED, "post", of(enquiry)),
    ("begin_assessment", NOTHING_TICKED, "post", a_kind),
    ("drop_assessment", {**OWN_DRAFT, "jonas": 302}, "post", dropped),
]
