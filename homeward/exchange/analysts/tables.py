"""What every writer is given: variables, and rows in batches with the reason of each gap beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from homeward.exchange.analysts.rules import MISSING_WORDS, Missing
from homeward.extracts.frames import Kind

GAP = "!gap"  # a column beside each other one: 0 where there is a value, else a Missing


@dataclass(frozen=True)
class Variable:
    """One column of an analysis file; `codes` are all that a code can be, in the order of their numbers."""

    name: str
    label: str
    kind: Kind
    codes: tuple[str, ...] = ()
    unit: str = ""
    width: int = 0  # bytes of the longest pseudonym or text


@dataclass(frozen=True)
class Table:
    """Rows to write. `batches` begins anew at each call; `about` are facts for whoever reads the file."""

    name: str
    title: str
    words: str
    variables: tuple[Variable, ...]
    rows: int
    batches: Callable[[], Iterator[Any]] = field(repr=False)
    about: tuple[tuple[str, str], ...] = ()


def gap_of(name: str) -> str:
    """The name of the column that says why values of `name` are not there."""
    return name + GAP


def labelled_gaps(variable: Variable) -> tuple[tuple[Missing, str], ...]:
    """The kinds of missing of a variable with their words; ids are always there."""
    if variable.kind is Kind.ID:
        return ()
    return tuple((one, MISSING_WORDS[one]) for one in Missing)


def shortened(names: tuple[str, ...], longest: int) -> dict[str, str]:
    """A name of at most `longest` bytes for each: itself where it fits, else its beginning and a number."""
    given: dict[str, str] = {}
    taken = {one for one in names if len(one.encode()) <= longest}
    for one in names:
        short, number = one, 1
        while (short != one and short in taken) or len(short.encode()) > longest:
            tail = f"_{number}"
            short, number = cut(one, longest - len(tail)) + tail, number + 1
        taken.add(short)
        given[one] = short
    return given


def cut(text: str, longest: int) -> str:
    """The text in at most so many bytes of UTF-8, no sign cut in two."""
    return text.encode()[:longest].decode(errors="ignore")
