"""What a service says of itself, whether it answers a need, and when what is known of it is old. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

VERIFIED_FOR = timedelta(days=183)  # after half a year nobody can rely on an entry
COUNTED_FOR = timedelta(days=14)  # room moves faster
REPLY_DAYS = 5


class Status(StrEnum):
    """HSDS's words, with one underscore."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily_closed"


class ForWhom(StrEnum):
    EVERYONE = "everyone"
    WOMEN = "women"
    MEN = "men"


class PlaceKind(StrEnum):
    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class ChangeKind(StrEnum):
    ADDED = "added"
    EDITED = "edited"
    VERIFIED = "verified"
    ROOM = "room"
    IMPORTED = "imported"


class ProposalState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"


class FeedbackState(StrEnum):
    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class PlaceReason(StrEnum):
    """Why somebody needs to know where a restricted service is."""

    TAKING_SOMEBODY = "taking_somebody"
    ARRANGING_STAY = "arranging_stay"
    EMERGENCY = "emergency"
    CHECKING = "checking"


class FitReason(StrEnum):
    """Why a service fits."""

    NEED = "need"
    SAME_PLACE = "same_place"
    SAME_COUNTRY = "same_country"
    LANGUAGE = "language"
    AGE = "age"
    SEX = "sex"
    ROOM = "room"
    FREE = "free"
    VERIFIED = "verified"
    STEP_FREE = "step_free"


class Doubt(StrEnum):
    """What to ask before sending anybody."""

    NOT_VERIFIED = "not_verified"
    OTHER_PLACE = "other_place"
    AREA_UNKNOWN = "area_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    OTHER_LANGUAGE = "other_language"
    AGE_UNKNOWN = "age_unknown"
    SEX_UNKNOWN = "sex_unknown"
    ROOM_UNKNOWN = "room_unknown"
    ROOM_OLD = "room_old"
    FULL = "full"
    COSTS = "costs"
    COST_UNKNOWN = "cost_unknown"
    STEPS = "steps"
    STEPS_UNKNOWN = "steps_unknown"
    PLACE_RESTRICTED = "place_restricted"


@dataclass(frozen=True)
class ProviderDetails:
    """Who runs services; `account_id` is the organisation that works on this installation, if it does."""

    name: str
    description: str = ""
    alternate_name: str = ""
    email: str = ""
    website: str = ""
    account_id: UUID | None = None


@dataclass(frozen=True)
class PlaceDetails:
    """Where a service is given. A place of a restricted service is restricted too."""

    name: str
    kind: PlaceKind = PlaceKind.PHYSICAL
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    directions: str = ""
    is_step_free: bool | None = None
    id: UUID | None = None


@dataclass(frozen=True)
class RoomDetails:
    """How many there are of something, and how many are free."""

    unit: str
    total: int
    available: int
    description: str = ""


@dataclass(frozen=True)
class Opening:
    """Days (MO to SU) and hours, as text `HH:MM`."""

    days: tuple[str, ...]
    opens_at: str
    closes_at: str
    note: str = ""


@dataclass(frozen=True)
class ServiceDetails:
    """What a service says of itself; what is not known stays empty or None."""

    name: str
    description: str = ""
    alternate_name: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status: Status = Status.ACTIVE
    needs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    for_whom: ForWhom = ForWhom.EVERYONE
    minimum_age: int | None = None
    maximum_age: int | None = None
    eligibility: str = ""
    is_free: bool | None = None
    fees: str = ""
    how_to_apply: str = ""
    waiting_time: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    opening: tuple[Opening, ...] = ()
    alert: str = ""
    reply_days: int = REPLY_DAYS
    is_restricted: bool = False


@dataclass(frozen=True)
class Needs:
    """What is looked for; everything but `need` may be unknown. It says nothing of who needs it."""

    need: str
    country: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    sex: str = ""
    age: int | None = None
    room_needed: int = 0
    needs_step_free: bool = False
    must_be_free: bool = False


@dataclass(frozen=True)
class Facts:
    """The part of a service that is compared with needs; None is not known."""

    needs: frozenset[str]
    countries: frozenset[str]
    places: frozenset[str]  # names of towns and districts it is in or serves, folded
    languages: frozenset[str]
    for_whom: ForWhom
    minimum_age: int | None
    maximum_age: int | None
    is_free: bool | None
    is_step_free: bool | None
    is_restricted: bool
    available: int | None
    counted_on: date | None
    verified_on: date | None


@dataclass(frozen=True)
class Judgement:
    """Why a service fits and what is doubtful; more reasons and fewer doubts come first."""

    reasons: tuple[FitReason, ...]
    doubts: tuple[Doubt, ...]

    @property
    def rank(self) -> tuple[int, int]:
        heavy = {Doubt.FULL, Doubt.OTHER_PLACE, Doubt.NOT_VERIFIED, Doubt.STEPS}
        return (sum(3 if doubt in heavy else 1 for doubt in self.doubts), -len(self.reasons))


def is_stale(verified_on: date | None, today: date) -> bool:
    """True when nobody made sure of the entry for half a year, or ever."""
    return verified_on is None or today - verified_on > VERIFIED_FOR


def judge(facts: Facts, needs: Needs, today: date) -> Judgement | None:
    """Why the service can answer the need and what is doubtful; None when it cannot."""
    if _is_out(facts, needs):
        return None
    said: list[FitReason | Doubt | None] = [
        FitReason.NEED,
        _place(facts, needs),
        _language(facts, needs),
        _age(facts, needs),
        _sex(facts, needs),
        _room(facts, today),
        _cost(facts),
        _steps(facts, needs),
        Doubt.PLACE_RESTRICTED if facts.is_restricted else None,
        Doubt.NOT_VERIFIED if is_stale(facts.verified_on, today) else FitReason.VERIFIED,
    ]
    return Judgement(
        tuple(one for one in said if isinstance(one, FitReason)),
        tuple(one for one in said if isinstance(one, Doubt)),
    )


def _is_out(facts: Facts, needs: Needs) -> bool:
    elsewhere = bool(needs.country and facts.countries and needs.country not in facts.countries)
    other_sex = (facts.for_whom, needs.sex) in ((ForWhom.WOMEN, "male"), (ForWhom.MEN, "female"))
    no_room = facts.available is not None and facts.available < needs.room_needed
    dear = needs.must_be_free and facts.is_free is False
    return (
        needs.need not in facts.needs or elsewhere or other_sex or no_room or dear or _wrong_age(facts, needs)
    )


def _wrong_age(facts: Facts, needs: Needs) -> bool:
    if needs.age is None:
        return False
    too_young = facts.minimum_age is not None and needs.age < facts.minimum_age
    too_old = facts.maximum_age is not None and needs.age > facts.maximum_age
    return too_young or too_old


def _place(facts: Facts, needs: Needs) -> FitReason | Doubt | None:
    if needs.place and needs.place.casefold().strip() in facts.places:
        return FitReason.SAME_PLACE
    if not facts.countries:
        return Doubt.AREA_UNKNOWN
    if needs.place and facts.places:
        return Doubt.OTHER_PLACE
    return FitReason.SAME_COUNTRY if needs.country else None


def _language(facts: Facts, needs: Needs) -> FitReason | Doubt | None:
    if not needs.languages:
        return None
    if not facts.languages:
        return Doubt.LANGUAGE_UNKNOWN
    return FitReason.LANGUAGE if facts.languages & set(needs.languages) else Doubt.OTHER_LANGUAGE


def _age(facts: Facts, needs: Needs) -> FitReason | Doubt | None:
    if facts.minimum_age is None and facts.maximum_age is None:
        return None
    return Doubt.AGE_UNKNOWN if needs.age is None else FitReason.AGE


def _sex(facts: Facts, needs: Needs) -> FitReason | Doubt | None:
    if facts.for_whom is ForWhom.EVERYONE:
        return None
    return FitReason.SEX if needs.sex in ("female", "male") else Doubt.SEX_UNKNOWN


def _room(facts: Facts, today: date) -> FitReason | Doubt:
    if facts.available is None or facts.counted_on is None:
        return Doubt.ROOM_UNKNOWN
    if facts.available <= 0:
        return Doubt.FULL
    return Doubt.ROOM_OLD if today - facts.counted_on > COUNTED_FOR else FitReason.ROOM


def _cost(facts: Facts) -> FitReason | Doubt:
    if facts.is_free is None:
        return Doubt.COST_UNKNOWN
    return FitReason.FREE if facts.is_free else Doubt.COSTS


def _steps(facts: Facts, needs: Needs) -> FitReason | Doubt | None:
    if not needs.needs_step_free:
        return None
    if facts.is_step_free is None:
        return Doubt.STEPS_UNKNOWN
    return FitReason.STEP_FREE if facts.is_step_free else Doubt.STEPS
