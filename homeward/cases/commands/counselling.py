"""Recording counselling sessions and the person's decision."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.gates import clear_by_session
from homeward.cases.journey_rules import Act, Decision, Interpreting, Topic, obstacle_in_decisions
from homeward.cases.models import Case, Counselling
from homeward.cases.obstacles import require_past, require_possible
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.journey import decisions_of_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import count_as_contact, save_case, tell
from homeward.lib.problems import Invalid, type_of_message
from homeward.people.rules import may_be_minor
from homeward.privacy.sealing import place_of, seal_text

TOLD_AS = {
    Decision.RETURN: EventKind.DECIDED_TO_RETURN,
    Decision.STAY: EventKind.DECIDED_TO_STAY,
    Decision.UNDECIDED: EventKind.UNDECIDED,
}


@command(Action.COUNSELLING_RECORD)
def record_counselling(
    actor: Actor,
    *,
    case_id: UUID,
    held_on: date,
    topics: Sequence[Topic],
    materials: str = "",
    language: str = "",
    interpreting: Interpreting = Interpreting.NOT_NEEDED,
    present: str = "",
    summary: str = "",
    decision: Decision = Decision.UNDECIDED,
    is_informed: bool = False,
    child_heard_by: str = "",
    is_suited_to_age: bool = False,
) -> Counselling:
    """Record a talk about the options and what the person decided; to stay is as good as to return.

    Of a child: `child_heard_by` spoke with the child, `is_suited_to_age` in a way suited to their age.
    """
    case = case_for_edit(actor, case_id)
    require_possible(case, Act.COUNSEL)
    require_past(held_on=held_on)
    _check(topics, interpreting, decision, is_informed)
    _check_child(case, held_on, child_heard_by, is_suited_to_age=is_suited_to_age)
    before = Counselling.objects.filter(case=case).order_by("-held_on", "-recorded_at").first()
    session = Counselling(
        case=case,
        organisation_id=actor.organisation_id,
        held_on=held_on,
        topics=[str(topic) for topic in topics],
        materials=materials.strip(),
        language=language,
        interpreting=interpreting,
        present=present.strip(),
        decision=decision,
        is_informed=is_informed,
        child_heard_by=child_heard_by.strip(),
        is_suited_to_age=is_suited_to_age,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    if summary.strip():
        session.summary = seal_text(case.person_id, place_of(session, "summary"), summary.strip())
    session.save(force_insert=True)
    _put_on_case(actor, case, session, decided_before=Decision(before.decision) if before else None)
    return session


def _check(
    topics: Sequence[Topic], interpreting: Interpreting, decision: Decision, is_informed: bool
) -> None:
    wrong: dict[str, type_of_message] = {}
    if not topics or not set(topics) <= set(Topic):
        wrong["topics"] = _("Choose at least one topic.")
    if is_informed and decision == Decision.UNDECIDED:
        wrong["is_informed"] = _("There is no decision yet that could be an informed one.")
    if is_informed and interpreting == Interpreting.MISSING:
        wrong["is_informed"] = _(
            "Without the interpreter who was needed, a decision cannot be an informed one."
        )
    if wrong:
        raise Invalid(fields=wrong)


def _check_child(case: Case, held_on: date, heard_by: str, *, is_suited_to_age: bool) -> None:
    if is_suited_to_age and not heard_by.strip():
        raise Invalid(fields={"child_heard_by": _("Say who spoke with the child.")})
    birth = case.person.birth
    if heard_by.strip() and birth is not None and not may_be_minor(birth, held_on):
        raise Invalid(
            fields={"child_heard_by": _("This person is of age: the session itself is their talk.")}
        )


def _put_on_case(actor: Actor, case: Case, session: Counselling, decided_before: Decision | None) -> None:
    case.counselled_on = min(case.counselled_on or session.held_on, session.held_on)
    count_as_contact(case, session.held_on)
    stands = obstacle_in_decisions(decisions_of_case(actor, case.id)) is None
    clear_by_session(actor, case, session, is_standing=stands)
    save_case(case)
    tell(actor, case.id, EventKind.COUNSELLED, on=session.held_on, subject_id=session.id)
    decision = Decision(session.decision)
    if session.is_informed or decision != (decided_before or Decision.UNDECIDED):
        tell(actor, case.id, TOLD_AS[decision], on=session.held_on, subject_id=session.id)
