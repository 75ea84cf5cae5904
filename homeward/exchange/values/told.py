"""What reading one cell comes to."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from homeward.exchange.problem_kinds import Kind

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Told(Generic[Value]):
    """A value or none; a problem says why it is none, or what to know about it."""

    value: Value | None = None
    problem: Kind | None = None
    suggestion: str = ""
