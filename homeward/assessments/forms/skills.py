"""What the person has learned and done, and what they would like to do."""

from homeward.assessments.rules import Asked, Choice, Form, Kind, Question, Step

VERSION_1 = Form(
    Kind.SKILLS,
    1,
    (
        Step(
            "learned",
            (
                Question(
                    "schooling",
                    Asked.ONE,
                    (
                        Choice("none"),
                        Choice("primary"),
                        Choice("secondary"),
                        Choice("vocational"),
                        Choice("university"),
                    ),
                ),
                Question("reads", Asked.ONE, (Choice("well"), Choice("a_little"), Choice("no"))),
                Question("trades", Asked.TEXT),
            ),
        ),
        Step(
            "wishes",
            (
                Question(
                    "work_wished",
                    Asked.ONE,
                    (Choice("job"), Choice("business"), Choice("training"), Choice("no_work")),
                ),
                Question("work_notes", Asked.TEXT),
            ),
        ),
    ),
)
