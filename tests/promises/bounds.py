"""What "none in so many" says: the true rate lies below about three in so many, 95 times in 100.

Every figure is printed where it arises and, by `conftest.py`, once more in one table when all is through.
"""

import os

FIGURES: list[tuple[str, str]] = []


def full(count: int, least: int = 1) -> int:
    """How many tries the full form makes; HOMEWARD_DRILL_SHARE=0.01 makes a hundredth of them."""
    return max(least, int(count * float(os.environ.get("HOMEWARD_DRILL_SHARE", "1"))))


def none_in(tries: int, what: str, promise: str = "") -> None:
    """Print the figure of a promise that was kept throughout."""
    figure(promise, f"0 in {tries:,} {what}: the true rate is below {3 / tries:.2g} (95 %)")


def figure(promise: str, text: str) -> None:
    """Print what was measured, and keep it for the table at the end."""
    FIGURES.append((promise, text))
    print(f"\n{text}")
