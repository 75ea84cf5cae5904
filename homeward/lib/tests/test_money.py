from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lib.money import CurrenciesDiffer, Money, digits_of, total

amounts = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "EUR"))


def test_currencies_have_their_own_number_of_places():
    assert [digits_of(code) for code in ("EUR", "JPY", "TND", "XYZ")] == [2, 0, 3, 2]


def test_what_people_write_is_kept_exactly():
    assert Money.of("615.10", "EUR") == Money(61510, "EUR")
    assert Money.of("1.234", "TND").amount == Decimal("1.234")
    with pytest.raises(ValueError, match="2 decimal places"):
        Money.of("1.005", "EUR")


def test_two_currencies_are_never_added_by_accident():
    with pytest.raises(CurrenciesDiffer):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(CurrenciesDiffer):
        assert Money(1, "EUR") <= Money(1, "USD")


def test_conversion_rounds_half_to_even():
    assert Money.of("0.25", "EUR").convert("JPY", Decimal(10)) == Money(2, "JPY")
    assert Money.of("0.35", "EUR").convert("JPY", Decimal(10)) == Money(4, "JPY")
    assert Money.of("10.00", "EUR").convert("TND", Decimal("3.3557")) == Money.of("33.557", "TND")


@given(st.lists(amounts, max_size=30))
def test_a_sum_does_not_depend_on_the_order(many):
    assert total(many, "EUR") == total(reversed(many), "EUR")
    assert total(many, "EUR").minor == sum(one.minor for one in many)


def test_more_than_can_be_counted_is_refused():
    with pytest.raises(OverflowError):
        Money(10**16, "EUR")
