"""Informed decisions recorded before there were gates open their gate when the database is upgraded."""

from datetime import date
from importlib import import_module

import pytest

from homeward.access.acting import acting_as
from homeward.cases.journey_rules import Decision
from homeward.cases.queries.gates import gates_of_case
from homeward.cases.tests.journeys import counsel, counselled, enquiry, fresh
from tests.cast import jonas

MOVE = import_module("homeward.cases.migrations.0011_refuse_travel_past_closed_gates").MOVE


@pytest.mark.usefixtures("cast")
def test_a_standing_informed_decision_is_moved_and_no_other(as_owner):
    standing, changed = counselled(), counselled(enquiry("Mina"))
    counsel(case_id=changed.id, held_on=date(2026, 3, 12), decision=Decision.UNDECIDED)
    as_owner.execute("ALTER TABLE cases_clearance NO FORCE ROW LEVEL SECURITY")
    as_owner.execute("DELETE FROM cases_clearance")
    as_owner.execute(MOVE)
    with acting_as(jonas):
        assert gates_of_case(jonas, fresh(standing)).closed == ()
        assert gates_of_case(jonas, fresh(changed)).closed == ("informed_decision",)
