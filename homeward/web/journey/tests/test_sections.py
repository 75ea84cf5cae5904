from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.cases.commands import (
    add_case_document,
    close_case,
    correct_note,
    make_appointment,
    record_contact,
    write_note,
)
from homeward.cases.journey_rules import ClosingReason, ContactOutcome, ContactWay
from homeward.cases.queries import get_case
from homeward.cases.rules import Visibility
from homeward.cases.tests.journeys import (
    applied,
    arrived,
    counsel,
    counselled,
    enquiry,
    fresh,
    travel_confirmed,
    travel_planned,
)
from homeward.files.tests.samples import PDF
from homeward.web.journey.actions import next_actions
from homeward.web.journey.sections import sections_for
from tests.cast import jonas, nora, vera

pytestmark = pytest.mark.usefixtures("cast")
ON = date(2026, 6, 1)


def busy(times):
    """A case on which much happened, that many times over."""
    case = arrived()
    for _ in range(times):
        counsel(case_id=case.id, summary="Long talk")
        written = write_note(jonas, case_id=case.id, text="Called", on=ON)
        correct_note(jonas, note_id=written.id, text="Wrote", reason="Wrong word")
        record_contact(jonas, case_id=case.id, on=ON, way=ContactWay.CALL, outcome=ContactOutcome.NO_ANSWER)
        make_appointment(jonas, case_id=case.id, starts_at=now() + timedelta(days=1), subject="Talk")
        add_case_document(jonas, case_id=case.id, name="a.pdf", content=PDF)
    return case


def drawn(actor, case):
    with (
        acting_as(actor),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        request = RequestFactory().get("/")
        case = get_case(actor, case.id)
        html = "".join(
            get_template(one.template).render({**one.context, "section": one, "actor": actor}, request)
            for one in sections_for(actor, case)
        )
    return html, len(queries)


def test_sections_take_no_more_queries_when_more_happened():
    _, few = drawn(jonas, busy(1))
    _, many = drawn(jonas, busy(4))
    assert many == few
    assert few < 25


def test_a_colleague_elsewhere_reads_what_is_for_all_and_nothing_else():
    case = enquiry()
    write_note(jonas, case_id=case.id, text="For everyone", on=ON)
    write_note(jonas, case_id=case.id, text="For us alone", on=ON, visibility=Visibility.ORGANISATION)
    assert "For us alone" in drawn(jonas, case)[0]
    html, _ = drawn(nora, case)
    assert "For everyone" in html
    assert "For us alone" not in html


def test_a_sealed_summary_is_never_drawn_and_a_coordinator_cannot_open_it():
    case = enquiry()
    counsel(case_id=case.id, summary="She fears her uncle")
    for actor in (jonas, vera):
        html, _ = drawn(actor, case)
        assert "uncle" not in html
    assert "/sealed/" in drawn(jonas, case)[0]
    assert "/sealed/" not in drawn(vera, case)[0]


def main_of(actor, case):
    with acting_as(actor):
        acts = next_actions(actor, get_case(actor, case.id))
    mains = [act for act in acts if act.is_main]
    assert len(mains) <= 1
    assert not mains or acts[0] is mains[0]
    return mains[0].url.rsplit("/", 1)[-1] if mains else None


def test_the_main_thing_follows_the_stage():
    assert main_of(jonas, enquiry()) == "counselling"
    assert main_of(jonas, counselled(enquiry("A"))) == "apply"
    assert main_of(jonas, travel_planned(enquiry("B"))) == "confirm"
    assert main_of(jonas, travel_confirmed(enquiry("E"))) == "departure"
    assert main_of(nora, travel_planned(enquiry("C"))) == "arrival"
    assert main_of(nora, arrived(enquiry("D"))) == "begin"


def test_who_may_decide_decides_and_who_applied_waits():
    application = applied()
    assert main_of(vera, application.case) == "decide"
    assert main_of(jonas, application.case) is None


def test_a_closed_case_offers_to_reopen_it_to_who_leads():
    case = arrived()
    close_case(jonas, case_id=case.id, closed_on=ON, reason=ClosingReason.COMPLETED)
    with acting_as(jonas):
        urls = [act.url for act in next_actions(jonas, fresh(case))]
    assert any(url.endswith("/reopen") for url in urls)
    assert not any(url.endswith(("/close", "/counselling")) for url in urls)
    with acting_as(nora):
        assert not any(act.url.endswith("/reopen") for act in next_actions(nora, get_case(nora, case.id)))


def test_the_case_file_tells_the_whole_path_in_a_bounded_number_of_queries(client_of):
    def opened(case):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/cases/{case.id}/")
        assert page.status_code == 200
        return len(queries)

    client = client_of(jonas)
    few, many = busy(1), busy(4)
    opened(few)  # the count of what waits is kept for a while
    assert opened(few) == opened(many)
