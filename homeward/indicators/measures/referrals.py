"""Measures of referrals: whether services answer, take people, and whether the person says it came about."""

from collections.abc import Mapping
from typing import Any

from homeward.indicators.measures.tables import Tables, index, truth

Given = Mapping[str, Any]
TAKEN = ("accepted", "started", "completed")
STANDS = {"accepted": TAKEN, "declined": ("declined",), "completed": ("completed",)}
DAYS_OF_A_MONTH = 28


def referrals_answered_within(t: Tables, given: Given) -> Any:
    days = int(given["days"])
    rows = t.frame("referrals")
    # The day of sending is not known, only its month: the clock has surely run out after this many months.
    passed = index(rows.sent_month) + 1 + -(-days // DAYS_OF_A_MONTH) <= t.made
    rows = rows.filter(passed & ~rows.answer.isin(("recalled",)))
    in_time = (rows.reply_days <= days).fill_null(False)  # noqa: FBT003
    return rows.select("case_id", month="sent_month", x=truth(in_time), y=truth(rows.answer != ""))


def referrals_reply_days(t: Tables, given: Given) -> Any:
    rows = t.frame("referrals")
    rows = rows.filter(rows.reply_days.notnull())
    return rows.select("case_id", month="sent_month", x=rows.reply_days.cast("float64"))


def referrals_with_answer(t: Tables, given: Given) -> Any:
    rows = t.frame("referrals")
    rows = rows.filter(rows.reply_days.notnull())
    fits = rows.answer.isin(STANDS[given["answer"]])
    return rows.select("case_id", month="sent_month", x=truth(fits), y=truth(rows.answer != ""))


def referrals_confirmed(t: Tables, given: Given) -> Any:
    rows = t.frame("referrals")
    asked = truth(rows.is_confirmed.notnull()).nullif(0)
    return rows.select("case_id", month="sent_month", x=truth(rows.is_confirmed), y=asked)


FUNCTIONS = {
    "referrals_answered_within": referrals_answered_within,
    "referrals_reply_days": referrals_reply_days,
    "referrals_with_answer": referrals_with_answer,
    "referrals_confirmed": referrals_confirmed,
}
EVENTS = tuple(FUNCTIONS)
