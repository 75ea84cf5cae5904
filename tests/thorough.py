"""What `make test` looks at a part of, and `make thorough` at all of."""

import os
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

Thing = TypeVar("Thing")
IS_THOROUGH = os.environ.get("HOMEWARD_THOROUGH") == "1"


def some(things: Sequence[Thing], of: str) -> Sequence[Thing]:
    """All of them when thorough; else one, by the name of what is looked at: the same one each time."""
    return things if IS_THOROUGH or not things else [things[crc32(of.encode()) % len(things)]]
