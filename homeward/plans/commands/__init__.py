"""Every write about a plan, one module per part of its life."""

from homeward.plans.commands.agreeing import agree_to_plan, note_not_agreed
from homeward.plans.commands.beginning import amend_plan, begin_plan
from homeward.plans.commands.drafting import (
    add_activity,
    add_goal,
    change_activity,
    change_goal,
    remove_activity,
    remove_goal,
)
from homeward.plans.commands.proposing import propose_plan, take_answer, withdraw_proposal
from homeward.plans.commands.rewriting import write_draft

__all__ = [
    "add_activity",
    "add_goal",
    "agree_to_plan",
    "amend_plan",
    "begin_plan",
    "change_activity",
    "change_goal",
    "note_not_agreed",
    "propose_plan",
    "remove_activity",
    "remove_goal",
    "take_answer",
    "withdraw_proposal",
    "write_draft",
]
