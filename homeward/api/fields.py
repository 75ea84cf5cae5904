"""The kinds of value that requests carry, each within what the database can keep."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated

from django.utils.timezone import now
from ninja import Field
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, PlainSerializer, Strict, WithJsonSchema

# PostgreSQL keeps no character of number zero.
ANY = r"^[^\u0000]*$"


def _calendar(told: object) -> object:
    """No number of seconds since 1970, not even one in quotes."""
    if isinstance(told, str) and BEGINS_WITH_A_DAY.match(told):
        return told
    raise ValueError("Write the day as 2026-03-02.")


BEGINS_WITH_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AsWritten = BeforeValidator(_calendar)
Yes = Annotated[bool, Strict()]
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$", description="ISO 3166 alpha-2, or empty")]
Nationality = Annotated[
    str, Field(pattern="^[A-Z]{2,3}$", description="ISO 3166 alpha-2; XXA stateless, XXB and XXC refugee")
]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="ISO 639")]
Short = Annotated[str, Field(max_length=200, pattern=ANY)]
Text = Annotated[str, Field(max_length=5000, pattern=ANY)]
Word = Annotated[str, Field(max_length=40, pattern=ANY)]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
Day = Annotated[
    date,
    AsWritten,
    Field(ge=FIRST_DAY, lt=LAST_DAY, description="A day from 1900 on, at the place concerned"),
]


def _near(moment: datetime) -> datetime:
    if abs(moment - now()) > timedelta(days=36_500):
        raise ValueError("That is more than a hundred years away.")
    return moment


Moment = Annotated[
    AwareDatetime, AsWritten, AfterValidator(_near), Field(description="With its offset from UTC")
]


def _on_the_clock(told: object) -> object:
    if not isinstance(told, time | str) or len(str(told)) != len("18:00"):
        raise ValueError("Write the time as 18:00.")
    return told


CLOCK = {
    "type": "string",
    "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "description": "At the person's place",
}
Clock = Annotated[
    time,
    BeforeValidator(_on_the_clock),
    PlainSerializer(lambda told: told.strftime("%H:%M"), return_type=str),
    WithJsonSchema(CLOCK),
]
