from decimal import Decimal

import pytest
from django import forms

from homeward.lib.money import Money
from homeward.web.money import AmountField, money_words, read_amount


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (145_000, "EUR", "en", "EUR\u00a01,450"),
        (145_050, "EUR", "en", "EUR\u00a01,450.50"),
        (145_050, "EUR", "fr", "EUR\u00a01\u202f450,50"),
        (1_450, "JPY", "en", "JPY\u00a01,450"),
        (145_000, "EUR", "ar", "EUR\u00a01,450"),
    ],
)
def test_an_amount_is_written_as_its_reader_writes_numbers(minor, currency, language, words):
    assert money_words(Money(minor, currency), language) == words


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1450", "1450"),
        ("1,450", "1450"),
        ("1.450,50", "1450.50"),
        ("1,450.50", "1450.50"),
        ("1450,5", "1450.5"),
        ("1 450 000", "1450000"),
        ("1,450,000", "1450000"),
        ("١٤٥٠٫٥٠", "1450.50"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, amount):
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["much", "1..2", "NaN", "Infinity", "-5", "9" * 20])
def test_what_is_no_amount_is_told(typed):
    with pytest.raises(forms.ValidationError):
        AmountField().clean(typed)


def test_nothing_typed_is_no_amount():
    assert AmountField(required=False).clean("") is None
