"""What leaves: every frame with every column. Codebook, manifest and tests are made from this."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"  # a pseudonym, of its own for each extract
    CODE = "code"
    MONTH = "month"  # the first day of a month; no day leaves
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column: `of` names whose pseudonym an id is, `values` what a code can be where that is fixed."""

    name: str
    kind: Kind
    words: str
    of: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Frame:
    """One table. The first column is the pseudonym that rows are divided and sorted by, then `order`."""

    name: str
    words: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.columns})


def _id(name: str, of: str, words: str) -> Column:
    return Column(name, Kind.ID, words, of=of)


def _code(name: str, words: str, *values: str) -> Column:
    return Column(name, Kind.CODE, words, values=values)


def _month(name: str, words: str) -> Column:
    return Column(name, Kind.MONTH, words)


def _count(name: str, words: str, unit: str = "") -> Column:
    return Column(name, Kind.COUNT, words, unit=unit)


def _number(name: str, words: str, unit: str = "") -> Column:
    return Column(name, Kind.NUMBER, words, unit=unit)


def _flag(name: str, words: str) -> Column:
    return Column(name, Kind.FLAG, words)


AGE_BANDS = ("0-11", "12-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
SEXES = ("female", "male", "other", "unknown")
STAGES = (
    "enquiry",
    "counselling",
    "application",
    "accepted",
    "pre_departure",
    "travelling",
    "arrived",
    "planning",
    "reintegrating",
    "closed",
    "monitoring",
)
SIDES = ("economic", "social", "psychosocial")
CASE = _id("case_id", "case", "The case: one person, one return, one lead.")
ARRIVAL_MONTHS = _count("months", "Months since the arrival, rounded.", "months")
WINDOW_MONTHS = _count("months", "Months from the arrival to the day it was due, rounded.", "months")


FRAMES: tuple[Frame, ...] = (
    Frame(
        "persons",
        "One row for each person with a case in the extract. Records joined with each other are one person, "
        "told as in the one that the others were joined to, where that has a case here.",
        (
            _id("person_id", "person", "The person."),
            _code("sex", "As recorded.", *SEXES),
            _code(
                "birth_year_band", "The first and last of five years, one of which the person was born in."
            ),
            _code("nationality", "The first nationality recorded, as a country code."),
        ),
    ),
    Frame(
        "cases",
        "One row for each case that the organisation may see.",
        (
            CASE,
            _id("person_id", "person", "Whose case it is."),
            _code("programme", "The programme's code."),
            _count("programme_version", "The version of the programme that applied."),
            _code("destination_country", "The country that the person returned, or wants to return, from."),
            _code("origin_country", "The country of return."),
            _code(
                "district",
                "The place of return: one that the directory of services names, or that at least ten cases "
                "share; other names do not leave.",
            ),
            _code("counselling_partner", "The organisation that held the first counselling."),
            _code("partner", "The organisation that leads the case."),
            _code("sex", "As recorded of the person.", *SEXES),
            _code(
                "age_band",
                "Years of age in the year of application or opening, from the year of birth.",
                *AGE_BANDS,
            ),
            _code(
                "return_basis",
                "On what ground the return is.",
                "voluntary",
                "forced",
                "humanitarian",
                "unknown",
            ),
            _code(
                "group",
                "A circumstance that is not sealed; the first of this list that applies. Empty: not shown to "
                "the organisation.",
                "single_parent",
                "older_person",
                "disability",
                "none",
            ),
            _code(
                "sealed_group",
                "A circumstance that is told apart only above a higher number. Empty: not shown to the "
                "organisation.",
                "trafficking",
                "unaccompanied_child",
                "violence",
                "health",
                "none",
            ),
            _month("applied_month", "When the person applied."),
            _month("departed_month", "When the person left."),
            _month("arrived_month", "When the person arrived."),
            _month("closed_month", "When the case was closed."),
            _code("closure", "Why the case was closed."),
            _code("stage", "Where the case stood on the day of the extract."),
            _flag(
                "is_assisted",
                "Whether anything was delivered or paid. Empty: money is not shown to the organisation.",
            ),
        ),
    ),
    Frame(
        "stages",
        "One row for each stage of the path that a case reached.",
        (
            CASE,
            _code("stage", "The stage.", *STAGES),
            _month("entered_month", "When it was reached."),
            _count(
                "days",
                "Days until the next stage was reached, to the nearest week; empty for the last.",
                "days",
            ),
            _code("next_stage", "The stage that was reached next; empty for the last.", *STAGES),
        ),
        ("entered_month", "stage"),
    ),
    Frame(
        "plans",
        "One row for each version of a plan that was agreed.",
        (
            CASE,
            _count("version", "The number of the version."),
            _month("agreed_month", "When the person agreed."),
            _count("days_to_agree", "Days from beginning the plan to agreeing, to the nearest week.", "days"),
            _count("activities", "Activities in it."),
            *(_count(side, f"Activities of the {side} dimension.") for side in SIDES),
            _number("cost", "Planned cost; empty when it is in several currencies."),
            _code("currency", "The currency of the cost."),
        ),
        ("version",),
    ),
    Frame(
        "deliveries",
        "One row for each delivery that was not reversed.",
        (
            CASE,
            _code("service_type", "The package it belongs to, by the programme's code."),
            _code("dimension", "The dimension of the activity it is for.", *SIDES),
            _code("modality", "How it is given.", "cash", "kind", "service", "cash_or_kind"),
            _month("month", "When it was delivered."),
            _flag(
                "is_confirmed", "Whether the person says that all or part of it came; empty when not asked."
            ),
            _number("amount", "Its worth in `currency`."),
            _code("currency", "The currency of the amount."),
            _code("provider", "The organisation that recorded it."),
        ),
        ("month", "service_type", "amount"),
    ),
    Frame(
        "costs",
        "One row for each payment, and one with a negative amount for each reversal of one.",
        (
            CASE,
            _code("kind", "What it was paid for.", "assistance"),
            _code("modality", "How it is given.", "cash", "kind", "service", "cash_or_kind"),
            _month("month", "When it was booked."),
            _code("currency", "The currency it was paid in."),
            _number("amount", "What was paid, in `currency`."),
            _number(
                "amount_eur",
                "The same in euro, where it was paid or counted in euro; empty otherwise.",
                "EUR",
            ),
            _code("partner", "The organisation that paid."),
        ),
        ("month", "amount"),
    ),
    Frame(
        "referrals",
        "One row for each referral that was sent.",
        (
            CASE,
            _code("service_type", "The need it was for, by the list of needs."),
            _code("provider", "The provider, as the directory names it."),
            _code("district", "Where the service is given, as the directory names it."),
            _month("sent_month", "When it was sent."),
            _count("reply_days", "Days to the first answer; empty while there is none.", "days"),
            _code("answer", "Where it stands, or how it ended."),
            _code("outcome", "What the service says came of it."),
            _flag(
                "is_confirmed", "Whether the person says it was so, at least partly; empty when not asked."
            ),
        ),
        ("sent_month", "service_type"),
    ),
    Frame(
        "visits",
        "One row for each visit or survey that the person of the case was due for.",
        (
            CASE,
            _id("visit_id", "visit", "The visit."),
            _code("round", "The round, by the programme's code."),
            WINDOW_MONTHS,
            _month("due_month", "When it was due."),
            _code("state", "Whether it was made.", "due", "done", "missed", "not_needed"),
            _count("attempts", "Attempts made."),
            _month("reached_month", "When it was made."),
            _code("disposition", "What came of the last attempt, or why it was not needed."),
        ),
        ("due_month", "round"),
    ),
    Frame(
        "scores",
        "One row for each visit that was scored: from 0 to 1, and empty, never 0, where nothing can be said.",
        (
            CASE,
            _id("visit_id", "visit", "The visit it was answered at."),
            _code("round", "The round, by the programme's code."),
            ARRIVAL_MONTHS,
            _code("instrument", "The instrument's code."),
            _count("instrument_version", "Its version."),
            _count("profile_version", "The number of the scoring profile."),
            *(_number(side, f"The {side} score.", "0 to 1") for side in SIDES),
            _number("composite", "The three together.", "0 to 1"),
            *(
                _number(f"{side}_coverage", f"Share of the {side} score that was answered.", "0 to 1")
                for side in SIDES
            ),
            _number("composite_coverage", "Share of the composite that was answered.", "0 to 1"),
        ),
        ("months", "round"),
    ),
    Frame(
        "movements",
        "One row for each time a person left the path: withdrew, did not travel, was lost, moved on or died.",
        (
            CASE,
            _code(
                "kind",
                "What happened.",
                "withdrawn",
                "not_travelled",
                "contact_lost",
                "remigrated",
                "deceased",
            ),
            _code("necessity", "Whether moving on was a choice.", "choice", "necessity", "unknown"),
            _code("route", "By what way somebody moved on.", "regular", "irregular", "unknown"),
            _month("month", "When it happened."),
            _flag("is_over", "Whether it was taken back or ended since."),
        ),
        ("month", "kind"),
    ),
    Frame(
        "businesses",
        "One row for each time somebody saw or heard how a business fares.",
        (
            CASE,
            _code("round", "The round of the visit made on that day; empty when there was none."),
            ARRIVAL_MONTHS,
            _code("state", "How it fares.", "open", "changed", "closed"),
            _count("jobs", "People who work there."),
        ),
        ("months", "state"),
    ),
)
BY_NAME = {frame.name: frame for frame in FRAMES}
