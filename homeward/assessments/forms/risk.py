"""What could happen to the person on return, from whom, and what would keep them safe."""

from homeward.assessments.rules import Asked, Choice, Form, Kind, Question, Step
from homeward.cases.gate_rules import ProfileFlag as Flag

VERSION_1 = Form(
    Kind.RISK,
    1,
    (
        Step(
            "dangers",
            (
                Question(
                    "dangers",
                    Asked.SEVERAL,
                    (
                        Choice("traffickers", Flag.VICTIM_OF_TRAFFICKING),
                        Choice("family_violence", Flag.SURVIVOR_OF_VIOLENCE),
                        Choice("lenders"),
                        Choice("authorities"),
                        Choice("armed_groups"),
                        Choice("harm_to_self", Flag.MENTAL_HEALTH_CONCERN),
                        Choice("none_of_these"),
                    ),
                ),
                Question("dangers_notes", Asked.TEXT),
            ),
        ),
        Step(
            "safety",
            (
                Question("safe_place", Asked.ONE, (Choice("yes"), Choice("partly"), Choice("no"))),
                Question("safety_plan", Asked.TEXT),
                Question(
                    "level",
                    Asked.ONE,
                    (Choice("high"), Choice("medium"), Choice("low")),
                    concludes=True,
                ),
            ),
        ),
    ),
)
