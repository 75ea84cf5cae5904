"""Laying the rows of an analysis file down, part by part, in bounded memory.

The frames of an extract are divided by the first sign of the case's pseudonym, all alike, so that a part of
each holds the same cases: one part is joined at a time. What goes outside is then given other pseudonyms
under a key that nobody keeps, and sorted by them: two files that left cannot be joined by case or by place.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from homeward.exchange.analysts.rules import AnalystAudience, AnalystUnit
from homeward.exchange.analysts.tables import Table, Variable, gap_of
from homeward.exchange.analysts.variables import Chosen, chosen
from homeward.extracts.frames import Kind

MEMORY = "400MB"
THREADS = 2
IN_A_BATCH = 50_000
PERSON = "!person"  # whose case a row is of: for counting people; no writer takes it
ID_LENGTH = 26
TYPES = {
    Kind.ID: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.MONTH: "DATE",
    Kind.COUNT: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.FLAG: "BOOLEAN",
}
Files = Mapping[str, Sequence[Path]]


@dataclass(frozen=True)
class Staged:
    """Rows laid down as Parquet, with what is known of their columns."""

    columns: tuple[Chosen, ...]
    files: tuple[Path, ...]
    rows: int

    def batches(self) -> Iterator[Any]:
        """The rows from the beginning, some thousands at a time."""
        for one in self.files:
            with pq.ParquetFile(one) as opened:
                yield from opened.iter_batches(IN_A_BATCH)


def stage(
    files: Files,
    unit: AnalystUnit,
    wanted: Sequence[str],
    into: Path,
    *,
    audience: AnalystAudience = AnalystAudience.INSIDE,
    note: Callable[[int], None] = lambda rows: None,
) -> Staged:
    """Lay the wanted rows down in `into`; `note` is told after each part how many there are."""
    into.mkdir(mode=0o700, parents=True)
    with engine(into) as connection:
        columns = chosen(
            unit, wanted, rounds_of(connection, files) if unit is AnalystUnit.CASE else (), audience
        )
        made, rows = [], 0
        for number, part in enumerate(parts_of(files)):
            target = into / f"part-{number:02}.parquet"
            rows += _lay_down(connection, query(unit, columns, part), target)
            made.append(target)
            note(rows)
        if audience is AnalystAudience.OUTSIDE:
            made = [_shuffled(connection, columns, made, into / "shuffled.parquet")]
    return Staged(columns, tuple(made), rows)


def engine(directory: Path) -> Any:
    """An engine that spills to `directory` what does not fit into its memory."""
    spilled = str(directory / "spilled")
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": THREADS, "temp_directory": spilled})


def as_table(
    staged: Staged, *, name: str, title: str, words: str, about: tuple[tuple[str, str], ...]
) -> Table:
    """What writers are given, with every code that stands in the rows."""
    with duckdb.connect() as connection:
        variables = tuple(_variable(connection, one, staged.files) for one in staged.columns)
    return Table(name, title, words, variables, staged.rows, staged.batches, about)


def parts_of(files: Files) -> list[Files]:
    """The same files part by part, where the frames are divided alike; persons are whole in each."""
    alike = {len(one) for name, one in files.items() if name != "persons"}
    if len(alike) != 1:
        return [files]
    return [
        {name: one if name == "persons" else (one[place],) for name, one in files.items()}
        for place in range(alike.pop())
    ]


def rounds_of(connection: Any, files: Files) -> tuple[str, ...]:
    """The rounds there are, by when they are due."""
    if not files.get("visits"):
        return ()
    found = connection.execute(
        f"SELECT round FROM {_read(files['visits'])} WHERE round IS NOT NULL "  # noqa: S608
        "GROUP BY round ORDER BY min(months), round"
    ).fetchall()
    return tuple(code for (code,) in found)


def query(unit: AnalystUnit, columns: Sequence[Chosen], files: Files) -> str:
    """The rows of one part as SQL: every column with the reason of its gap beside it."""
    told = ", ".join(_told(one) for one in columns)
    expressions = " ".join(f"{one.value} {one.gap}" for one in columns)
    joins = " ".join(join for alias, join in _joins(unit, columns, files) if f"{alias}." in expressions)
    first = f"FROM {_read(files['cases'])} c"
    order = "c.case_id"
    if unit is AnalystUnit.CASE_ROUND:
        first = f"FROM {_read(files['visits'])} v JOIN {_read(files['cases'])} c ON c.case_id = v.case_id"
        order = "c.case_id, v.due_month, v.round, v.visit_id"
    return f"SELECT {told}, c.person_id AS {quoted(PERSON)} {first} {joins} ORDER BY {order}"  # noqa: S608


def _told(one: Chosen) -> str:
    gap = f"CASE WHEN ({one.value}) IS NULL THEN {one.gap} ELSE 0 END"
    value = f"CAST({one.value} AS {TYPES[one.kind]}) AS {quoted(one.name)}"
    return f"{value}, CAST({gap} AS UTINYINT) AS {quoted(gap_of(one.name))}"


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _joins(unit: AnalystUnit, columns: Sequence[Chosen], files: Files) -> Iterator[tuple[str, str]]:
    def of(frame: str, what: str, rest: str = "") -> str:
        return f"(SELECT {what} FROM {_read(files[frame])} {rest})" if files.get(frame) else ""  # noqa: S608

    latest = "QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY {}) = 1"
    sources = {
        "l": of("plans", "*", latest.format("version DESC")),
        "d": of("deliveries", "case_id, count(*) AS deliveries", "GROUP BY case_id"),
        "k": of(
            "costs",
            "case_id, sum(amount_eur) AS paid_eur, count(*) - count(amount_eur) AS uncounted",
            "GROUP BY case_id",
        ),
        "r": of("referrals", "case_id, count(*) AS referrals", "GROUP BY case_id"),
        "m": of(
            "movements", "*", "WHERE kind = 'remigrated' AND is_over IS NOT TRUE " + latest.format("month")
        ),
        "b": of("businesses", "*", latest.format("months DESC")),
    }
    yield "p", f"LEFT JOIN {_read(files['persons'])} p ON p.person_id = c.person_id"
    for alias, source in sources.items():
        empty = f"(SELECT NULL::VARCHAR AS case_id, {EMPTY[alias]} WHERE false)"  # noqa: S608
        yield alias, f"LEFT JOIN {source or empty} {alias} ON {alias}.case_id = c.case_id"
    if unit is AnalystUnit.CASE_ROUND:
        yield "s", f"LEFT JOIN {_scores(files)} s ON s.visit_id = v.visit_id"
        return
    for alias in dict.fromkeys(one.name.partition("_at_")[2] for one in columns if "_at_" in one.name):
        yield from _of_round(alias, files)


# What a frame that is not there would have held.
EMPTY = {
    "l": "NULL::BIGINT AS activities, NULL::DOUBLE AS cost, NULL::VARCHAR AS currency",
    "d": "NULL::BIGINT AS deliveries",
    "k": "NULL::DOUBLE AS paid_eur, NULL::BIGINT AS uncounted",
    "r": "NULL::BIGINT AS referrals",
    "m": "NULL::DATE AS month, NULL::VARCHAR AS necessity",
    "b": "NULL::VARCHAR AS state, NULL::BIGINT AS jobs",
}


def _of_round(alias: str, files: Files) -> Iterator[tuple[str, str]]:
    """The visit of a round that was made, else the first one due, and its score."""
    visit, score = f'"v_{alias}"', f'"s_{alias}"'
    yield (
        visit,
        f"LEFT JOIN (SELECT * FROM {_read(files['visits'])} "  # noqa: S608
        f"WHERE regexp_replace(round, '[^0-9A-Za-z_]', '_', 'g') = '{alias}' "
        "QUALIFY row_number() OVER (PARTITION BY case_id "
        "ORDER BY state = 'done' DESC, due_month, visit_id) = 1) "
        f"{visit} ON {visit}.case_id = c.case_id",
    )
    yield score, f"LEFT JOIN {_scores(files)} {score} ON {score}.visit_id = {visit}.visit_id"


def _scores(files: Files) -> str:
    """One score for each visit: of the newest profile."""
    return (
        f"(SELECT * FROM {_read(files['scores'])} QUALIFY row_number() OVER "  # noqa: S608
        "(PARTITION BY visit_id ORDER BY profile_version DESC, instrument) = 1)"
    )


def _lay_down(connection: Any, question: str, target: Path) -> int:
    (rows,) = connection.execute(
        f"COPY ({question}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    target.chmod(0o600)
    return int(rows)


def _shuffled(connection: Any, columns: Sequence[Chosen], made: Sequence[Path], target: Path) -> Path:
    """The same rows under other pseudonyms, in their order; the key is forgotten here."""
    key = secrets.token_hex(32)
    ids = [*(one.name for one in columns if one.kind is Kind.ID), PERSON]
    changed = ", ".join(
        f"left(sha256('{key}{one}' || {quoted(one)}), {ID_LENGTH}) AS {quoted(one)}" for one in ids
    )
    first = quoted(columns[0].name)
    more = ', "round"' if any(one.name == "round" for one in columns) else ""
    _lay_down(
        connection,
        f"SELECT * REPLACE ({changed}) FROM {_read(made)} ORDER BY {first}{more}",  # noqa: S608
        target,
    )
    for one in made:
        one.unlink()
    return target


def _variable(connection: Any, column: Chosen, files: Sequence[Path]) -> Variable:
    codes = column.codes
    if column.kind is Kind.CODE:
        found = connection.execute(
            f"SELECT DISTINCT {quoted(column.name)} AS code FROM {_read(files)} "  # noqa: S608
            "WHERE code IS NOT NULL ORDER BY code"
        ).fetchall()
        codes = tuple(dict.fromkeys([*codes, *(code for (code,) in found)]))
    width = ID_LENGTH if column.kind is Kind.ID else 0
    return Variable(column.name, column.label, column.kind, codes, column.unit, width)


def _read(files: Sequence[Path]) -> str:
    return f"read_parquet({[str(one) for one in files]})"
