"""Rates of another organisation count where the two work together, and keep their source."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.assistance.commands import add_rate, adopt_rates, end_adoption
from homeward.assistance.models import Rate, RateAdoption
from homeward.assistance.problems import NoRate
from homeward.assistance.queries import known_rates, latest_rate, organisations_to_adopt_from
from homeward.assistance.tests.money import a_line, pay, programme
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.models import Membership
from homeward.programmes.commands import add_party
from homeward.programmes.rules import Part
from tests.cast import ELSEWHERE, NORDHOLM, RETURN_PARTNERS, frida, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
ON = date(2026, 6, 1)
XAF = Money(100_000, "XAF")
payer_at_nordholm = vera.__class__(**{**vera.__dict__, "role": Role.FINANCE_OFFICER})


def together():
    """Nordholm's office runs a programme that Return Partners carries out; it records rates."""
    add_party(vera, programme_id=programme().id, organisation_id=RETURN_PARTNERS, part=Part.PARTNER)


def their_rate(rate="655.957", on=ON):
    with acting_as(vera):
        Membership.objects.get_or_create(
            user_id=vera.user_id, organisation_id=NORDHOLM, role=Role.FINANCE_OFFICER
        )
    return add_rate(payer_at_nordholm, of="EUR", quote="XAF", rate=Decimal(rate), on=on, source="Bank")


def test_who_does_not_pay_adopts_nothing():
    for actor in (nora, vera):
        with pytest.raises(Refused):
            adopt_rates(actor, organisation_id=NORDHOLM)


def test_rates_of_others_are_not_seen_before_they_are_adopted():
    together()
    their_rate()
    with acting_as(frida):
        assert not known_rates(frida).exists()
        assert not Rate.objects.exists()
    with pytest.raises(NoRate):
        pay(a_line(), XAF)


def test_nothing_is_adopted_from_whom_nothing_binds_one_to():
    with acting_as(frida):
        beside = {one.id for one in organisations_to_adopt_from(frida)}
    assert ELSEWHERE not in beside
    with pytest.raises(Invalid):
        adopt_rates(frida, organisation_id=ELSEWHERE)
    with acting_as(frida), pytest.raises(IntegrityError, match="in common"), transaction.atomic():
        RateAdoption.objects.create(
            organisation_id=RETURN_PARTNERS,
            from_organisation_id=ELSEWHERE,
            adopted_by_id=frida.user_id,
            adopted_by_name=frida.name,
        )


def test_an_adoption_of_others_is_not_ended():
    together()
    adopted = adopt_rates(frida, organisation_id=NORDHOLM)
    with pytest.raises(NotFound):
        end_adoption(payer_at_nordholm, adoption_id=adopted.id)
    with acting_as(stranger):
        assert not RateAdoption.objects.exists()


def test_an_adopted_rate_counts_and_the_entry_says_whose_it_was():
    together()
    their_rate()
    adopt_rates(frida, organisation_id=NORDHOLM)
    paid = pay(a_line(), XAF)
    assert (paid.counted_currency, paid.rate) == ("EUR", Decimal("655.957"))
    assert paid.rate_source.startswith("Bank (")


def test_of_one_day_the_own_rate_counts_first_and_a_later_day_before_both():
    together()
    their_rate()
    adopt_rates(frida, organisation_id=NORDHOLM)
    add_rate(frida, of="EUR", quote="XAF", rate=Decimal(650), on=ON, source="Own bank")
    with acting_as(frida):
        assert latest_rate(frida, "XAF", "EUR", ON).source == "Own bank"
    their_rate("660", date(2026, 6, 2))
    with acting_as(frida):
        assert latest_rate(frida, "XAF", "EUR", date(2026, 6, 3)).rate == 660


def test_what_was_counted_stays_when_the_adoption_ends():
    together()
    their_rate()
    adopted = adopt_rates(frida, organisation_id=NORDHOLM)
    paid = pay(a_line(), XAF)
    end_adoption(frida, adoption_id=adopted.id)
    with acting_as(frida):
        assert not known_rates(frida).exists()
    assert paid.rate == Decimal("655.957")
