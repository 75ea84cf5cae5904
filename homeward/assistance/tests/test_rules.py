from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.assistance.rules import EntryKind, Moved, Quote, Sums, counted_again, moved_by
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money, digits_of

A, B = new_id(), new_id()


def test_each_kind_moves_one_sum_and_a_release_takes_away():
    assert moved_by(EntryKind.COMMITMENT, 5) == Sums(committed=5)
    assert moved_by(EntryKind.RELEASE, 5) == Sums(committed=-5)
    assert moved_by(EntryKind.DELIVERY, 5) == Sums(delivered=5)
    assert moved_by(EntryKind.PAYMENT, 5) == Sums(paid=5)
    assert moved_by(EntryKind.TOP_UP, 5) == Sums(topped_up=5)


@pytest.mark.parametrize("kind", [EntryKind.DELIVERY, EntryKind.PAYMENT, EntryKind.TOP_UP])
def test_a_reversal_takes_away_exactly_what_was_added(kind):
    assert moved_by(kind, 7) + moved_by(EntryKind.REVERSAL, 7, kind) == Sums()


def test_counting_again_needs_nothing_but_the_entries():
    first, paid = new_id(), new_id()
    entries = [
        Moved(first, EntryKind.COMMITMENT, 100, (A, B)),
        Moved(paid, EntryKind.PAYMENT, 60, (A, B)),
        Moved(new_id(), EntryKind.RELEASE, 10, (A,)),
        Moved(new_id(), EntryKind.REVERSAL, 60, (A, B), reverses_id=paid),
    ]
    assert counted_again(entries) == {A: Sums(committed=90), B: Sums(committed=100)}


def test_a_rate_of_other_currencies_is_refused():
    with pytest.raises(ValueError, match="other currencies"):
        Quote("EUR", "XAF", Decimal("655.957")).convert(Money(100, "USD"), "EUR")


@given(
    st.integers(1, 10**12),
    st.sampled_from(["XAF", "TND", "USD"]),
    st.decimals("0.0000000001", "9999999999", places=10),
)
def test_a_conversion_is_never_off_by_more_than_half_a_minor_unit_in_either_direction(minor, other, rate):
    quote = Quote("EUR", other, rate)
    exact = Fraction(Money(minor, "EUR").amount) * Fraction(rate) * 10 ** digits_of(other)
    back = Fraction(Money(minor, other).amount) / Fraction(rate) * 100
    for there, wanted, currency in ((Money(minor, "EUR"), exact, other), (Money(minor, other), back, "EUR")):
        if wanted < 10**14:
            assert abs(quote.convert(there, currency).minor - wanted) <= Fraction(1, 2)


def test_half_of_a_minor_unit_goes_to_the_even_one():
    assert Quote("EUR", "USD", Decimal("0.5")).convert(Money(1, "EUR"), "USD") == Money(0, "USD")
    assert Quote("EUR", "USD", Decimal("0.5")).convert(Money(3, "EUR"), "USD") == Money(2, "USD")
