"""Rates of response, cooperation, refusal and contact, as AAPOR's Standard Definitions count them.

Rates are between 0 and 1; None where nobody is in the denominator. Source: AAPOR (2023), Standard
Definitions, 10th edition, for samples of named people; checked by hand, not by AAPOR.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """How many of a sample ended how. `eligible` of the unknown are taken to belong to the frame, 0 to 1."""

    interviews: int
    partial: int = 0
    refusals: int = 0
    non_contacts: int = 0
    others: int = 0
    unknown: int = 0
    eligible: float = 1.0

    def __post_init__(self) -> None:
        numbers = (
            self.interviews,
            self.partial,
            self.refusals,
            self.non_contacts,
            self.others,
            self.unknown,
        )
        if min(numbers) < 0 or not 0 <= self.eligible <= 1:
            raise ValueError("counts from 0 on, a share from 0 to 1")

    @property
    def known(self) -> int:
        """Everybody who is known to belong to the frame."""
        return self.interviews + self.partial + self.refusals + self.non_contacts + self.others


def response_rate(
    given: Dispositions, *, with_partial: bool = False, all_unknown: bool = False
) -> float | None:
    """Interviews over everybody who belongs: RR3, with partial ones RR4; RR1 and RR2 with `all_unknown`."""
    unknown = given.unknown * (1.0 if all_unknown else given.eligible)
    return _rate(given.interviews + (given.partial if with_partial else 0), given.known + unknown)


def cooperation_rate(given: Dispositions) -> float | None:
    """Interviews, partial ones too, over those who were spoken with: COOP2."""
    spoken = given.interviews + given.partial + given.refusals + given.others
    return _rate(given.interviews + given.partial, spoken)


def refusal_rate(given: Dispositions) -> float | None:
    """Refusals over everybody who belongs: REF2."""
    return _rate(given.refusals, given.known + given.unknown * given.eligible)


def contact_rate(given: Dispositions) -> float | None:
    """Those who were spoken with over everybody who belongs: CON2."""
    spoken = given.interviews + given.partial + given.refusals + given.others
    return _rate(spoken, given.known + given.unknown * given.eligible)


def _rate(part: float, whole: float) -> float | None:
    return part / whole if whole else None
