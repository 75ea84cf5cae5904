"""A few holidays of the two invented countries, synthetic like everything here."""

from datetime import date

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.codelists.commands import HolidayGiven, add_holiday
from homeward.exchange.demonstration.country import HOST, RETURN
from homeward.organisations import demo

SOURCE = "Synthetic demonstration"
DAYS = (
    (RETURN, 3, 9, "Day of the Lanterns"),
    (RETURN, 8, 17, "Harbour Day"),
    (RETURN, 11, 30, "Day of the First Boat"),
    (HOST, 5, 4, "Birch Day"),
    (HOST, 12, 7, "Night of Candles"),
)
ADMINISTRATORS = (
    Actor(demo.WANDA.id, demo.RETURN_OFFICE.id, Role.ADMINISTRATOR, name=demo.WANDA.name),
    Actor(demo.ADIL.id, demo.RETURN_PARTNERS.id, Role.ADMINISTRATOR, name=demo.ADIL.name),
)


def keep_calendars(today: date) -> None:
    """The holidays of this year and the next, kept by two organisations."""
    for administrator in ADMINISTRATORS:
        for year in (today.year, today.year + 1):
            for country, month, day, name in DAYS:
                given = HolidayGiven(country, date(year, month, day), name, SOURCE)
                add_holiday(administrator, holiday=given)
