"""Samples of few people, as only tests draw them."""

from django.test import override_settings

from homeward.followup.sampling.commands import SamplePlan, draw_sample, plan_sample
from homeward.followup.sampling.rules import Aim, FrameRule, SizeAsked

RULE = FrameRule("six_months")


def a_plan(actor, *, number=4, **given):
    """A plan for the visits of the round after six months."""
    told = {"name": "Autumn", "rule": RULE, "asked": SizeAsked(Aim.NUMBER, number=number), "seed": "2026"}
    with override_settings(FEWEST_IN_A_GROUP=1):
        return plan_sample(actor, plan=SamplePlan(**{**told, **given}))


def a_sample(actor, **given):
    """A sample that was drawn."""
    made = a_plan(actor, **given)
    with override_settings(FEWEST_IN_A_GROUP=1):
        return draw_sample(actor, sample_id=made.id)
