"""Visits at a given point, by hand or by the schedule."""

from datetime import timedelta

from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.followup.models import Visit
from homeward.followup.queries import get_visit
from homeward.followup.rules import Why
from tests.cast import hana, nora


def a_visit(case, *, by=nora, to=hana, instrument="household", round="six_months", **columns):
    """A visit of Nora's organisation that is due now."""
    today = localdate()
    window = {
        "opens_on": today - timedelta(10),
        "due_on": today + timedelta(5),
        "closes_on": today + timedelta(60),
    }
    with acting_as(by):
        return Visit.objects.create(
            case_id=case.id,
            round=round,
            instrument=instrument,
            why=Why.PROGRAMME,
            assigned_to_id=to.user_id,
            assigned_to_name=to.name,
            **{"organisation_id": by.organisation_id, "place": "Saltfield", **window, **columns},
        )


def fresh(visit, actor=nora):
    """The visit as it is now."""
    with acting_as(actor):
        return get_visit(actor, visit.id)
