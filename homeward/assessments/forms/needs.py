"""Needs on three dimensions, for the person, the family and the community around them."""

from homeward.assessments.rules import Asked, Choice, Form, Kind, Question, Step

URGENCY = (Choice("now"), Choice("first_months"), Choice("later"), Choice("none"))


def _dimension(slug: str) -> Step:
    return Step(
        slug,
        (
            Question(f"{slug}_urgency", Asked.ONE, URGENCY),
            Question(f"{slug}_individual", Asked.TEXT),
            Question(f"{slug}_family", Asked.TEXT),
            Question(f"{slug}_community", Asked.TEXT),
        ),
    )


VERSION_1 = Form(Kind.NEEDS, 1, (_dimension("economic"), _dimension("social"), _dimension("psychosocial")))
