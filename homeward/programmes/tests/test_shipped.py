"""The programmes that come along say what their sources say, and can be published as they are."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.problems import Refused
from homeward.programmes.commands import load_programme
from homeward.programmes.eligibility import Outcome, check_rules, entitled
from homeward.programmes.queries import terms_of, version_in_force, versions_of
from homeward.programmes.shipped import Shipped, read_programme, shipped, shipped_names
from homeward.programmes.terms import dump
from tests.cast import nora, vera

ADULT = {
    "return_type": "voluntary",
    "role_in_file": "principal",
    "is_minor": False,
    "informed_decision": True,
    "return_country": "XM",
    "arrived_on": date(2026, 3, 2),
}


def given_to(**facts):
    return {one.package_code: one.amount.minor for one in entitled(shipped("eurp").terms, ADULT | facts)}


def test_all_of_them_can_be_read():
    assert shipped_names() == ("eurp", "national_cash_light", "open_to_all")
    for name in shipped_names():
        one = shipped(name)
        assert (
            read_programme({"name": one.name, "code": one.code, "terms": dump(one.terms)}).terms == one.terms
        )
        for part in (*one.terms.eligibility, *one.terms.packages):
            assert part.label.fr
            assert part.label.ar


def test_the_eu_reintegration_programme_has_its_published_amounts():
    assert given_to() == {"post_arrival_voluntary": 61500, "post_return_adult": 200000}
    child = {"role_in_file": "child", "is_minor": True}
    assert given_to(**child) == {"post_arrival_voluntary": 61500, "post_return_minor": 100000}
    assert given_to(return_type="forced") == {"post_arrival_forced": 20500, "post_return_forced": 100000}


def test_first_needs_end_fourteen_working_days_and_the_rest_twelve_months_after_arrival():
    ends = [one.window_ends_on for one in entitled(shipped("eurp").terms, ADULT)]
    assert ends == [date(2026, 3, 20), date(2027, 3, 2)]


def test_grown_up_children_apply_for_themselves():
    facts = ADULT | {"role_in_file": "child"}
    assert check_rules(shipped("eurp").terms, facts).outcome == Outcome.NOT_ELIGIBLE
    assert check_rules(shipped("eurp").terms, facts | {"is_minor": True}).outcome == Outcome.ELIGIBLE


def test_what_is_invented_never_looks_confirmed():
    for name in ("national_cash_light", "open_to_all"):
        terms = shipped(name).terms
        assert not any(part.source.is_confirmed for part in (terms, *terms.eligibility, *terms.packages))


@pytest.mark.usefixtures("cast")
def test_only_who_may_publish_loads_one():
    with pytest.raises(Refused):
        load_programme(nora, given=shipped("eurp"), opens_on=date(2026, 1, 1))


@pytest.mark.usefixtures("cast")
def test_loading_again_makes_a_version_only_when_something_is_different():
    given, opens_on = shipped("eurp"), localdate() - timedelta(100)
    one = load_programme(vera, given=given, opens_on=opens_on)
    assert load_programme(vera, given=given, opens_on=opens_on) == one
    other = Shipped(given.name, given.code, (), (), shipped("open_to_all").terms)
    load_programme(vera, given=other, opens_on=opens_on)
    with acting_as(vera):
        assert versions_of(vera, one.id).count() == 2
        assert terms_of(version_in_force(vera, one.id, localdate() - timedelta(1))) == given.terms
        assert terms_of(version_in_force(vera, one.id, localdate())) == other.terms
