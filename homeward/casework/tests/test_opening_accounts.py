from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.assistance.queries import entitlements_of_case
from homeward.cases.commands import plan_travel, submit_application
from homeward.cases.tests.journeys import APPLIED, DECIDED, JOURNEY, counselled, fresh
from homeward.casework.commands import confirm_arrival, decide_application, decide_eligibility
from homeward.lib.identifiers import new_reference
from homeward.programmes.commands import add_programme, begin_version, change_version, publish_version
from homeward.programmes.terms import CountedFrom, Form, Label, Package, Phase, Terms, dump
from tests.cast import jonas, nora, vera, wanda

pytestmark = pytest.mark.usefixtures("cast")

PACKAGES = (
    Package("arrival", Label("On arrival"), Phase.POST_ARRIVAL, Form.CASH, 61_500, window_days=20),
    Package(
        "shop",
        Label("Business"),
        Phase.POST_RETURN,
        Form.KIND,
        200_000,
        window_months=12,
        counted_from=CountedFrom.ARRIVAL,
    ),
)


def applied():
    """Jonas applied to a programme with two packages whose windows are counted from the arrival."""
    of = add_programme(vera, name="Two packages", code=new_reference("T"), opens_on=date(2026, 1, 1))
    draft = begin_version(vera, programme_id=of.id)
    draft = change_version(
        vera,
        version_id=draft.id,
        expected_version=draft.version,
        terms=dump(Terms("EUR", packages=PACKAGES)),
        what_changed="First",
    )
    publish_version(
        wanda,
        version_id=draft.id,
        expected_version=draft.version,
        takes_effect_on=date(2026, 1, 1),
        what_changed="First",
    )
    case = counselled()
    return submit_application(jonas, case_id=case.id, programme_id=of.id, submitted_on=APPLIED)


def accounts_of(case_id):
    with acting_as(jonas):
        return {one.package_code: one for one in entitlements_of_case(jonas, case_id)}


def test_a_rejected_application_opens_no_account():
    application = applied()
    decide_application(
        vera, application_id=application.id, accept=False, decided_on=DECIDED, reasons="Too late"
    )
    assert accounts_of(application.case_id) == {}


def test_who_is_accepted_gets_an_account_for_each_package_and_arriving_ends_its_window():
    application = applied()
    decide_eligibility(vera, case_id=application.case_id)
    decide_application(vera, application_id=application.id, accept=True, decided_on=DECIDED)
    accounts = accounts_of(application.case_id)
    assert {code: one.amount_minor for code, one in accounts.items()} == {"arrival": 61_500, "shop": 200_000}
    assert accounts["shop"].window_ends_on is None
    assert accounts["shop"].programme_version_id == fresh(application.case).programme_version_id
    plan_travel(jonas, case_id=application.case_id, details=JOURNEY)
    confirm_arrival(nora, case_id=application.case_id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    again = accounts_of(application.case_id)
    assert again["shop"].id == accounts["shop"].id
    assert again["shop"].window_ends_on == date(2027, 4, 21)
