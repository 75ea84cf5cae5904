"""Plans of drawn people, in every state a plan can be in, each with the approval that it asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from psycopg.types.json import Jsonb

from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.cases.rules import Stage
from homeward.casework.planning import right_of
from homeward.exchange.demonstration.answering import Answerer, Answering, Asked
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.partners import Worker
from homeward.exchange.demonstration.programmes import PublishedRules, entitled_of
from homeward.exchange.demonstration.wishes import (
    AMENDMENTS,
    AR,
    CHILDREN,
    DECLINED,
    ECONOMIC,
    FR,
    OTHER,
    SENT_BACK,
    Deed,
    Wish,
)
from homeward.organisations import demo
from homeward.plans.content import ActivityDetails, Content, GoalContent, Line, hash_of
from homeward.plans.queries import rights_as_json
from homeward.plans.rules import AgreementWay, PlanState, ProviderKind, Signer
from homeward.programmes.eligibility import Entitled
from homeward.programmes.terms import ApprovalSubject, Phase

Row = dict[str, Any]
# A row with the step of loading that writes it; `:2` is the second version of a plan, after the first.
Written = tuple[str, Row]

# How far plans are, for one case after another at the same place on the path.
WHILE_PLANNING = ("draft", "waiting", "approved", "sent_back", "overdue", "half_way", "declined", "approved")
WHEN_AGREED: tuple[str, ...] = (
    "agreed",
    "agreed",
    "amended",
    "agreed",
    "agreed",
    "agreed",
    "amending",
    "agreed",
    "agreed",
)
WHEN_AGREED += ("agreed", "agreed", "agreed", "change_waits", "agreed", "agreed", "agreed")
FIRST_STATE = {
    "draft": PlanState.DRAFT,
    "sent_back": PlanState.DRAFT,
    "waiting": PlanState.PROPOSED,
    "overdue": PlanState.PROPOSED,
    "half_way": PlanState.PROPOSED,
    "declined": PlanState.DECLINED,
    "approved": PlanState.APPROVED,
    "amended": PlanState.SUPERSEDED,
}
SECOND_STATE = {
    "amended": PlanState.AGREED,
    "amending": PlanState.DRAFT,
    "change_waits": PlanState.PROPOSED,
}
ENDED = {
    PlanState.DRAFT: ApprovalState.SENT_BACK,
    PlanState.PROPOSED: ApprovalState.WAITING,
    PlanState.DECLINED: ApprovalState.DECLINED,
}
WAY = {
    PlanState.DRAFT: (),
    PlanState.PROPOSED: ("proposed",),
    PlanState.DECLINED: ("proposed", "declined"),
    PlanState.APPROVED: ("approved",),
    PlanState.AGREED: ("approved", "agreed"),
    PlanState.SUPERSEDED: ("approved", "agreed", "superseded"),
}


@dataclass(frozen=True)
class Days:
    """When a version was begun, proposed, answered and agreed to, as far as it came."""

    begun: date
    proposed: date
    answered: date
    agreed: date


@dataclass(frozen=True)
class Planning:
    """The plan of one case that has begun to plan; `turn` counts the cases at the same place."""

    case: DrawnCase
    lead: Worker
    rules: PublishedRules
    turn: int
    today: date

    @property
    def kind(self) -> str:
        """How far this plan is."""
        if self._agreed_on is None:
            return WHILE_PLANNING[self.turn % len(WHILE_PLANNING)]
        kind = WHEN_AGREED[self.turn % len(WHEN_AGREED)]
        is_over = self.case.stage is not Stage.REINTEGRATING
        if self._agreed_on > self.today - timedelta(days=20) or (is_over and kind != "amended"):
            return "agreed"
        return kind

    def rows(self) -> Iterator[Written]:
        """The plan, its versions with what they say, what was asked and answered, and the person's yes."""
        days = self._first_days()
        yield (
            "plans_plan",
            self._row("plan")
            | {
                "begun_on": days.begun,
                "begun_by_id": self.lead.user_id,
                "begun_by_name": self.lead.name,
            },
        )
        state = FIRST_STATE.get(self.kind, PlanState.AGREED)
        yield from self._version(1, state, self.first, days)
        if self.kind in SECOND_STATE:
            yield from self._version(2, SECOND_STATE[self.kind], self.second, self._second_days(days))

    @property
    def agreed_content(self) -> Content | None:
        """What the person agreed to and what is in force, if anything is."""
        if self._agreed_on is None:
            return None
        return self.second if self.kind == "amended" else self.first

    @cached_property
    def first(self) -> Content:
        """What the first version says; a draft still lacks its second goal."""
        wishes = self._wishes()
        goals = tuple(self._goal(position, wish) for position, wish in enumerate(wishes, 1))
        return Content(goals[:1] if self.kind == "draft" and len(goals) > 1 else goals)

    @cached_property
    def second(self) -> Content:
        """The first version with one line cheaper and put off, and the reason for it."""
        goals = [
            replace(goal, lines=tuple(replace(line, details=_put_off(line.details)) for line in goal.lines))
            for goal in self.first.goals
        ]
        return Content(tuple(goals), AMENDMENTS[self.turn % len(AMENDMENTS)])

    @property
    def _agreed_on(self) -> date | None:
        return self.case.facts["plan_agreed_on"]

    @cached_property
    def _package(self) -> Entitled | None:
        """What pays for the plan: what there is after return, if anything."""
        found = entitled_of(self.rules, self.case)
        return next((one for one in found if one.phase is Phase.POST_RETURN), None)

    @property
    def _language(self) -> str:
        return FR if self.case.person.languages[0] == FR else AR

    def _wishes(self) -> tuple[Wish, ...]:
        number = self.case.id.int
        if self.case.is_minor:
            return (CHILDREN[number % len(CHILDREN)],)
        return ECONOMIC[number % len(ECONOMIC)], OTHER[number // 7 % len(OTHER)]

    def _goal(self, position: int, wish: Wish) -> GoalContent:
        ids = [uuid5(self.case.id, f"line {position} {place}") for place in range(len(wish.deeds))]
        lines = tuple(
            Line(line_id, self._details(wish, deed, ids[0]))
            for line_id, deed in zip(ids, wish.deeds, strict=True)
        )
        goal_id = uuid5(self.case.id, f"goal {position}")
        return GoalContent(goal_id, wish.words(self._language), wish.dimension, self._language, lines)

    def _details(self, wish: Wish, deed: Deed, first_id: UUID) -> ActivityDetails:
        begun = self._agreed_on or self._first_days().agreed
        cost = self._cost(deed)
        return ActivityDetails(
            what=deed.what,
            dimension=wish.dimension,
            level=deed.level,
            provider_kind=deed.kind,
            provider_name=deed.provider,
            package_code=self._package.package_code if self._package and cost else "",
            form=deed.form,
            cost_minor=cost,
            currency=self.rules.terms.currency if cost else "",
            matching_percent=deed.matching_percent if deed.kind is ProviderKind.MATCHING_FUND else 0,
            planned_on=begun + timedelta(days=deed.days),
            depends_on_id=first_id if deed.needs_first else None,
            feasibility=deed.feasibility,
            plain_words=deed.fr if self._language == FR else deed.ar,
            picture=deed.picture,
        )

    def _cost(self, deed: Deed) -> int:
        """The deed's share of the package, a little less in one place than in another, in whole tens."""
        if self._package is None or not deed.percent:
            return 0
        return self._package.amount.minor * deed.percent * (90 + self.case.id.int % 11) // 1_000_000 * 100

    def _first_days(self) -> Days:
        begun = self.case.facts["planning_on"] or self.today
        if self._agreed_on:
            third = (self._agreed_on - begun) / 3
            return Days(begun, begun + third, begun + 2 * third, self._agreed_on)
        back = {"waiting": self.turn % 5, "overdue": 10 + self.turn % 6, "half_way": 5}.get(self.kind, 6)
        proposed = max(begun, self.today - timedelta(days=back))
        answered = min(self.today, proposed + timedelta(days=3))
        return Days(begun, proposed, answered, self.today)

    def _second_days(self, first: Days) -> Days:
        if self.kind == "change_waits":
            proposed = self.today - timedelta(days=2)
            return Days(proposed, proposed, proposed, proposed)
        begun = first.agreed + timedelta(days=10)
        return Days(begun, begun, begun + timedelta(days=2), begun + timedelta(days=3))

    def _version(self, number: int, state: PlanState, told: Content, days: Days) -> Iterator[Written]:
        """A draft with all it says; then, one step of loading after the other, how it moved on."""
        after = "" if number == 1 else f":{number}"
        row = self._row(f"version {number}") | self._version_columns(number, state, told, days)
        yield f"plans_planversion{after}", row
        yield from self._content(row["id"], told, after)
        yield from self._approval(row, state, days, told)
        if state in (PlanState.AGREED, PlanState.SUPERSEDED):
            yield f"plans_agreement{after}", self._agreement(row, days.agreed)
        for way in WAY[state]:
            yield f"plans_planversion>{way}{after}", {"id": row["id"], "state": PlanState(way)}

    def _version_columns(self, number: int, state: PlanState, told: Content, days: Days) -> Row:
        is_draft, is_back = state is PlanState.DRAFT, self.kind == "sent_back"
        is_answered = state in (PlanState.APPROVED, PlanState.AGREED, PlanState.SUPERSEDED)
        is_agreed = state in (PlanState.AGREED, PlanState.SUPERSEDED)
        was_proposed = not is_draft or is_back
        returned = SENT_BACK[self.turn % 2] if is_back else ""
        returned = DECLINED if state is PlanState.DECLINED else returned
        return {
            "plan_id": uuid5(self.case.id, "row plan"),
            "number": number,
            "state": PlanState.DRAFT,
            "reason": told.reason,
            "drafted_by_ids": [self.lead.user_id],
            "revision": 4,
            "content_hash": hash_of(told) if was_proposed else "",
            "rights": self._rights() if was_proposed else Jsonb([]),
            "proposed_on": days.proposed if was_proposed else None,
            "proposed_by_id": self.lead.user_id if was_proposed else None,
            "proposed_by_name": self.lead.name if was_proposed else "",
            "approved_on": days.answered if is_answered else None,
            "returned_reasons": returned,
            "returned_by_name": demo.ROSA.name if returned else "",
            "agreed_on": days.agreed if is_agreed else None,
        }

    def _rights(self) -> Jsonb:
        return _rights(entitled_of(self.rules, self.case))

    def _content(self, version_id: UUID, told: Content, after: str) -> Iterator[Written]:
        position = 0
        for place, goal in enumerate(told.goals, 1):
            goal_id = uuid5(version_id, str(goal.line_id))
            yield (
                f"plans_goal{after}",
                {
                    "id": goal_id,
                    "case_id": self.case.id,
                    "version_id": version_id,
                    "line_id": goal.line_id,
                    "position": place,
                    "own_words": goal.own_words,
                    "language": goal.language,
                    "dimension": goal.dimension,
                },
            )
            for line in goal.lines:
                position += 1
                yield (
                    f"plans_activity{after}",
                    {
                        "id": uuid5(version_id, str(line.line_id)),
                        "case_id": self.case.id,
                        "version_id": version_id,
                        "goal_id": goal_id,
                        "line_id": line.line_id,
                        "position": position,
                        **{name: getattr(line.details, name) for name in COLUMNS},
                    },
                )

    def _approval(self, version: Row, state: PlanState, days: Days, told: Content) -> Iterator[Written]:
        if not version["content_hash"]:
            return iter(())
        minor = sum(line.details.cost_minor for line in told.lines())
        terms = self.rules.terms
        steps = terms.steps(ApprovalSubject.PLAN, minor)[:2]
        who = ((self.lead.organisation_id, demo.ROSA), (demo.RETURN_OFFICE.id, demo.VERA))
        return Answering(
            self.case,
            self.lead,
            Asked(SubjectKind.PLAN, version["id"], self.lead, told.reason, minor, terms.currency),
            tuple(Answerer(*one, step.answer_days) for one, step in zip(who, steps, strict=False)),
            ENDED.get(state, ApprovalState.APPROVED),
            version["returned_reasons"],
            days.proposed,
            days.answered,
            self.today,
            got_half=self.kind == "half_way",
        ).rows()

    def _agreement(self, version: Row, day: date) -> Row:
        is_child = self.case.is_minor
        return self._row(f"agreement {version['number']}") | {
            "version_id": version["id"],
            "content_hash": version["content_hash"],
            "agreed_on": day,
            "way": AgreementWay.WITNESSED,
            "signer": Signer.GUARDIAN if is_child else Signer.PERSON,
            "guardian_name": "A parent" if is_child else "",
            "guardian_relation": "parent" if is_child else "",
            "was_read_aloud": self.case.id.int % 3 == 0,
            "language": self._language,
            "witness_name": "Hala Bystander",
            "witness_how": "Was there when the plan was read and heard the yes.",
            "recorded_by_id": self.lead.user_id,
            "recorded_by_name": self.lead.name,
            "recorded_at": noon(day),
        }

    def _row(self, kind: str) -> Row:
        return {
            "id": uuid5(self.case.id, f"row {kind}"),
            "case_id": self.case.id,
            "organisation_id": self.lead.organisation_id,
        }


COLUMNS = (
    *("what", "dimension", "level", "provider_kind", "provider_name", "package_code", "form", "cost_minor"),
    *("currency", "matching_percent", "planned_on", "depends_on_id", "feasibility", "plain_words", "picture"),
)


def _rights(found: tuple[Entitled, ...]) -> Jsonb:
    return Jsonb(rights_as_json(right_of(one) for one in found))


def _put_off(details: ActivityDetails) -> ActivityDetails:
    planned = details.planned_on + timedelta(days=30) if details.planned_on else None
    return replace(details, cost_minor=details.cost_minor * 9 // 10, planned_on=planned)
