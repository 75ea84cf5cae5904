"""Everything that is done with drawings, templates, reports and recommendations."""

from homeward.reports.commands.advice import (
    answer_recommendation,
    complete_recommendation,
    recommend,
)
from homeward.reports.commands.drawings import keep_drawings
from homeward.reports.commands.made import (
    begin_report,
    check_report,
    fail_report,
    finish_report,
    hand_over_report,
    make_report,
    note_report_progress,
    release_report,
    withdraw_report,
)
from homeward.reports.commands.planned import (
    change_template,
    copy_template,
    end_schedule,
    end_template,
    move_schedule,
    schedule_report,
)

__all__ = [
    "answer_recommendation",
    "begin_report",
    "change_template",
    "check_report",
    "complete_recommendation",
    "copy_template",
    "end_schedule",
    "end_template",
    "fail_report",
    "finish_report",
    "hand_over_report",
    "keep_drawings",
    "make_report",
    "move_schedule",
    "note_report_progress",
    "recommend",
    "release_report",
    "schedule_report",
    "withdraw_report",
]
