"""Bringing in a partner's list. Each function is one thing a person can do, or one step of its work."""

from homeward.exchange.commands.answering import answer_problems, decide_duplicates, leave_out
from homeward.exchange.commands.preparing import (
    discard_import,
    keep_reading,
    mark_unreadable,
    prepare_import,
    set_choices,
)
from homeward.exchange.commands.saving import finish_saving, give_up_saving, save_import, save_rows
from homeward.exchange.commands.undoing import forget_files, undo_import

__all__ = [
    "answer_problems",
    "decide_duplicates",
    "discard_import",
    "finish_saving",
    "forget_files",
    "give_up_saving",
    "keep_reading",
    "leave_out",
    "mark_unreadable",
    "prepare_import",
    "save_import",
    "save_rows",
    "set_choices",
    "undo_import",
]
