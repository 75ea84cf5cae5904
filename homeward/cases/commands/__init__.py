"""Changing cases. Each function is one thing a person can do."""

from homeward.cases.commands.applying import decide_application, submit_application
from homeward.cases.commands.assigning import assign_case, reassign_caseload
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.commands.emergency import open_in_emergency, review_emergency
from homeward.cases.commands.notes import correct_note, write_note
from homeward.cases.commands.opening import edit_case, open_case, set_next_step, start_file
from homeward.cases.commands.sharing import end_share, offer_lead, share_case, take_lead
from homeward.cases.commands.views import forget_view, save_view

__all__ = [
    "assign_case",
    "correct_note",
    "decide_application",
    "edit_case",
    "end_share",
    "forget_view",
    "offer_lead",
    "open_case",
    "open_in_emergency",
    "reassign_caseload",
    "record_counselling",
    "review_emergency",
    "save_view",
    "set_next_step",
    "share_case",
    "start_file",
    "submit_application",
    "take_lead",
    "write_note",
]
