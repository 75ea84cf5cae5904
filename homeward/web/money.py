"""Amounts of money as people write them: currency first, exact, in the reader's way of writing numbers."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.lib.digits import ascii_digits
from homeward.lib.money import MOST_MINOR, Money, digits_of

NOT_DIGITS = re.compile(r"[\s\u00a0\u202f'’_]")
TWO_PLACES = re.compile(r"^\d+[.,]\d{1,2}$")


def money_words(amount: Money, language: str | None = None) -> str:
    """Such as EUR 1,450 or EUR 1,450.50; whole amounts go without decimals."""
    places = digits_of(amount.currency)
    is_whole = amount.amount == amount.amount.to_integral_value()
    shape = "#,##0" if is_whole or not places else "#,##0." + "0" * places
    number = format_decimal(amount.amount, format=shape, locale=language or get_language() or "en")
    return f"{amount.currency}\u00a0{number}"


def read_amount(text: str) -> Decimal:
    """An amount as people type it, in digits of any script, with either decimal sign; or ValueError."""
    plain = NOT_DIGITS.sub("", ascii_digits(text))
    if TWO_PLACES.match(plain):
        plain = plain.replace(",", ".")
    elif plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", "." if plain.count(".") else "")
    else:
        plain = plain.replace(",", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation as impossible:
        raise ValueError(text) from impossible
    if not amount.is_finite():
        raise ValueError(text)
    return amount


class AmountField(forms.CharField):
    """An amount without its currency; None where none is required and none was typed."""

    default_error_messages = {
        "amount": _("Write the amount in digits, such as 1450 or 1450.50"),
        "too_much": _("This is more than can be counted here"),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> Any:
        """A Decimal of zero or more, or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = read_amount(text)
        except ValueError as impossible:
            raise forms.ValidationError(self.error_messages["amount"], code="amount") from impossible
        if amount < 0:
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        if amount * 1000 > MOST_MINOR:
            raise forms.ValidationError(self.error_messages["too_much"], code="too_much")
        return amount
