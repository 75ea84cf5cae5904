"""One case from the first talk to closing, by the three people who work it."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands import (
    begin_planning,
    close_case,
    confirm_arrival,
    confirm_travel,
    decide_application,
    plan_travel,
    record_contact,
    record_counselling,
    record_departure,
    record_plan_agreed,
    submit_application,
    write_note,
)
from homeward.cases.journey_rules import (
    ClosingReason,
    ContactOutcome,
    ContactWay,
    Decision,
    NoteKind,
    OwnView,
    Topic,
)
from homeward.cases.queries import get_case, timeline_of
from homeward.cases.rules import PATH, EventKind, Stage
from homeward.cases.tests.handing import handed_over
from homeward.cases.tests.journeys import JOURNEY, enquiry, programme
from tests.cast import RETURN_PARTNERS, jonas, nora, vera

pytestmark = pytest.mark.usefixtures("cast")


def test_one_case_from_the_first_talk_to_closing_by_three_people():
    case = enquiry()
    reached = [stage_of(case)]

    def then(command, actor, **given):
        command(actor, **given)
        reached.append(stage_of(case))

    this = {"case_id": case.id}
    decided = {"decision": Decision.RETURN, "is_informed": True, "summary": "Knows both ways"}
    then(record_counselling, jonas, **this, held_on=on(3, 9), topics=list(Topic)[:3], **decided)
    application = submit_application(
        jonas, **this, programme_id=programme().id, submitted_on=on(3, 16), requested="A stall"
    )
    reached.append(stage_of(case))
    then(decide_application, vera, application_id=application.id, accept=True, decided_on=on(3, 30))
    then(plan_travel, jonas, **this, details=JOURNEY)
    confirm_travel(jonas, **this, confirmed_on=on(4, 17))
    then(record_departure, jonas, **this, departed_on=on(4, 20))
    then(confirm_arrival, nora, **this, arrived_on=on(4, 21), place="Saltfield")
    handed_over(jonas, nora, case.id)
    reached += accompanied_to_the_end(case)

    assert reached == [stage for stage in PATH if stage != Stage.MONITORING]
    with acting_as(nora):
        case = get_case(nora, case.id)
        kinds = [event.kind for event in timeline_of(nora, case.id)]
    assert (case.lead_organisation_id, case.lead_user_id) == (RETURN_PARTNERS, nora.user_id)
    assert {EventKind.COUNSELLED, EventKind.ACCEPTED, EventKind.ARRIVED, EventKind.CLOSED} <= set(kinds)


def accompanied_to_the_end(case):
    """Nora's part after she took the lead; the stages reached."""
    this = {"case_id": case.id}
    begin_planning(nora, **this, on=on(4, 28))
    reached = [stage_of(case)]
    record_plan_agreed(nora, **this, on=on(5, 12))
    reached.append(stage_of(case))
    write_note(nora, **this, text="Shop opened", on=on(5, 20), kind=NoteKind.VISIT)
    record_contact(nora, **this, on=on(6, 1), way=ContactWay.CALL, outcome=ContactOutcome.REACHED)
    told = {"own_view_asked": OwnView.TOLD, "own_view": "I stand on my own feet"}
    close_case(nora, **this, closed_on=on(7, 1), reason=ClosingReason.COMPLETED, **told)
    return [*reached, stage_of(case)]


def on(month, day):
    return date(2026, month, day)


def stage_of(case):
    with acting_as(jonas):
        return get_case(jonas, case.id).stage
