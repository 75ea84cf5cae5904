"""What is left of a file once its format is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta

EMPTY = ""


@dataclass(frozen=True)
class Block:
    """A merged area; every bound is 0-based and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet: row 0 is the first row of the sheet, whether filled or not."""

    name: str
    rows: list[list[Cell]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[Block, ...] = ()
    hidden: bool = False

    def formula(self, row: int, column: int) -> str:
        """The formula that stood in the cell, without its equals sign, or nothing."""
        return self.formulas.get((row, column), "")


@dataclass(frozen=True)
class Book:
    """A whole file; a CSV is a book of one sheet."""

    sheets: tuple[Grid, ...]
