"""Writing one file from the frames of a ready extract, into a directory of its own."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from homeward.exchange.analysts.codebooks import write_codebook
from homeward.exchange.analysts.delimited import PACKAGE, ROWS, data_package, write_csv
from homeward.exchange.analysts.risk import risk_of
from homeward.exchange.analysts.rules import SUFFIX, AnalystAudience, AnalystFormat, AnalystUnit
from homeward.exchange.analysts.spss import write_spss
from homeward.exchange.analysts.staging import Staged, as_table, stage
from homeward.exchange.analysts.stata import write_stata
from homeward.exchange.analysts.tables import Table
from homeward.exchange.analysts.variables import keys_of, sensitive_of
from homeward.extracts.files import digest_of
from homeward.extracts.queries import Frames

CODEBOOK = "codebook.xml"
WORDS = {
    AnalystUnit.CASE: "One row for each case; scores stand in a column for each round.",
    AnalystUnit.CASE_ROUND: "One row for each visit that a case was due for, round by round.",
}
Note = Callable[[int], None]


@dataclass(frozen=True)
class Wanted:
    """What is written: no `columns` means all that may be; `keys` count beside those always counted."""

    format: AnalystFormat
    unit: AnalystUnit = AnalystUnit.CASE
    audience: AnalystAudience = AnalystAudience.INSIDE
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Made:
    """What came of it: a file, or nothing but the risk that kept it back."""

    file: Path | None
    rows: int
    sha256: str = ""
    size_bytes: int = 0
    risk: Mapping[str, Any] = field(default_factory=dict)


def make(frames: Frames, wanted: Wanted, into: Path, *, at: datetime, note: Note = lambda rows: None) -> Made:
    """Write the file; rows for outside are counted first, and none is written when people could be found."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(mode=0o700, parents=True)
    laid = into / "laid"
    try:
        staged = stage(frames.files, wanted.unit, wanted.columns, laid, audience=wanted.audience)
        risk: dict[str, Any] = {}
        if wanted.audience is AnalystAudience.OUTSIDE:
            keys = keys_of(staged.columns, wanted.keys)
            counted = risk_of(staged, keys, sensitive_of(staged.columns))
            risk = counted.as_json()
            if not counted.is_safe:
                return Made(None, staged.rows, risk=risk)
        table = _table(frames, wanted, staged)
        file = into / f"{table.name}.{SUFFIX[wanted.format]}"
        WRITERS[wanted.format](table, file, at, note)
    finally:
        shutil.rmtree(laid, ignore_errors=True)
    file.chmod(0o600)
    return Made(file, staged.rows, digest_of(file), file.stat().st_size, risk)


def _table(frames: Frames, wanted: Wanted, staged: Staged) -> Table:
    told = frames.manifest
    about = [("Extract", str(told.get("extract_id", ""))), ("Made at", str(told.get("made_at", "")))]
    about += [("Version of the code", str(told.get("code_version", ""))), *wanted.about]
    title = (
        f"Returns and reintegration, {'cases by round' if wanted.unit is AnalystUnit.CASE_ROUND else 'cases'}"
    )
    return as_table(
        staged,
        name=f"{wanted.unit.value.replace('_', '-')}s",
        title=title,
        words=WORDS[wanted.unit],
        about=tuple(about),
    )


def _zipped(table: Table, file: Path, at: datetime, note: Note) -> None:
    """Rows, data package and codebook in one archive."""
    directory = file.parent
    write_csv(table, directory / ROWS, note=note)
    rows = directory / ROWS
    package = data_package(table, sha256=digest_of(rows), size_bytes=rows.stat().st_size)
    (directory / PACKAGE).write_text(package, encoding="utf-8")
    write_codebook(table, directory / CODEBOOK, at=at, file_name=ROWS)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        for name in (ROWS, PACKAGE, CODEBOOK):
            archive.write(directory / name, name)
            (directory / name).unlink()


def _stata(table: Table, file: Path, at: datetime, note: Note) -> None:
    write_stata(table, file, at=at, note=note)


def _spss(table: Table, file: Path, at: datetime, note: Note) -> None:
    write_spss(table, file, at=at, note=note)


def _codebook(table: Table, file: Path, at: datetime, note: Note) -> None:
    write_codebook(table, file, at=at, file_name=ROWS)
    note(table.rows)


WRITERS: Mapping[AnalystFormat, Callable[[Table, Path, datetime, Note], None]] = {
    AnalystFormat.CSV: _zipped,
    AnalystFormat.STATA: _stata,
    AnalystFormat.SPSS: _spss,
    AnalystFormat.DDI: _codebook,
}
