"""Drawing cases: who, from where, how far on the path, and what is missing or late. Pure and repeatable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.rules import FACTS, ReturnType, RoleInFile, Stage
from homeward.exchange.demonstration.names import (
    InventedName,
    family_name,
    person_name,
    written_differently,
)
from homeward.lib.dates import PartialDate
from homeward.lib.identifiers import ALPHABET, REFERENCE_SIGNS, check_sign
from homeward.people.rules import is_surely_minor

HOST, RETURN = "XN", "XM"
PLACES = {
    "Saltfield": 30,
    "Old Harbour": 24,
    "Northford": 16,
    "Hill Districts": 12,
    "Reedmouth": 10,
    "Stonewell": 8,
}
LANGUAGES = (("ar",), ("ar", "fr"), ("ar", "en"), ("fr",), ("ku", "ar"))

# How far cases got, in parts of a hundred, and the facts each stage has, in order.
REACHED: dict[Stage, int] = {
    Stage.ENQUIRY: 6,
    Stage.COUNSELLING: 8,
    Stage.APPLICATION: 6,
    Stage.ACCEPTED: 4,
    Stage.PRE_DEPARTURE: 6,
    Stage.TRAVELLING: 2,
    Stage.ARRIVED: 6,
    Stage.PLANNING: 7,
    Stage.REINTEGRATING: 25,
    Stage.CLOSED: 12,
    Stage.MONITORING: 6,
    Stage.WITHDRAWN: 4,
    Stage.REJECTED: 2,
    Stage.NOT_TRAVELLED: 2,
    Stage.LOST_CONTACT: 3,
    Stage.REMIGRATED: 1,
}
WAY = (
    *("opened_on", "counselled_on", "applied_on", "accepted_on", "travel_planned_on", "departed_on"),
    *("arrived_on", "planning_on", "plan_agreed_on", "closed_on", "monitored_on"),
)
LAST_FACT = {
    Stage.ENQUIRY: "opened_on",
    Stage.COUNSELLING: "counselled_on",
    Stage.APPLICATION: "applied_on",
    Stage.ACCEPTED: "accepted_on",
    Stage.PRE_DEPARTURE: "travel_planned_on",
    Stage.TRAVELLING: "departed_on",
    Stage.ARRIVED: "arrived_on",
    Stage.PLANNING: "planning_on",
    Stage.REINTEGRATING: "plan_agreed_on",
    Stage.CLOSED: "closed_on",
    Stage.MONITORING: "monitored_on",
    Stage.WITHDRAWN: "counselled_on",
    Stage.REJECTED: "applied_on",
    Stage.NOT_TRAVELLED: "travel_planned_on",
    Stage.LOST_CONTACT: "plan_agreed_on",
    Stage.REMIGRATED: "plan_agreed_on",
}
EXIT_FACT = {
    Stage.WITHDRAWN: "withdrawn_on",
    Stage.REJECTED: "rejected_on",
    Stage.NOT_TRAVELLED: "not_travelled_on",
    Stage.LOST_CONTACT: "contact_lost_on",
    Stage.REMIGRATED: "remigrated_on",
}
DAYS_AFTER = {
    "counselled_on": (1, 20),
    "applied_on": (3, 40),
    "accepted_on": (5, 30),
    "travel_planned_on": (1, 20),
    "departed_on": (5, 60),
    "arrived_on": (0, 2),
    "planning_on": (1, 15),
    "plan_agreed_on": (5, 40),
    "closed_on": (200, 420),
    "monitored_on": (20, 120),
}
NEXT_STEPS = (
    *(
        "Call about the appointment",
        "Ask for the second quote",
        "Visit at home",
        "Send the birth certificate",
    ),
    *(
        "Send the birth certificate",
        "Meet the training centre",
        "Check the school place",
        "Confirm the travel document",
    ),
)


@dataclass(frozen=True)
class DrawnPerson:
    id: UUID
    name: InventedName
    birth: PartialDate | None
    languages: tuple[str, ...]
    phone: str
    document: str


SEEN = (
    *(ProfileFlag.HEALTH_NEED, ProfileFlag.SINGLE_PARENT, ProfileFlag.HEALTH_NEED, ProfileFlag.OLDER_PERSON),
    *(ProfileFlag.SURVIVOR_OF_VIOLENCE, ProfileFlag.DISABILITY, ProfileFlag.VICTIM_OF_TRAFFICKING),
)


@dataclass(frozen=True)
class DrawnCase:
    """One case with its person and its facts; counsellor and partner are numbered by how busy they are."""

    id: UUID
    reference: str
    person: DrawnPerson
    file_id: UUID | None
    file_reference: str
    role_in_file: RoleInFile
    stage: Stage
    facts: dict[str, date | None]
    place: str
    return_type: ReturnType
    counsellor: int
    partner: int
    last_contact_on: date
    next_step: str
    next_step_on: date | None
    is_national: bool
    departs_on: date
    updated_seconds_ago: int
    tags: tuple[str, ...] = field(default=())

    @property
    def travel_confirmed_on(self) -> date | None:
        """Some days before a departure; of those who are yet to leave, every third is confirmed already."""
        departed, planned = self.facts["departed_on"], self.facts["travel_planned_on"]
        if planned is None or self.flags:
            return None  # who has flags and has come, came before there were gates
        if departed:
            return max(planned, departed - timedelta(days=3))
        return planned if self.stage is Stage.PRE_DEPARTURE and self.id.int % 3 == 0 else None

    @property
    def is_minor(self) -> bool:
        """Under age on the day of travel, or while it was planned."""
        day = self.facts["departed_on"] or self.facts["travel_planned_on"] or self.departs_on
        return is_surely_minor(self.person.birth, day)

    @property
    def flags(self) -> tuple[ProfileFlag, ...]:
        """What is known of every sixth adult: of those who are yet to leave, and of those who have come."""
        on_the_way = self.stage in (Stage.TRAVELLING, Stage.NOT_TRAVELLED)
        if self.is_minor or on_the_way or not self.facts["counselled_on"] or self.id.int % 6:
            return ()
        return (SEEN[self.id.int // 6 % len(SEEN)],)

    @property
    def expected_on(self) -> date | None:
        """The day of arrival as planned, while somebody is on the way."""
        if self.stage is Stage.PRE_DEPARTURE:
            return self.departs_on + timedelta(days=1)
        return (self.facts["departed_on"] or self.departs_on) if self.stage is Stage.TRAVELLING else None

    @property
    def has_arrived(self) -> bool:
        return self.facts["arrived_on"] is not None


REFERENCES = len(ALPHABET) ** REFERENCE_SIGNS
STRIDE = 405_491_299_991  # without a factor in common with REFERENCES: each is met once before any returns


class Country:
    """Draws cases one after another; the same seed, size and day give the same country."""

    def __init__(self, seed: int, today: date, counsellors: int, partners: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - nothing secret is drawn here
        self.today = today
        self.counsellors, self.partners = counsellors, partners
        self._moment = 0
        self._number = self.chance.randrange(REFERENCES)

    def cases(self, count: int) -> Iterator[DrawnCase]:
        """Draw `count` cases, alone and in files of two to five; some people come twice."""
        drawn = 0
        while drawn < count:
            for case in self._file(count - drawn):
                drawn += 1
                yield case

    def _file(self, at_most: int) -> Iterator[DrawnCase]:
        chance = self.chance
        size = 1 if chance.random() < 0.8 else chance.randint(2, 5)
        family = family_name(chance)
        file_id = self._id() if size > 1 else None
        first = self._case(self._person(family, adult=True), file_id, RoleInFile.PRINCIPAL, None)
        yield first
        members = min(size, at_most) - 1
        for number in range(members):
            role = RoleInFile.SPOUSE if number == 0 else RoleInFile.CHILD
            yield self._case(self._person(family, adult=number == 0), file_id, role, first)
        if size == 1 and at_most > 1 and chance.random() < 0.03:
            yield self._case(self._again(first.person), None, RoleInFile.PRINCIPAL, None)

    def _person(self, family: tuple[str, str], *, adult: bool) -> DrawnPerson:
        chance = self.chance
        name = person_name(chance, family)
        if chance.random() < 0.15:
            name = InventedName(name.given, name.family, "", name.is_female)
        return DrawnPerson(
            self._id(),
            name,
            self._birth(adult),
            chance.choice(LANGUAGES),
            f"+999{chance.randrange(10**8):08d}" if chance.random() < 0.75 else "",
            f"{chance.choice('APN')}{chance.randrange(10**7):07d}" if chance.random() < 0.6 else "",
        )

    def _again(self, person: DrawnPerson) -> DrawnPerson:
        """The same human being, registered a second time by somebody else."""
        birth = person.birth
        if birth and self.chance.random() < 0.4:
            birth = PartialDate.of_year(birth.earliest.year)
        phone = person.phone if self.chance.random() < 0.5 else ""
        name = written_differently(self.chance, person.name)
        return DrawnPerson(self._id(), name, birth, person.languages, phone, person.document)

    def _birth(self, adult: bool) -> PartialDate | None:
        chance = self.chance
        born = self.today - timedelta(
            days=chance.randint(18 * 365, 60 * 365) if adult else chance.randint(200, 6000)
        )
        kind = chance.random()
        if kind < 0.06:
            return None
        if kind < 0.2:
            return PartialDate.of_year(born.year)
        return (
            PartialDate.about_age(self.today.year - born.year, self.today)
            if kind < 0.25
            else PartialDate.of_day(born)
        )

    def _case(
        self, person: DrawnPerson, file_id: UUID | None, role: RoleInFile, like: DrawnCase | None
    ) -> DrawnCase:
        chance = self.chance
        stage = like.stage if like else chance.choices(tuple(REACHED), tuple(REACHED.values()))[0]
        facts = dict(like.facts) if like else self._facts(stage)
        latest = max(day for day in facts.values() if day)
        is_open = stage not in (Stage.CLOSED, Stage.MONITORING, *EXIT_FACT)
        # Some partners fall silent: the last contact is long ago and the promise has passed.
        is_silent = chance.random() < 0.12
        contact = min(self.today, latest + timedelta(days=chance.randint(0, 5 if is_silent else 60)))
        promise = is_open and chance.random() < 0.22  # so that inboxes can be read to the end
        return DrawnCase(
            id=self._id(),
            reference=self._reference("HW"),
            person=person,
            file_id=file_id,
            file_reference=like.file_reference if like else (self._reference("HF") if file_id else ""),
            role_in_file=role,
            stage=stage,
            facts=facts,
            place=like.place if like else chance.choices(tuple(PLACES), tuple(PLACES.values()))[0],
            return_type=self._return_type(stage),
            counsellor=like.counsellor if like else self._weighted(self.counsellors),
            partner=like.partner if like else self._weighted(self.partners),
            last_contact_on=contact,
            next_step=chance.choice(NEXT_STEPS) if promise else "",
            next_step_on=self.today + timedelta(days=chance.randint(-20, 45)) if promise else None,
            is_national=chance.random() < 0.5,
            departs_on=like.departs_on if like else self.today + timedelta(days=chance.randint(1, 40)),
            updated_seconds_ago=(self.today - contact).days * 86400 + chance.randrange(86400),
            tags=("contact_lost",) if stage is Stage.LOST_CONTACT else (),
        )

    def _return_type(self, stage: Stage) -> ReturnType:
        """Whom the rules are not meant for is seen more often among those who wait or were rejected."""
        if stage is Stage.REJECTED:
            return ReturnType.HUMANITARIAN
        weights = (55, 10, 20, 15) if stage is Stage.APPLICATION else (78, 14, 5, 3)
        return self.chance.choices(tuple(ReturnType), weights)[0]

    def _facts(self, stage: Stage) -> dict[str, date | None]:
        """Days for every fact up to the stage, counted so that the last lies a little before today."""
        chance = self.chance
        way = WAY[: WAY.index(LAST_FACT[stage]) + 1]
        steps = [0, *(chance.randint(*DAYS_AFTER[fact]) for fact in way[1:])]
        since = (
            chance.randint(0, 30) if stage in (Stage.TRAVELLING, Stage.ARRIVED) else chance.randint(0, 300)
        )
        day = self.today - timedelta(days=sum(steps) + since)
        facts: dict[str, date | None] = dict.fromkeys(FACTS)
        for fact, days in zip(way, steps, strict=True):
            day += timedelta(days=days)
            facts[fact] = day
        if stage in EXIT_FACT:
            facts[EXIT_FACT[stage]] = min(self.today, day + timedelta(days=chance.randint(1, 60)))
        return facts

    def _weighted(self, count: int) -> int:
        """A number below `count`; the first are the busiest, as in life."""
        return min(int(self.chance.paretovariate(1.1)) - 1, count - 1) if count > 1 else 0

    def _id(self) -> UUID:
        self._moment += 1
        random = self.chance.getrandbits(74)
        return UUID(
            int=(0x019000000000 + self._moment) << 80
            | 7 << 76
            | random >> 62 << 64
            | 2 << 62
            | random & (2**62 - 1)
        )

    def _reference(self, prefix: str) -> str:
        """Drawn without returning any: among a million at random, two would be alike."""
        self._number = (self._number + STRIDE) % REFERENCES
        number, signs = self._number, ""
        for _ in range(REFERENCE_SIGNS):
            number, sign = divmod(number, len(ALPHABET))
            signs += ALPHABET[sign]
        return f"{prefix}-{signs[:4]}-{signs[4:]}-{check_sign(signs)}"
