"""The kinds of value that requests carry, each within what the database can keep."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.utils.timezone import now
from ninja import Field
from pydantic import AfterValidator, AwareDatetime

# PostgreSQL keeps no character of number zero.
ANY = r"^[^\u0000]*$"

Country = Annotated[str, Field(pattern="^([A-Z]{2})?$", description="ISO 3166 alpha-2, or empty")]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="ISO 639")]
Short = Annotated[str, Field(max_length=200, pattern=ANY)]
Text = Annotated[str, Field(max_length=5000, pattern=ANY)]
Word = Annotated[str, Field(max_length=40, pattern=ANY)]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
Day = Annotated[
    date, Field(ge=FIRST_DAY, lt=LAST_DAY, description="A day from 1900 on, at the place concerned")
]


def _near(moment: datetime) -> datetime:
    if abs(moment - now()) > timedelta(days=36_500):
        raise ValueError("That is more than a hundred years away.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_near), Field(description="With its offset from UTC")]
