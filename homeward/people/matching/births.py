"""How far two birth dates agree, each known to the day, the month or the year."""

from datetime import date
from enum import StrEnum

from homeward.lib.dates import PartialDate, Precision

NEAR_YEARS = 1  # told by the year only, and one year off: an age counted from the wrong birthday


class BirthLevel(StrEnum):
    SAME_DAY = "same_day"
    SWAPPED = "day_and_month_exchanged"
    SLIP = "one_slip"
    SAME_MONTH = "same_month"
    SAME_YEAR = "same_year"
    ABOUT = "about_the_same_age"
    NEAR = "a_year_apart"
    DIFFERENT = "different"


def birth_level(one: PartialDate, other: PartialDate) -> BirthLevel:
    """The best agreement that the less precise of the two dates can show."""
    if one.precision == other.precision == Precision.DAY:
        return _level_of_days(one.earliest, other.earliest)
    if one.may_be(other):
        return _level_of_overlap(one, other)
    gap = max(one.earliest, other.earliest).year - min(one.latest, other.latest).year
    return BirthLevel.NEAR if gap <= NEAR_YEARS and _is_coarse(one, other) else BirthLevel.DIFFERENT


def _level_of_days(one: date, other: date) -> BirthLevel:
    if one == other:
        return BirthLevel.SAME_DAY
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return BirthLevel.SWAPPED
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    unlike = [(a, b) for a, b in pairs if a != b]
    return BirthLevel.SLIP if len(unlike) == 1 and _is_slip(*unlike[0]) else BirthLevel.DIFFERENT


def _is_slip(number: int, wrong: int) -> bool:
    """One digit mistyped, two neighbours exchanged, or counted one (or ten) too many or too few."""
    if abs(number - wrong) in {1, 10}:
        return True
    one, other = f"{number:02}", f"{wrong:02}"
    unlike = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) == 1:
        return True
    first, last = unlike[0], unlike[-1]
    return len(unlike) == 2 == last - first + 1 and one[first] + one[last] == other[last] + other[first]


def _level_of_overlap(one: PartialDate, other: PartialDate) -> BirthLevel:
    told = {one.precision, other.precision}
    if Precision.ABOUT in told:
        return BirthLevel.ABOUT
    return BirthLevel.SAME_YEAR if Precision.YEAR in told else BirthLevel.SAME_MONTH


def _is_coarse(one: PartialDate, other: PartialDate) -> bool:
    return bool({Precision.YEAR, Precision.ABOUT} & {one.precision, other.precision})
