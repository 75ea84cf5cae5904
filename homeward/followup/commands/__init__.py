"""Filling forms and handing them in, planning visits, making them, and saying how businesses fare."""

from homeward.followup.commands.business import record_business
from homeward.followup.commands.filling import (
    begin_filling,
    close_to_person,
    forget_unsent,
    open_to_person,
    save_answers,
    send_filled,
)
from homeward.followup.commands.handing_in import hand_in
from homeward.followup.commands.making import (
    Try,
    agree_on_day,
    call_off_visit,
    record_attempt,
    take_up_visit,
)
from homeward.followup.commands.planning import (
    ask_for_visit,
    assign_visits,
    clear_area,
    close_windows,
    extend_follow_up,
    keep_up_visits,
    plan_changed_cases,
    set_area,
)

__all__ = [
    "Try",
    "agree_on_day",
    "ask_for_visit",
    "assign_visits",
    "begin_filling",
    "call_off_visit",
    "clear_area",
    "close_to_person",
    "close_windows",
    "extend_follow_up",
    "forget_unsent",
    "hand_in",
    "keep_up_visits",
    "open_to_person",
    "plan_changed_cases",
    "record_attempt",
    "record_business",
    "save_answers",
    "send_filled",
    "set_area",
    "take_up_visit",
]
