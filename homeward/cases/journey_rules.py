"""The words of the journey, and what must be recorded of a case before something else can be. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import takewhile


class NoteKind(StrEnum):
    NOTE = "note"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    MESSAGE = "message"


class PaperKind(StrEnum):
    """What a document of a case is."""

    IDENTITY = "identity"
    TRAVEL = "travel"
    MEDICAL = "medical"
    SCHOOL = "school"
    CONSENT = "consent"
    PHOTO = "photo"
    OTHER = "other"


class Topic(StrEnum):
    """What a counselling session spoke of."""

    RIGHTS_AND_STATUS = "rights_and_status"
    OPTIONS = "options"
    RETURN_PROGRAMMES = "return_programmes"
    SITUATION_THERE = "situation_there"
    FAMILY = "family"
    WORK_AND_TRAINING = "work_and_training"
    HOUSING = "housing"
    HEALTH = "health"
    CHILDREN = "children"
    TRAVEL = "travel"
    REENTRY = "reentry"
    DATA_PROTECTION = "data_protection"


class Decision(StrEnum):
    """What the person has decided so far. To stay is as good an answer as to return."""

    UNDECIDED = "undecided"
    RETURN = "return"
    STAY = "stay"


class Interpreting(StrEnum):
    NOT_NEEDED = "not_needed"
    IN_PERSON = "in_person"
    REMOTE = "remote"
    MISSING = "missing"  # needed, and nobody was there


class ApplicationState(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Override(StrEnum):
    """Whether somebody asked to go by another answer than the rules gave, and what came of it."""

    NONE = "none"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    SENT_BACK = "sent_back"


class Readiness(StrEnum):
    """How far tickets or travel papers are."""

    NOT_NEEDED = "not_needed"
    TO_DO = "to_do"
    ASKED_FOR = "asked_for"
    READY = "ready"


class AppointmentState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


class ContactWay(StrEnum):
    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    MEETING = "meeting"
    EMAIL = "email"
    OTHERS = "others"  # through family, a neighbour, another organisation


class ContactOutcome(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"
    DID_NOT_WANT = "did_not_want"


class Exit(StrEnum):
    """How a person left the path, for a while or for good."""

    WITHDRAWN = "withdrawn"
    NOT_TRAVELLED = "not_travelled"
    CONTACT_LOST = "contact_lost"
    REMIGRATED = "remigrated"
    DECEASED = "deceased"


class Way(StrEnum):
    """By what way somebody moved on."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Why somebody moved on: the difference between a wish and a need."""

    CHOICE = "choice"
    NECESSITY = "necessity"
    UNKNOWN = "unknown"


class ClosingReason(StrEnum):
    COMPLETED = "completed"
    NOT_ELIGIBLE = "not_eligible"
    CHOSE_TO_STOP = "chose_to_stop"
    LEFT_AREA = "left_area"
    DIED = "died"
    FUNDING_ENDED = "funding_ended"
    SECURITY = "security"
    OTHER = "other"


class OwnView(StrEnum):
    """Whether the person was asked how it was. Not asked, refused and not reached are three things."""

    TOLD = "told"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    NOT_ASKED = "not_asked"


class OpeningReason(StrEnum):
    """Why a sealed text is opened; a code, so that the trail can hold it in clear."""

    CASEWORK = "casework"
    TAKING_OVER = "taking_over"
    ASKED = "asked"
    SAFETY = "safety"


class Act(StrEnum):
    """What can be recorded of a case on its path."""

    COUNSEL = "counsel"
    APPLY = "apply"
    PLAN_TRAVEL = "plan_travel"
    CHANGE_TRAVEL = "change_travel"
    NOTE_PROFILE = "note_profile"
    CLEAR_GATE = "clear_gate"
    CONFIRM_TRAVEL = "confirm_travel"
    DEPART = "depart"
    NOT_TRAVEL = "not_travel"
    ARRIVE = "arrive"
    BEGIN_PLANNING = "begin_planning"
    AGREE_PLAN = "agree_plan"
    REFER = "refer"
    MAKE_APPOINTMENT = "make_appointment"
    LOSE_CONTACT = "lose_contact"
    FIND_CONTACT = "find_contact"
    WITHDRAW = "withdraw"
    REMIGRATE = "remigrate"
    DIE = "die"
    CLOSE = "close"
    REOPEN = "reopen"


class Obstacle(StrEnum):
    """Why something cannot be recorded now."""

    CLOSED = "closed"
    DIED = "died"
    WITHDRAWN = "withdrawn"
    REMIGRATED = "remigrated"
    APPLIED_ALREADY = "applied_already"
    NOT_COUNSELLED = "not_counselled"
    NO_INFORMED_DECISION = "no_informed_decision"
    DECIDED_TO_STAY = "decided_to_stay"
    NOT_DECIDED_YET = "not_decided_yet"
    NOT_ACCEPTED = "not_accepted"
    REJECTED = "rejected"
    NO_TRAVEL_PLANNED = "no_travel_planned"
    TRAVEL_PLANNED = "travel_planned"
    CONFIRMED_ALREADY = "confirmed_already"
    NOT_CONFIRMED = "not_confirmed"
    NOT_TRAVELLED = "not_travelled"
    DEPARTED_ALREADY = "departed_already"
    ARRIVED_ALREADY = "arrived_already"
    NOT_ARRIVED = "not_arrived"
    PLANNING_ALREADY = "planning_already"
    NOT_PLANNING = "not_planning"
    AGREED_ALREADY = "agreed_already"
    LOST_ALREADY = "lost_already"
    NOT_LOST = "not_lost"
    NOT_ENDED = "not_ended"
    APPOINTMENT_OPEN = "appointment_open"
    LEAD_OFFERED = "lead_offered"
    DECISION_OPEN = "decision_open"


Facts = Mapping[str, date | None]
ENDED = ("closed_on", "withdrawn_on", "not_travelled_on", "remigrated_on", "deceased_on")

# A condition is an obstacle and the fact it is about: met when the fact is missing, or (NEEDS) present.
_GONE = ((Obstacle.CLOSED, "closed_on"), (Obstacle.DIED, "deceased_on"))
_OFF_PATH = (*_GONE, (Obstacle.WITHDRAWN, "withdrawn_on"), (Obstacle.REMIGRATED, "remigrated_on"))

# What must not be on record yet.
BARS: dict[Act, tuple[tuple[Obstacle, str], ...]] = {
    Act.COUNSEL: _GONE,
    Act.APPLY: (*_OFF_PATH, (Obstacle.ARRIVED_ALREADY, "arrived_on")),
    Act.PLAN_TRAVEL: (
        *_OFF_PATH,
        (Obstacle.DEPARTED_ALREADY, "departed_on"),
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
    ),
    Act.CHANGE_TRAVEL: (
        *_OFF_PATH,
        (Obstacle.DEPARTED_ALREADY, "departed_on"),
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
    ),
    Act.NOTE_PROFILE: _GONE,
    Act.CLEAR_GATE: _GONE,
    Act.CONFIRM_TRAVEL: (
        *_OFF_PATH,
        (Obstacle.NOT_TRAVELLED, "not_travelled_on"),
        (Obstacle.DEPARTED_ALREADY, "departed_on"),
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
        (Obstacle.CONFIRMED_ALREADY, "travel_confirmed_on"),
    ),
    Act.DEPART: (
        *_OFF_PATH,
        (Obstacle.NOT_TRAVELLED, "not_travelled_on"),
        (Obstacle.DEPARTED_ALREADY, "departed_on"),
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
    ),
    Act.NOT_TRAVEL: (
        *_OFF_PATH,
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
        (Obstacle.NOT_TRAVELLED, "not_travelled_on"),
    ),
    Act.ARRIVE: (
        *_OFF_PATH,
        (Obstacle.ARRIVED_ALREADY, "arrived_on"),
        (Obstacle.NOT_TRAVELLED, "not_travelled_on"),
    ),
    Act.BEGIN_PLANNING: (*_OFF_PATH, (Obstacle.PLANNING_ALREADY, "planning_on")),
    Act.AGREE_PLAN: (*_OFF_PATH, (Obstacle.AGREED_ALREADY, "plan_agreed_on")),
    Act.REFER: _GONE,
    Act.MAKE_APPOINTMENT: _GONE,
    Act.LOSE_CONTACT: (*_GONE, (Obstacle.LOST_ALREADY, "contact_lost_on")),
    Act.FIND_CONTACT: (),
    Act.WITHDRAW: (*_GONE, (Obstacle.WITHDRAWN, "withdrawn_on")),
    Act.REMIGRATE: ((Obstacle.DIED, "deceased_on"), (Obstacle.REMIGRATED, "remigrated_on")),
    Act.DIE: ((Obstacle.DIED, "deceased_on"),),
    Act.CLOSE: ((Obstacle.CLOSED, "closed_on"),),
    Act.REOPEN: (),
}

# What must be on record before.
NEEDS: dict[Act, tuple[tuple[Obstacle, str], ...]] = {
    Act.APPLY: ((Obstacle.NOT_COUNSELLED, "counselled_on"),),
    Act.PLAN_TRAVEL: ((Obstacle.NOT_ACCEPTED, "accepted_on"),),
    Act.CHANGE_TRAVEL: ((Obstacle.NO_TRAVEL_PLANNED, "travel_planned_on"),),
    Act.CONFIRM_TRAVEL: ((Obstacle.NO_TRAVEL_PLANNED, "travel_planned_on"),),
    Act.DEPART: (
        (Obstacle.NO_TRAVEL_PLANNED, "travel_planned_on"),
        (Obstacle.NOT_CONFIRMED, "travel_confirmed_on"),
    ),
    Act.NOT_TRAVEL: ((Obstacle.NO_TRAVEL_PLANNED, "travel_planned_on"),),
    Act.AGREE_PLAN: ((Obstacle.NOT_PLANNING, "planning_on"),),
    Act.FIND_CONTACT: ((Obstacle.NOT_LOST, "contact_lost_on"),),
    Act.REMIGRATE: ((Obstacle.NOT_ARRIVED, "arrived_on"),),
}


def obstacle_to(act: Act, facts: Facts) -> Obstacle | None:
    """The first reason why `act` cannot be recorded of a case with these facts, or None."""
    for obstacle, fact in BARS[act]:
        if facts.get(fact) is not None:
            return obstacle
    for obstacle, fact in NEEDS.get(act, ()):
        if facts.get(fact) is None:
            return obstacle
    special = _SPECIAL.get(act)
    return special(facts) if special else None


def obstacle_in_decisions(sessions: Sequence[tuple[Decision, bool]]) -> Obstacle | None:
    """Why what the person decided, newest first with whether it was informed, does not allow to apply."""
    if not sessions:
        return Obstacle.NO_INFORMED_DECISION
    latest = sessions[0][0]
    if latest == Decision.STAY:
        return Obstacle.DECIDED_TO_STAY
    if latest == Decision.UNDECIDED:
        return Obstacle.NOT_DECIDED_YET
    standing = takewhile(lambda session: session[0] == Decision.RETURN, sessions)
    return None if any(is_informed for _, is_informed in standing) else Obstacle.NO_INFORMED_DECISION


def _open_application(facts: Facts) -> Obstacle | None:
    """One application at a time; after a rejection the person may apply again."""
    applied = facts.get("applied_on") is not None
    return Obstacle.APPLIED_ALREADY if applied and facts.get("rejected_on") is None else None


def _announced(facts: Facts) -> Obstacle | None:
    """Who applied arrives after being accepted and on a planned journey; who never did may just arrive."""
    if facts.get("applied_on") is None or facts.get("departed_on") is not None:
        return None
    if facts.get("accepted_on") is None:
        return Obstacle.REJECTED if facts.get("rejected_on") else Obstacle.NOT_ACCEPTED
    return None if facts.get("travel_planned_on") else Obstacle.NO_TRAVEL_PLANNED


def _ended(facts: Facts) -> Obstacle | None:
    return None if any(facts.get(fact) for fact in ENDED) else Obstacle.NOT_ENDED


def _known_to_plan_with(facts: Facts) -> Obstacle | None:
    """A plan is begun with somebody who was counselled, or who has come."""
    known = facts.get("counselled_on") or facts.get("arrived_on")
    return None if known else Obstacle.NOT_COUNSELLED


_SPECIAL = {
    Act.BEGIN_PLANNING: _known_to_plan_with,
    Act.APPLY: _open_application,
    Act.ARRIVE: _announced,
    Act.REOPEN: _ended,
}
