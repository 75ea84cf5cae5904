"""Which moves a record may make from one state to the next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from homeward.lib.problems import WrongState

State = TypeVar("State", bound=StrEnum)


def check_move(moves: Mapping[State, frozenset[State]], now: State, wanted: State) -> None:
    """Raise WrongState unless `moves` lets `now` become `wanted`."""
    if wanted not in moves[now]:
        raise WrongState
