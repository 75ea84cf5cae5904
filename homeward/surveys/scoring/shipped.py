"""Profiles that come along: provisional, with equal weights, in our own coding."""

from functools import cache
from pathlib import Path

from homeward.surveys.scoring.profile import Profile
from homeward.surveys.scoring.reading import read_profile

HERE = Path(__file__).parent / "profiles"


def shipped_profiles() -> list[str]:
    """The instruments for which a profile comes along."""
    return sorted(path.stem for path in HERE.glob("*.json"))


@cache
def shipped_profile(name: str) -> Profile:
    """The profile that comes along for an instrument."""
    return read_profile((HERE / f"{name}.json").read_bytes())
