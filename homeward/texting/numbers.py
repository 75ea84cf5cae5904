"""Telephone numbers as gateways write them."""

import phonenumbers

from homeward.privacy.sealing import blind_index

KIND = "texting_number"


def e164_of(written: str, country: str = "") -> str:
    """A number with its country's, or nothing when it can be none; `country` is where it was written."""
    text = written.removeprefix("tel:").strip()
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    attempts = [text] if text.startswith("+") else [text, f"+{text}"] if region is None else [text]
    for attempt in attempts:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def index_of(number: str) -> bytes:
    """By which equal numbers are found, and which tells nothing without the key."""
    return blind_index(KIND, number)
