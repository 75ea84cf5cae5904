"""The money of drawn people: what they are entitled to, what was promised, delivered, paid and taken back."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from psycopg.types.json import Jsonb

from homeward.assistance.rules import (
    ROUNDING,
    EntryKind,
    Method,
    Milestone,
    PayeeKind,
    Received,
    Told,
    Voice,
)
from homeward.cases.rules import Stage
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.partners import Worker
from homeward.exchange.demonstration.programmes import PublishedRules, entitled_of
from homeward.exchange.demonstration.purses import LOCAL, SOURCE, Purses, in_local_money, rate_of_month
from homeward.organisations import demo
from homeward.plans.content import ActivityDetails, Content
from homeward.plans.rules import PayForm
from homeward.programmes.eligibility import Entitled
from homeward.programmes.terms import Form, Phase

Row = dict[str, Any]
Written = tuple[str, Row]

# What became of promises, for one after another; most went as they should.
WHILE_OPEN = (
    *("done", "half", "done", "done", "late", "done", "no_proof", "done", "paid", "done", "reversed", "done"),
    *("done", "delivered", "done", "released", "done", "done", "half", "done"),
)
WHEN_OVER = ("done", "done", "released", "done", "reversed", "done", "done", "done", "done", "done")
WHEN_GONE = ("done", "given_back")
IN_PARTS_FROM = 100_000  # so that no single payment needs an approval
FIRST_WEEKS = "Rent and food for the first weeks"
ANSWERS = (Told.YES, Told.YES, Told.NO, Told.YES, Told.DOES_NOT_KNOW, Told.YES, Told.NOT_APPLICABLE)
WORDS = {
    Received.ALL: ("Everything came, thank you.", "", "It came two days late, but all of it.", ""),
    Received.PART: ("One shelf is missing.", "The second half is to come next month."),
}


@dataclass(frozen=True)
class Promise:
    """One commitment: what for, to whom, how much, by when, and what became of it."""

    id: UUID
    package: Entitled
    what: str
    form: PayForm
    payee: tuple[PayeeKind, str]
    minor: int
    made_on: date
    due_on: date
    course: str
    activity_id: UUID | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """What is paid in one go, or in two where it is much."""
        first = self.minor * 6 // 10
        return (first, self.minor - first) if self.minor >= IN_PARTS_FROM else (self.minor,)


@dataclass(frozen=True)
class Spending:
    """The ledger of one accepted case; `turn` counts the cases at the same place."""

    case: DrawnCase
    lead: Worker
    rules: PublishedRules
    purses: Purses
    plan: Content | None
    turn: int
    today: date

    def rows(self) -> Iterator[Written]:
        """Entitlements, commitments with their parts, entries, and how the deliveries went."""
        found = entitled_of(self.rules, self.case)
        for package in found:
            yield "assistance_entitlement", self._entitlement(package)
        if not self.case.facts["arrived_on"]:
            return
        for promise in self._promises(found):
            if promise.made_on <= self.today:
                yield from self._of_promise(promise)

    def _entitlement(self, package: Entitled) -> Row:
        granted_on = self.case.facts["accepted_on"]
        return self._row(f"entitlement {package.package_code}") | {
            "organisation_id": self.lead.organisation_id,
            "programme_id": self.rules.programme_id,
            "programme_version_id": self.rules.version_id,
            "package_code": package.package_code,
            "label": Jsonb(asdict(package.label)),
            "phase": package.phase,
            "form": package.form,
            "currency": package.amount.currency,
            "amount_minor": package.amount.minor,
            "window_ends_on": package.window_ends_on,
            "because": Jsonb([line.code for line in package.because]),
            "granted_on": granted_on,
            "granted_by_id": demo.VERA.id,
            "granted_by_name": demo.VERA.name,
            "granted_at": noon(granted_on),
            "topped_up_minor": 0,
            **NOTHING_YET,
        }

    def _promises(self, found: tuple[Entitled, ...]) -> Iterator[Promise]:
        arrived = self.case.facts["arrived_on"]
        assert arrived is not None  # noqa: S101 - asked before
        for package in found:
            if package.phase is Phase.POST_ARRIVAL:
                made_on = arrived + timedelta(days=1)
                yield Promise(
                    uuid5(self.case.id, "promise first"),
                    package,
                    FIRST_WEEKS,
                    PayForm.CASH,
                    (PayeeKind.PERSON, self._name),
                    package.amount.minor * (8 + self.turn % 3) // 10,
                    made_on,
                    made_on + timedelta(days=5),
                    "no_proof" if self.turn % 30 == 4 else "done",
                )
        agreed = self.case.facts["plan_agreed_on"]
        if agreed and self.plan:
            yield from self._of_plan({one.package_code: one for one in found}, agreed)

    @property
    def _name(self) -> str:
        return f"{self.case.person.name.given} {self.case.person.name.family}"

    def _of_plan(self, packages: dict[str, Entitled], agreed: date) -> Iterator[Promise]:
        assert self.plan is not None  # noqa: S101 - asked before
        paid = [line for line in self.plan.lines() if line.details.package_code]
        for number, line in enumerate(paid):
            told, made_on = line.details, agreed + timedelta(days=2 + number)
            yield Promise(
                uuid5(self.case.id, f"promise {number}"),
                packages[told.package_code],
                told.what,
                told.form,
                _payee(told),
                told.cost_minor,
                made_on,
                max(told.planned_on or made_on, made_on + timedelta(days=5)),
                self._course(number),
                line.line_id,
            )

    def _course(self, number: int) -> str:
        courses = {
            Stage.REINTEGRATING: WHILE_OPEN,
            Stage.LOST_CONTACT: WHEN_GONE,
            Stage.REMIGRATED: WHEN_GONE,
        }
        chosen = courses.get(self.case.stage, WHEN_OVER)
        return chosen[(self.turn + number) % len(chosen)]

    def _of_promise(self, promise: Promise) -> Iterator[Written]:
        yield "assistance_commitment", self._commitment(promise)
        if len(promise.parts) > 1:
            for number, minor in enumerate(promise.parts, 1):
                yield "assistance_instalment", self._instalment(promise, number, minor)
        yield self._entry(promise, EntryKind.COMMITMENT, promise.made_on, promise.minor)
        for day, written in self._what_became(promise):
            if day <= self.today:
                yield from written

    def _what_became(self, promise: Promise) -> Iterator[tuple[date, Iterator[Written]]]:
        due, minor = promise.due_on, promise.minor
        course = "done" if promise.course == "released" and len(promise.parts) > 1 else promise.course
        if course == "given_back":
            yield due, self._given_back(promise, due, minor)
        if course == "released":
            minor = minor * 8 // 10
            yield (
                due + timedelta(days=9),
                self._given_back(promise, due + timedelta(days=9), promise.minor - minor),
            )
        if course not in ("late", "paid", "half", "given_back"):
            yield due, self._delivered(promise, due, minor)
        if course not in ("late", "delivered", "given_back"):
            yield from self._paid(promise, course, minor)

    def _given_back(self, promise: Promise, day: date, minor: int) -> Iterator[Written]:
        step, row = self._entry(promise, EntryKind.RELEASE, day, minor)
        yield step, row | {"reason": "Not needed: it came cheaper, or will not come."}

    def _delivered(self, promise: Promise, day: date, minor: int) -> Iterator[Written]:
        step, entry = self._entry(promise, EntryKind.DELIVERY, day, minor)
        yield step, entry
        told = [ANSWERS[(self.turn + place) % len(ANSWERS)] for place in range(3)]
        yield (
            "assistance_delivery",
            {
                "id": uuid5(entry["id"], "delivery"),
                "case_id": self.case.id,
                "entry_id": entry["id"],
                "what": promise.what,
                "delivered_by": promise.payee[1]
                if promise.payee[0] is not PayeeKind.PERSON
                else self.lead.name,
                "quantity": None,
                "counselling_held": told[0],
                "market_considered": told[1],
                "on_time": told[2],
                "remarks": "",
            },
        )
        if entry["id"].int % 3:
            yield "assistance_answer", self._answer(entry["id"], min(self.today, day + timedelta(days=4)))
        yield from self._proven(promise, entry["id"])

    def _paid(self, promise: Promise, course: str, minor: int) -> Iterator[tuple[date, Iterator[Written]]]:
        """In one go when it came, or the first part before and the rest then."""
        due = promise.due_on + timedelta(days=1)
        if len(promise.parts) == 1:
            yield due, self._payment(promise, due, minor, course=course)
            return
        first = promise.made_on + timedelta(days=3)
        yield first, self._payment(promise, first, promise.parts[0], 1, course)
        if course != "half":
            yield due, self._payment(promise, due, promise.parts[1], 2)

    def _payment(
        self, promise: Promise, day: date, minor: int, part: int = 0, course: str = ""
    ) -> Iterator[Written]:
        step, entry = self._local(promise, day, minor, part, "")
        yield step, entry
        again = day + timedelta(days=4)
        if course != "reversed" or again > self.today:
            yield from self._proven(promise, entry["id"])
            return
        mirrored = entry | {"id": uuid5(entry["id"], "reversal"), "kind": EntryKind.REVERSAL}
        mirrored |= {"reverses_id": entry["id"], "on": again, "at": noon(again)}
        mirrored |= {"reason": "The account was wrong; the bank sent it back."}
        yield "assistance_entry:reversal", mirrored | {"request_id": mirrored["id"]}
        yield self._local(promise, again, minor, part, ":2")

    def _local(self, promise: Promise, day: date, minor: int, part: int, after: str) -> Written:
        """A payment in the money of the place, by the rate of its month."""
        month, rate = rate_of_month(day)
        paid, counts = in_local_money(minor, promise.package.amount.currency, month)
        step, row = self._entry(promise, EntryKind.PAYMENT, day, counts, f"{part}{after}")
        is_cash = promise.form is PayForm.CASH
        return step + after, row | {
            "currency": LOCAL,
            "amount_minor": paid,
            "rate": rate,
            "rate_of": promise.package.amount.currency,
            "rate_on": month,
            "rate_source": SOURCE,
            "rounding": ROUNDING,
            "method": Method.CASH if is_cash else (Method.BANK, Method.MOBILE_MONEY)[self.turn % 2],
            "outside_reference": "" if is_cash else f"RP-{row['id'].int % 10**6:06d}",
            "instalment_id": uuid5(promise.id, f"part {part}") if part else None,
            "by_id": demo.FRIDA.id,
            "by_name": demo.FRIDA.name,
        }

    def _proven(self, promise: Promise, entry_id: UUID) -> Iterator[Written]:
        if promise.course != "no_proof" and entry_id.int % 40:
            yield "proof", {"entry_id": entry_id, "what": promise.what}

    def _commitment(self, promise: Promise) -> Row:
        return {
            "id": promise.id,
            "case_id": self.case.id,
            "organisation_id": self.lead.organisation_id,
            "entitlement_id": uuid5(self.case.id, f"row entitlement {promise.package.package_code}"),
            "budget_id": self.purses.budget_id(self.lead.organisation_id, promise.made_on),
            "activity_id": promise.activity_id,
            "what": promise.what,
            "form": Form(str(promise.form)),
            "payee_kind": promise.payee[0],
            "payee_name": promise.payee[1],
            "due_on": promise.due_on,
            "currency": promise.package.amount.currency,
            "committed_by_id": self.lead.user_id,
            "committed_by_name": self.lead.name,
            "committed_at": noon(promise.made_on),
            **NOTHING_YET,
        }

    def _instalment(self, promise: Promise, number: int, minor: int) -> Row:
        due = promise.made_on + timedelta(days=3) if number == 1 else promise.due_on + timedelta(days=1)
        reached = due - timedelta(days=1)
        is_reached = reached <= self.today and promise.course != "late"
        return {
            "id": uuid5(promise.id, f"part {number}"),
            "case_id": self.case.id,
            "commitment_id": promise.id,
            "number": number,
            "amount_minor": minor,
            "milestone": Milestone.QUOTE_ACCEPTED if number == 1 else Milestone.DELIVERY,
            "note": "",
            "due_on": due,
            "reached_on": reached if is_reached else None,
            "reached_by_id": self.lead.user_id if is_reached else None,
            "reached_by_name": self.lead.name if is_reached else "",
            "reached_note": "",
            "paid_minor": 0,
        }

    def _entry(self, promise: Promise, kind: EntryKind, day: date, minor: int, name: str = "") -> Written:
        entry_id = uuid5(promise.id, f"{kind} {name}")
        return f"assistance_entry:{kind}", {
            "id": entry_id,
            "case_id": self.case.id,
            "organisation_id": self.lead.organisation_id,
            "kind": kind,
            "entitlement_id": uuid5(self.case.id, f"row entitlement {promise.package.package_code}"),
            "budget_id": self.purses.budget_id(self.lead.organisation_id, promise.made_on),
            "commitment_id": promise.id,
            "instalment_id": None,
            "reverses_id": None,
            "on": day,
            "currency": promise.package.amount.currency,
            "amount_minor": minor,
            "rate": None,
            "rate_of": "",
            "rate_on": None,
            "rate_source": "",
            "rounding": "",
            "counted_currency": promise.package.amount.currency,
            "counted_minor": minor,
            "method": "",
            "outside_reference": "",
            "reason": "",
            "request_id": entry_id,
            "by_id": self.lead.user_id,
            "by_name": self.lead.name,
            "at": noon(day),
        }

    def _answer(self, entry_id: UUID, day: date) -> Row:
        number = entry_id.int // 3
        received = Received.PART if number % 9 == 0 else Received.ALL
        is_partner = number % 11 == 1
        words = WORDS[received][number % len(WORDS[received])]
        return self._row(f"answer {entry_id}") | {
            "organisation_id": self.lead.organisation_id,
            "entry_id": entry_id,
            "voice": Voice.PARTNER if is_partner else Voice.RETURNEE,
            "received": "" if is_partner else received,
            "told_by": "Shop owner" if is_partner else "",
            "words": "The quote came late; next time we ask two weeks before." if is_partner else words,
            "on": day,
            "recorded_by_id": self.lead.user_id,
            "recorded_by_name": self.lead.name,
            "recorded_at": noon(day),
        }

    def _row(self, kind: str) -> Row:
        return {"id": uuid5(self.case.id, f"row {kind}"), "case_id": self.case.id}


NOTHING_YET = {"committed_minor": 0, "delivered_minor": 0, "paid_minor": 0}


def _payee(told: ActivityDetails) -> tuple[PayeeKind, str]:
    kind = PayeeKind.SERVICE_PROVIDER if told.form is PayForm.SERVICE else PayeeKind.SUPPLIER
    return kind, told.provider_name
