"""Correlations of answers that have an order but no distance."""

from collections.abc import Callable, Sequence
from math import asin, cos, exp, fsum, inf, log, pi, sin, sqrt
from statistics import NormalDist

NORMAL = NormalDist()
MOST = 0.999  # beyond it the likelihood of a table is flat
TOLERANCE = 1e-6
EMPTY_CELL = 0.5
LEAST_PROBABILITY = 1e-12
# Gauss-Legendre nodes and weights on [-1, 1], 20 points: the positive half (Abramowitz & Stegun, table 25.4).
HALF = (
    (0.076526521133497, 0.152753387130726),
    (0.227785851141645, 0.149172986472604),
    (0.373706088715420, 0.142096109318382),
    (0.510867001950827, 0.131688638449177),
    (0.636053680726515, 0.118194531961518),
    (0.746331906460151, 0.101930119817240),
    (0.839116971822219, 0.083276741576705),
    (0.912234428251326, 0.062672048334109),
    (0.963971927277914, 0.040601429800387),
    (0.993128599185095, 0.017614007139152),
)
Table = Sequence[Sequence[float]]


def bivariate_normal(h: float, k: float, rho: float) -> float:
    """The probability that two standard normal variables of correlation `rho` are below h and below k.

    h, k: any number or infinity; rho: -1 to 1, both excluded (ValueError). Error below 1e-7 for |rho| up
    to 0.999. Source: Drezner & Wesolowsky (1990), J. Stat. Comput. Simul. 35, as by Genz (2004).
    """
    if not -1 < rho < 1:
        raise ValueError("rho is between -1 and 1")
    if -inf in (h, k):
        return 0.0
    if inf in (h, k):
        return NORMAL.cdf(min(h, k))
    reach, squares, product = asin(rho) / 2, h * h + k * k, 2 * h * k
    total = 0.0
    for node, weight in HALF:
        for at in (1 - node, 1 + node):
            sine, cosine = sin(reach * at), cos(reach * at)
            total += weight * exp((product * sine - squares) / (2 * cosine * cosine))
    return NORMAL.cdf(h) * NORMAL.cdf(k) + total * reach / (2 * pi)


def polychoric(table: Table) -> float:
    """The correlation of two normal variables behind a table of counts of two ordered answers.

    table: rows are the answers to one question in their order, columns those to the other; counts, at
    least 2 x 2 after rows and columns without counts are left out (ValueError). An empty cell counts as
    half an answer, as in R's psych. Two steps: thresholds from the margins, then the correlation of most
    likelihood, to 1e-6, within ±0.999. Source: Olsson (1979), Psychometrika 44(4), 443-460.
    """
    counts = _without_empty(table)
    if len(counts) < 2 or len(counts[0]) < 2:
        raise ValueError("an answer that everybody gives correlates with nothing")
    counts = [[cell or EMPTY_CELL for cell in row] for row in counts]
    rows = _thresholds([fsum(row) for row in counts])
    columns = _thresholds([fsum(column) for column in zip(*counts, strict=True)])
    return _highest(lambda rho: _likelihood(counts, rows, columns, rho), -MOST, MOST)


def pearson(x: Sequence[float], y: Sequence[float]) -> float:
    """The product-moment correlation of two equally long sequences; ValueError where one never varies."""
    if len(x) != len(y) or len(x) < 2:
        raise ValueError("two sequences of one length, of at least two numbers")
    mean_x, mean_y = fsum(x) / len(x), fsum(y) / len(y)
    across = fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    spread = fsum((a - mean_x) ** 2 for a in x) * fsum((b - mean_y) ** 2 for b in y)
    if spread <= 0:
        raise ValueError("what never varies correlates with nothing")
    return across / sqrt(spread)


def _without_empty(table: Table) -> list[list[float]]:
    rows = [list(row) for row in table if any(row)]
    kept = [place for place in range(len(rows[0]) if rows else 0) if any(row[place] for row in rows)]
    return [[row[place] for place in kept] for row in rows]


def _thresholds(margin: Sequence[float]) -> list[float]:
    """Where the variable behind passes from one answer to the next, with both infinities around."""
    whole, below, found = fsum(margin), 0.0, [-inf]
    for count in margin[:-1]:
        below += count
        found.append(NORMAL.inv_cdf(below / whole))
    return [*found, inf]


def _likelihood(counts: Table, rows: Sequence[float], columns: Sequence[float], rho: float) -> float:
    corners = [[bivariate_normal(h, k, rho) for k in columns] for h in rows]
    return fsum(
        count
        * log(
            max(
                corners[i + 1][j + 1] - corners[i][j + 1] - corners[i + 1][j] + corners[i][j],
                LEAST_PROBABILITY,
            )
        )
        for i, row in enumerate(counts)
        for j, count in enumerate(row)
    )


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak is highest: by golden sections."""
    golden = (sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > TOLERANCE:
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = function(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = function(left)
    return (low + high) / 2
