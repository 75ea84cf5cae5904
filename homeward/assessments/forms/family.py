"""The family there: who they are, whether they know, whether they can and want to receive the person."""

from homeward.assessments.rules import Asked, Choice, Form, Kind, Question, Step
from homeward.cases.gate_rules import ProfileFlag as Flag

YES_NO = (Choice("yes"), Choice("partly"), Choice("no"))

VERSION_1 = Form(
    Kind.FAMILY,
    1,
    (
        Step(
            "who",
            (
                Question(
                    "travels_with",
                    Asked.ONE,
                    (
                        Choice("alone"),
                        Choice("partner"),
                        Choice("children_alone", Flag.SINGLE_PARENT),
                        Choice("family"),
                        Choice("child_without_parents", Flag.UNACCOMPANIED_CHILD),
                        Choice("child_with_relatives", Flag.SEPARATED_CHILD),
                    ),
                ),
                Question("family_there", Asked.TEXT),
            ),
        ),
        Step(
            "welcome",
            (
                Question("in_contact", Asked.ONE, YES_NO),
                Question("welcomes", Asked.ONE, YES_NO),
                Question("can_house", Asked.ONE, YES_NO),
                Question("family_notes", Asked.TEXT),
            ),
        ),
    ),
)
