"""From drawn cases to rows of tables, each with the organisation that may write it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from homeward.access.actor import SYSTEM_USER_ID
from homeward.cases.rules import FACTS, EventKind, Scope, Stage, path_reached
from homeward.exchange.demonstration.agreements import Clauses
from homeward.exchange.demonstration.answering import BY_THE_PROGRAMME
from homeward.exchange.demonstration.country import HOST, RETURN, DrawnCase, DrawnPerson
from homeward.exchange.demonstration.deciding import Deciding
from homeward.exchange.demonstration.journeys import Journey
from homeward.exchange.demonstration.names import InventedName
from homeward.exchange.demonstration.partners import Partners, Worker
from homeward.exchange.demonstration.planning import Planning
from homeward.exchange.demonstration.programmes import PublishedRules
from homeward.exchange.demonstration.purses import Purses
from homeward.exchange.demonstration.receipts import Receipts
from homeward.exchange.demonstration.shares import SHOWN, disclosure_row, share_row
from homeward.exchange.demonstration.spending import Spending
from homeward.exchange.demonstration.visiting import Visiting
from homeward.lib.encryption import Place, encrypt, new_key
from homeward.organisations import demo
from homeward.people.details import search_name
from homeward.people.likeness_keys import kept_hashes
from homeward.people.matching import Traits
from homeward.plans.content import Content
from homeward.privacy.sealing import PERSONAL, blind_index, key_ring, wrap

Row = dict[str, Any]
EVENT_OF_STAGE = {
    Stage.ENQUIRY: EventKind.OPENED,
    Stage.COUNSELLING: EventKind.COUNSELLED,
    Stage.APPLICATION: EventKind.APPLIED,
    Stage.ACCEPTED: EventKind.ACCEPTED,
    Stage.PRE_DEPARTURE: EventKind.TRAVEL_PLANNED,
    Stage.TRAVELLING: EventKind.DEPARTED,
    Stage.ARRIVED: EventKind.ARRIVED,
    Stage.REINTEGRATING: EventKind.PLAN_AGREED,
    Stage.CLOSED: EventKind.CLOSED,
}


@dataclass
class Rows:
    """Rows to load, by the step of loading that writes them, and by who writes them."""

    steps: dict[str, dict[tuple[UUID, UUID], list[Row]]] = field(default_factory=dict)

    def add(self, step: str, organisation_id: UUID, row: Row, by: UUID = SYSTEM_USER_ID) -> None:
        self.steps.setdefault(step, {}).setdefault((organisation_id, by), []).append(row)


class Writer:
    """Turns drawn cases into rows, as the partners would have written them by hand."""

    def __init__(
        self,
        partners: Partners,
        rules: PublishedRules,
        purses: Purses,
        clauses: Clauses,
        today: date,
        now: datetime,
    ) -> None:
        self.clauses = clauses
        self.partners, self.rules, self.today, self.now = partners, rules, today, now
        self.purses, self.receipts = purses, Receipts()
        self.turns: Counter[object] = Counter()
        self.plan: Content | None = None  # what the person of the case at hand agreed to
        self.ring = key_ring()

    def write(self, case: DrawnCase, rows: Rows) -> None:
        """Add every row of one case."""
        counsellor = self.partners.counsellors[case.counsellor]
        manager = self._manager(case)
        lead = manager if case.has_arrived else counsellor
        key = self._person(case, lead, rows)
        self._case(case, lead, rows)
        self._events(case, counsellor, lead, rows)
        for step, row in self._told(case, counsellor, lead):
            by = self.partners.national_desk if step in BY_THE_PROGRAMME else lead.organisation_id
            rows.add(step, by, row)
        self._money(case, lead, key, rows)
        rows.add("cases_listing", lead.organisation_id, self._listing(case, lead, lead, Scope.LEAD))
        for other in self._others(case, counsellor, manager, lead):
            rows.add(
                "cases_listing", other.organisation_id, self._listing(case, lead, other, Scope.PARTICIPANT)
            )
            self._shared(case, lead, other, Scope.PARTICIPANT, rows)
        if case.stage in (Stage.PRE_DEPARTURE, Stage.TRAVELLING):
            office = Worker(self.partners.origin_office, demo.SALMA.id, demo.SALMA.name)
            rows.add(
                "cases_listing", office.organisation_id, self._listing(case, lead, office, Scope.ARRIVAL)
            )
            self._shared(case, lead, office, Scope.ARRIVAL, rows)

    def _told(self, case: DrawnCase, counsellor: Worker, lead: Worker) -> Iterator[tuple[str, Row]]:
        """What the lead wrote: the journey, whether the person is eligible, the plan."""
        self.plan = None
        yield from Journey(case, counsellor, lead, self.rules).rows()
        yield from Visiting(case, lead, self.rules.terms, self.today).rows()
        if case.facts["applied_on"]:
            turn = self._turn("deciding", case.stage in (Stage.APPLICATION, Stage.REJECTED) and case.stage)
            yield from Deciding(case, counsellor, lead, self.rules, turn, self.today).rows()
        if case.facts["planning_on"]:
            turn = self._turn("planning", case.stage)
            planning = Planning(case, lead, self.rules, turn, self.today)
            self.plan = planning.agreed_content
            yield from planning.rows()

    def _money(self, case: DrawnCase, lead: Worker, key: bytes, rows: Rows) -> None:
        """Entries are written by who made them, everything else by the organisation."""
        if case.facts["accepted_on"] is None:
            return
        turn = self._turn("spending", case.stage)
        spending = Spending(case, lead, self.rules, self.purses, self.plan, turn, self.today)
        for step, row in spending.rows():
            if step != "proof":
                rows.add(step, lead.organisation_id, row, row.get("by_id", SYSTEM_USER_ID))
                continue
            made = self.receipts.of(case, lead, key, row, self._at(case))
            for table, proof in zip(("files_storedfile", "assistance_proof"), made or (), strict=False):
                rows.add(table, lead.organisation_id, proof)

    def _turn(self, *place: object) -> int:
        """How many cases were at the same place before; by turns, every state occurs."""
        self.turns[place] += 1
        return self.turns[place] - 1

    def _manager(self, case: DrawnCase) -> Worker:
        staff = self.partners.managers[case.partner]
        return staff[-1] if case.place == "Old Harbour" else staff[0]

    def _others(self, case: DrawnCase, counsellor: Worker, manager: Worker, lead: Worker) -> Iterator[Worker]:
        """Who else is on the case: the counsellor afterwards, the partner beforehand, the national desk."""
        if lead is manager:
            yield counsellor
        elif case.facts["accepted_on"]:
            yield manager
        if case.is_national and case.facts["applied_on"]:
            yield Worker(self.partners.national_desk, demo.VERA.id, demo.VERA.name)

    def _person(self, case: DrawnCase, lead: Worker, rows: Rows) -> bytes:
        """Add the person; gives the key that seals what is theirs."""
        person, owner = case.person, lead.organisation_id
        name, birth = person.name, person.birth
        rows.add(
            "people_person",
            owner,
            {
                "id": person.id,
                "organisation_id": owner,
                "given_names": name.given,
                "family_name": name.family,
                "native_name": name.native,
                "sex": "female" if name.is_female else "male",
                "birth_earliest_on": birth.earliest if birth else None,
                "birth_latest_on": birth.latest if birth else None,
                "birth_precision": str(birth.precision) if birth else "",
                "nationalities": [RETURN],
                "birth_country": RETURN,
                "languages": list(person.languages),
                "folded_name": _search_name(name),
                "registered_at": self._at(case),
                "version": 1,
            },
        )
        key = new_key()
        rows.add(
            "privacy_subjectkey",
            owner,
            {
                "subject_id": person.id,
                "organisation_id": owner,
                "wrapped": wrap(self.ring, person.id, key),
                "master_version": self.ring.active,
                "made_at": self._at(case),
            },
        )
        self._contact_and_document(case, key, rows)
        for hashed in kept_hashes(_traits(person)):
            rows.add("people_blockingkey", owner, {"person_id": person.id, "key": hashed})
        return key

    def _contact_and_document(self, case: DrawnCase, key: bytes, rows: Rows) -> None:
        person, owner = case.person, self._owner(case)
        if person.phone:
            rows.add("people_contact", owner, _contact(person.id, person.phone))
        if person.document:
            document_id = uuid5(person.id, "document")
            place = Place("people_document", "number", document_id)
            rows.add(
                "people_document",
                owner,
                {
                    "id": document_id,
                    "person_id": person.id,
                    "kind": "passport",
                    "country": RETURN,
                    "number": encrypt(key, PERSONAL, place, person.document.encode()),
                    "number_index": blind_index("document", person.document),
                },
            )

    def _owner(self, case: DrawnCase) -> UUID:
        lead = self._manager(case) if case.has_arrived else self.partners.counsellors[case.counsellor]
        return lead.organisation_id

    def _case(self, case: DrawnCase, lead: Worker, rows: Rows) -> None:
        if case.file_id and case.role_in_file == "principal":
            rows.add(
                "cases_file",
                lead.organisation_id,
                {
                    "id": case.file_id,
                    "organisation_id": lead.organisation_id,
                    "reference": case.file_reference,
                    "partner_reference": "",
                    "opened_on": case.facts["opened_on"],
                },
            )
        rows.add(
            "cases_case",
            lead.organisation_id,
            {
                "id": case.id,
                "reference": case.reference,
                "person_id": case.person.id,
                "file_id": case.file_id,
                "role_in_file": case.role_in_file,
                "programme_id": self.rules.programme_id if case.facts["applied_on"] else None,
                "programme_version_id": self.rules.version_id if case.facts["applied_on"] else None,
                "lead_organisation_id": lead.organisation_id,
                "lead_user_id": lead.user_id,
                "host_country": HOST,
                "transit_countries": [],
                "return_country": RETURN,
                "return_place": case.place,
                "return_type": case.return_type,
                "how_heard": "",
                "own_words": "",
                "next_step": case.next_step,
                "next_step_on": case.next_step_on,
                "closing_reason": "completed" if case.facts["closed_on"] else "",
                "last_contact_on": case.last_contact_on,
                "expected_on": case.expected_on,
                "updated_at": self._at(case),
                "version": 1,
                "travel_confirmed_on": case.travel_confirmed_on,
                **{fact: case.facts[fact] for fact in FACTS},
            },
        )

    def _events(self, case: DrawnCase, counsellor: Worker, lead: Worker, rows: Rows) -> None:
        for stage, day in path_reached(case.facts).items():
            kind = EVENT_OF_STAGE.get(stage)
            if kind:
                rows.add(
                    "cases_event",
                    lead.organisation_id,
                    {
                        "id": uuid5(case.id, kind),
                        "case_id": case.id,
                        "organisation_id": lead.organisation_id,
                        "kind": kind,
                        "on": day,
                        "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
                        "actor_name": counsellor.name if stage in BEFORE_ARRIVAL else lead.name,
                        "visibility": "case",
                    },
                )

    def _listing(self, case: DrawnCase, lead: Worker, reader: Worker, scope: Scope) -> Row:
        name, birth = case.person.name, case.person.birth
        full = f"{name.given} {name.family}"
        row = {
            "id": uuid5(case.id, str(reader.organisation_id)),
            "organisation_id": reader.organisation_id,
            "case_id": case.id,
            "person_id": case.person.id,
            "scope": scope,
            "until": None if scope is Scope.LEAD else self.now + SHARED_FOR,
            "categories": SHOWN[scope],
            "reference": case.reference,
            "latin_name": full,
            "native_name": name.native,
            "search_name": _search_name(name),
            "birth_year": birth.earliest.year if birth and birth.precision != "about" else None,
            "file_reference": case.file_reference,
            "role_in_file": case.role_in_file,
            "return_type": case.return_type,
            "last_contact_on": case.last_contact_on,
            "next_step": case.next_step,
            "next_step_on": case.next_step_on,
        }
        if scope is Scope.ARRIVAL:
            row |= NO_IDENTITY
        reached = max(day for day in case.facts.values() if day)
        return row | {
            "stage": case.stage,
            "stage_since": reached,
            "lead_organisation_id": lead.organisation_id,
            "lead_name": lead.name,
            "programme_id": self.rules.programme_id if case.facts["applied_on"] else None,
            "host_country": HOST,
            "return_country": RETURN,
            "return_place": case.place,
            "expected_on": case.expected_on,
            "updated_at": self._at(case),
            "worker_id": reader.user_id,
            "office_id": reader.office_id,
            "tags": list(case.tags),
        }

    def _shared(self, case: DrawnCase, lead: Worker, other: Worker, scope: Scope, rows: Rows) -> None:
        clause_id = self.clauses[lead.organisation_id, other.organisation_id]
        until = self.now + SHARED_FOR
        given = disclosure_row(case, lead, other, scope, clause_id, (self._at(case), until))
        rows.add("sharing_disclosure", lead.organisation_id, given, lead.user_id)
        rows.add("cases_share", lead.organisation_id, share_row(given, scope))

    def _at(self, case: DrawnCase) -> datetime:
        return self.now - timedelta(seconds=case.updated_seconds_ago)


SHARED_FOR = timedelta(days=300)
BEFORE_ARRIVAL = (Stage.ENQUIRY, Stage.COUNSELLING, Stage.APPLICATION, Stage.PRE_DEPARTURE)
NO_IDENTITY: Row = {
    "person_id": None,
    "latin_name": "",
    "native_name": "",
    "search_name": "",
    "birth_year": None,
    "file_reference": "",
    "role_in_file": "",
    "return_type": "",
    "last_contact_on": None,
    "next_step": "",
    "next_step_on": None,
}


@lru_cache(maxsize=200_000)
def _search_name(name: InventedName) -> str:
    return search_name(name.given, name.family, name.native)


def _traits(person: DrawnPerson) -> Traits:
    """What the matcher would hear of somebody, so that they are found like everybody else."""
    name = person.name
    return Traits(
        given_names=name.given,
        family_name=name.family,
        native_name=name.native,
        birth=person.birth,
        sex="female" if name.is_female else "male",
        nationalities=(RETURN,),
        documents=(person.document,) if person.document else (),
        phones=(person.phone,) if person.phone else (),
    )


def _contact(person_id: UUID, phone: str) -> Row:
    return {
        "id": uuid5(person_id, "phone"),
        "person_id": person_id,
        "kind": "phone",
        "value": phone,
        "belongs_to": "",
        "may_call": True,
        "may_text": True,
        "may_leave_message": False,
        "safety_note": "",
        "is_preferred": True,
        "version": 1,
    }
