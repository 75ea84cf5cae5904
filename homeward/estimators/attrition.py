"""Whether those lost to an asking can tip a comparison, by how many are lost and how unevenly."""

import numpy as np

from homeward.estimators.refusals import CannotEstimate

# The What Works Clearinghouse's cautious bound: the overall share lost, and the difference between groups
# that it still allows (Procedures Handbook, attrition bound under cautious assumptions).
OVERALL = np.array([0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.56, 0.57])
ALLOWED = np.array(
    [0.057, 0.061, 0.063, 0.059, 0.054, 0.048, 0.041, 0.033, 0.026, 0.018, 0.010, 0.003, 0.002, 0.0]
)


def excess_attrition(lost_treated: float, lost_control: float, share_treated: float = 0.5) -> float:
    """By how much the difference between both shares lost is above what the overall share lost allows.

    lost_treated, lost_control: shares of each group without an outcome, 0 to 1; share_treated: of everybody.
    Below 0 where it is within the bound; nothing is allowed where more than 57% are lost.
    """
    shares = (lost_treated, lost_control, share_treated)
    if not all(0 <= one <= 1 for one in shares):
        raise CannotEstimate("share_out_of_range", {"from": 0, "to": 1})
    overall = share_treated * lost_treated + (1 - share_treated) * lost_control
    return float(abs(lost_treated - lost_control) - np.interp(overall, OVERALL, ALLOWED))
