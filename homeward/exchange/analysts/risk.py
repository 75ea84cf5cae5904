"""Whether rows may leave: how many people share each combination of identifying answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from homeward.exchange.analysts.rules import LEAST_ALIKE, LEAST_ANSWERS, MOST_RISK
from homeward.exchange.analysts.staging import Staged, quoted


@dataclass(frozen=True)
class Risk:
    """How many at least share each combination (`k`), and how many answers they give (`l`, counted to 2).

    `overall` is the risk that somebody taken at random is found again: the mean over cases of one in how many
    are alike. It takes the file for the whole population, and so errs to the safe side.
    """

    keys: tuple[str, ...]
    cases: int
    k: int
    l: int  # noqa: E741 - its name in the literature
    overall: float
    too_few_alike: int  # cases in combinations of fewer than LEAST_ALIKE
    is_safe: bool

    def as_json(self) -> dict[str, Any]:
        """For the record of the file."""
        return {**asdict(self), "keys": list(self.keys)}


def risk_of(staged: Staged, keys: Sequence[str], sensitive: Sequence[str]) -> Risk:
    """Count combinations of the keys over cases; the rows of one case count once."""
    files = [str(one) for one in staged.files]
    named = ", ".join(quoted(one) for one in keys)
    differing = [f"count(DISTINCT {quoted(one)})" for one in sensitive]
    answers = f"least({', '.join([*differing, str(LEAST_ANSWERS), str(LEAST_ANSWERS)])})"
    told = ", ".join(["case_id", *(quoted(one) for one in dict.fromkeys([*keys, *sensitive]))])
    question = (
        f"SELECT count(*) AS alike, {answers} AS answers FROM "  # noqa: S608
        f"(SELECT DISTINCT {told} FROM read_parquet({files})) " + (f"GROUP BY {named}" if named else "")
    )
    with duckdb.connect() as connection:
        counted = connection.execute(
            "SELECT coalesce(sum(alike), 0), coalesce(min(alike), 0), coalesce(min(answers), 0), "  # noqa: S608
            "coalesce(count(*) / sum(alike), 0), "
            f"coalesce(sum(alike) FILTER (WHERE alike < {LEAST_ALIKE}), 0) FROM ({question}) WHERE alike > 0"
        ).fetchall()
    ((cases, k, answers_least, overall, too_few),) = counted
    is_safe = bool(k >= LEAST_ALIKE and answers_least >= LEAST_ANSWERS and overall < MOST_RISK)
    return Risk(tuple(keys), int(cases), int(k), int(answers_least), float(overall), int(too_few), is_safe)
