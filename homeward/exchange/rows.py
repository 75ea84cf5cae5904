"""One row of a partner's list, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from homeward.exchange.columns.fields import Field
from homeward.exchange.problem_kinds import CATALOGUE, Kind, Severity, title_of
from homeward.lib.dates import PartialDate, Precision


@dataclass(frozen=True, slots=True)
class RowProblem:
    """`found` is what stood in the file; `suggestion` what it may have meant, never applied unasked."""

    kind: Kind
    field: Field | None
    found: str = ""
    suggestion: str = ""

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.kind].severity

    @property
    def title(self) -> str:
        """The kind's title, with the name of the field."""
        return title_of(self.kind, self.field)


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value whose room comes later, as written; `hint` is a code it may stand for."""

    field: Field
    text: str
    hint: str = ""
    amount_minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row says; `index` counts data rows from 0, `sheet_row` is the row's number in the sheet.

    Values that were refused (placeholders, impossible dates, unknown words) are empty here and stand in
    `problems`. `originals` keeps the file's own spelling wherever it was changed; `held` is by header.
    """

    index: int
    sheet_row: int
    fingerprint: str = ""  # the same for the same words under the same headers, in any file and order
    file_reference: str = ""
    relation: str = ""
    given_names: str = ""
    family_name: str = ""
    native_name: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    nationality: str = ""
    document_number: str = ""
    phone: str = ""
    phone_dialled: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    host_country: str = ""
    return_country: str = ""
    return_type: str = ""
    departure: PartialDate | None = None
    arrival: PartialDate | None = None
    return_place: str = ""
    remarks: str = ""
    held: Mapping[str, HeldValue] | None = None
    originals: Mapping[str, str] | None = None
    problems: tuple[RowProblem, ...] = ()

    @property
    def name(self) -> str:
        """The name as a list would show it."""
        latin = " ".join(part for part in (self.given_names, self.family_name) if part)
        return latin or self.native_name

    @property
    def departed_on(self) -> date | None:
        """The day of departure where it is known to the day."""
        return exact_day(self.departure)

    @property
    def arrived_on(self) -> date | None:
        """The day of arrival where it is known to the day."""
        return exact_day(self.arrival)

    @property
    def is_ready(self) -> bool:
        """True where nothing waits for an answer."""
        return all(problem.severity is Severity.NOTE for problem in self.problems)

    @property
    def can_be_saved(self) -> bool:
        """True unless an error stands against it; open questions only leave values out."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def exact_day(told: PartialDate | None) -> date | None:
    """The day, if it is known to the day."""
    return told.earliest if told is not None and told.precision is Precision.DAY else None
