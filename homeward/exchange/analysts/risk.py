"""Whether rows may leave: how many people share each combination of identifying answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from homeward.exchange.analysts.rules import LEAST_ALIKE, LEAST_ANSWERS, MOST_RISK
from homeward.exchange.analysts.staging import PERSON, Staged, quoted


@dataclass(frozen=True)
class Risk:
    """How many people at least share each combination (`k`), and how many answers they give (`l`, to 2).

    `overall` is the risk that somebody taken at random is found again: the mean over people of one in how
    many are alike. It takes the file for the whole population, and so errs to the safe side. Who stands in
    several combinations, with several cases, counts in each.
    """

    keys: tuple[str, ...]
    people: int
    k: int
    l: int  # noqa: E741 - its name in the literature
    overall: float
    too_few_alike: int  # people in combinations of fewer than LEAST_ALIKE
    is_safe: bool

    def as_json(self) -> dict[str, Any]:
        """For the record of the file."""
        return {**asdict(self), "keys": list(self.keys)}


def risk_of(staged: Staged, keys: Sequence[str], sensitive: Sequence[str]) -> Risk:
    """Count combinations of the keys over people; somebody's rows and cases that are alike count once."""
    files = [str(one) for one in staged.files]
    named = ", ".join(quoted(one) for one in keys)
    differing = [f"count(DISTINCT {quoted(one)})" for one in sensitive]
    answers = f"least({', '.join([*differing, str(LEAST_ANSWERS), str(LEAST_ANSWERS)])})"
    question = (
        f"SELECT count(DISTINCT {quoted(PERSON)}) AS alike, {answers} AS answers "  # noqa: S608
        f"FROM read_parquet({files}) " + (f"GROUP BY {named}" if named else "")
    )
    with duckdb.connect() as connection:
        counted = connection.execute(
            "SELECT coalesce(sum(alike), 0), coalesce(min(alike), 0), coalesce(min(answers), 0), "  # noqa: S608
            "coalesce(count(*) / sum(alike), 0), "
            f"coalesce(sum(alike) FILTER (WHERE alike < {LEAST_ALIKE}), 0) FROM ({question}) WHERE alike > 0"
        ).fetchall()
    ((people, k, answers_least, overall, too_few),) = counted
    is_safe = bool(k >= LEAST_ALIKE and answers_least >= LEAST_ANSWERS and overall < MOST_RISK)
    return Risk(tuple(keys), int(people), int(k), int(answers_least), float(overall), int(too_few), is_safe)
