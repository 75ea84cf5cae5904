"""What files for analysts there are, and what a missing value can mean: pure."""

from enum import IntEnum, StrEnum

OTHER = "other"  # what went wrong is in the log of the process
WRITING_JOB = "write_analyst_file"
LEAST_ALIKE = 5  # people who share every identifying answer, in what leaves the organisation
LEAST_ANSWERS = 2  # different sensitive answers among them
MOST_RISK = 0.03  # that somebody, taken at random, is found again


class AnalystFormat(StrEnum):
    """In which form a file is written."""

    CSV = "csv"  # a zip: rows, data package and codebook
    STATA = "dta"
    SPSS = "sav"
    DDI = "ddi"  # the codebook alone
    IATI = "iati"
    EUROSTAT = "eurostat"


class AnalystUnit(StrEnum):
    """What one row of an analysis file is."""

    CASE = "case"
    CASE_ROUND = "case_round"


class AnalystAudience(StrEnum):
    """Who gets the file."""

    INSIDE = "inside"  # evaluators of the organisation that made the extract
    OUTSIDE = "outside"


class AnalystFileState(StrEnum):
    """How far a file is."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    REFUSED = "refused"  # it would have told too much about single people
    FAILED = "failed"


class Missing(IntEnum):
    """Why a value is not there. Written as .a to .d where the format knows such, and labelled everywhere."""

    UNKNOWN = 1
    NOT_APPLICABLE = 2
    NOT_SHOWN = 3
    NOT_REACHED = 4


MISSING_WORDS = {
    Missing.UNKNOWN: "Not known, or not answered",
    Missing.NOT_APPLICABLE: "Does not apply",
    Missing.NOT_SHOWN: "Not shown to the organisation",
    Missing.NOT_REACHED: "Not reached, or not yet due",
}
ROWS_OF_CASES = frozenset({AnalystFormat.CSV, AnalystFormat.STATA, AnalystFormat.SPSS})
COUNTED = frozenset({AnalystFormat.IATI, AnalystFormat.EUROSTAT})
SUFFIX = {
    AnalystFormat.CSV: "zip",
    AnalystFormat.STATA: "dta",
    AnalystFormat.SPSS: "sav",
    AnalystFormat.DDI: "xml",
    AnalystFormat.IATI: "xml",
    AnalystFormat.EUROSTAT: "csv",
}
MEDIA_TYPE = {
    "zip": "application/zip",
    "dta": "application/x-stata-dta",
    "sav": "application/x-spss-sav",
    "xml": "application/xml",
    "csv": "text/csv; charset=utf-8",
}
S = AnalystFileState
MOVES = {
    S.ASKED: frozenset({S.MAKING, S.FAILED}),
    S.MAKING: frozenset({S.MAKING, S.READY, S.REFUSED, S.FAILED}),
    S.READY: frozenset[AnalystFileState](),
    S.REFUSED: frozenset[AnalystFileState](),
    S.FAILED: frozenset[AnalystFileState](),
}


def may_move(before: AnalystFileState, after: AnalystFileState) -> bool:
    """Whether a file may go from one state to the other."""
    return after in MOVES[before]


def sign_of(missing: int) -> str:
    """The sign of a kind of missing: .a to .d, as Stata has them."""
    return "." + "abcd"[missing - 1]
