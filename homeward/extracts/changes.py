"""What changed since the extract that one follows: new cases, changed ones, and those that are gone."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from homeward.extracts.frames import FRAMES

CHANGES = "changes.parquet"
BY_CASE = [frame.name for frame in FRAMES if frame.columns[0].name == "case_id"]


def write_changes(
    before: Mapping[str, Sequence[Path]], after: Mapping[str, Sequence[Path]], into: Path
) -> dict[str, int]:
    """Write `case_id` and `change` (new, changed, gone) of each case that is not as it was; how many."""
    told = " UNION ".join(
        f"(SELECT case_id FROM ({_rows(after[name])} EXCEPT ALL {_rows(before[name])}) "  # noqa: S608
        f"UNION SELECT case_id FROM ({_rows(before[name])} EXCEPT ALL {_rows(after[name])}))"
        for name in BY_CASE
    )
    question = (
        f"SELECT t.case_id, CASE WHEN b.case_id IS NULL THEN 'new' WHEN a.case_id IS NULL THEN 'gone' "  # noqa: S608
        f"ELSE 'changed' END AS change FROM ({told}) t "
        f"LEFT JOIN ({_rows(before['cases'])}) b USING (case_id) "
        f"LEFT JOIN ({_rows(after['cases'])}) a ON a.case_id = t.case_id ORDER BY t.case_id"
    )
    with duckdb.connect() as engine:
        engine.execute(f"COPY ({question}) TO '{into}' (FORMAT parquet, COMPRESSION zstd)")
        counted = engine.execute(
            f"SELECT change, count(*) FROM '{into}' GROUP BY change ORDER BY change"  # noqa: S608
        ).fetchall()
    into.chmod(0o600)
    return {str(change): int(count) for change, count in counted}


def _rows(files: Sequence[Path]) -> str:
    return f"SELECT * FROM read_parquet({[str(one) for one in files]})"  # noqa: S608
