"""Changing cases. Each function is one thing a person can do."""

from homeward.cases.commands.assigning import assign_case, reassign_caseload
from homeward.cases.commands.emergency import open_in_emergency, review_emergency
from homeward.cases.commands.opening import edit_case, open_case, set_next_step, start_file
from homeward.cases.commands.sharing import end_share, offer_lead, share_case, take_lead
from homeward.cases.commands.views import forget_view, save_view

__all__ = [
    "assign_case",
    "edit_case",
    "end_share",
    "forget_view",
    "open_case",
    "open_in_emergency",
    "offer_lead",
    "reassign_caseload",
    "review_emergency",
    "save_view",
    "set_next_step",
    "share_case",
    "start_file",
    "take_lead",
]
