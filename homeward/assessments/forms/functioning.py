"""The Washington Group's short set on functioning: six questions, asked of people of five and older.

Whoever has a lot of difficulty with one of them, or cannot do it at all, counts as a person with a
disability.
"""

from homeward.assessments.rules import Asked, Choice, Form, Kind, Question, Step
from homeward.cases.gate_rules import ProfileFlag

SCALE = (
    Choice("no_difficulty"),
    Choice("some"),
    Choice("a_lot", ProfileFlag.DISABILITY),
    Choice("cannot", ProfileFlag.DISABILITY),
)
DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")

VERSION_1 = Form(
    Kind.FUNCTIONING,
    1,
    (
        Step("senses", tuple(Question(code, Asked.ONE, SCALE) for code in DOMAINS[:3])),
        Step("daily_life", tuple(Question(code, Asked.ONE, SCALE) for code in DOMAINS[3:])),
    ),
    youngest=5,
)
