"""Writing one frame: batches come in as they are read, sorted Parquet files go out, in bounded memory.

Rows are first laid down by part, which the pseudonym's first bits tell; each part is then sorted and written.
So the order of rows says nothing about when a case was opened, and memory is that of one part.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from homeward.extracts.frames import Column, Frame, Kind
from homeward.extracts.pseudonyms import BLOCK, LENGTH, Blocks, Pseudonyms, as_letters

TYPES: dict[Kind, Any] = {
    Kind.CODE: pa.string(),
    Kind.MONTH: pa.date32(),
    Kind.COUNT: pa.int32(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
}
ID = pa.binary(BLOCK)
WRITTEN = {Kind.ID: pa.string(), **TYPES}
ROWS_IN_A_GROUP = 250_000


def schema_of(frame: Frame) -> Any:
    """The columns of a frame's files."""
    return pa.schema([(one.name, WRITTEN[one.kind]) for one in frame.columns])


def write_frame(
    frame: Frame, batches: Iterable[Any], into: Path, *, pseudonyms: Pseudonyms, parts: int
) -> Iterator[int]:
    """Write `part-NN.parquet` files of a frame; yields how many rows of each batch were laid down."""
    into.mkdir(mode=0o700, parents=True)
    laid = _Laid(frame, into, parts)
    for batch in batches:
        laid.take(_with_pseudonyms(frame, batch, pseudonyms))
        yield batch.num_rows
    laid.close()
    for part in range(parts):
        laid.write(part)


class _Laid:
    """Rows as they came, one file for each part, before they are sorted."""

    def __init__(self, frame: Frame, into: Path, parts: int) -> None:
        self.frame, self.into, self.parts = frame, into, parts
        fields = [(one.name, ID if one.kind is Kind.ID else TYPES[one.kind]) for one in frame.columns]
        self.schema = pa.schema(fields)
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        self.files = [pa.OSFile(str(self._path(part)), "wb") for part in range(parts)]
        self.writers = [pa.ipc.new_stream(file, self.schema, options=options) for file in self.files]

    def _path(self, part: int) -> Path:
        return self.into / f"part-{part:02}.laid"

    def take(self, table: Any) -> None:
        if self.parts == 1:
            self.writers[0].write_table(table)
            return
        ids = table.column(0).combine_chunks()
        first = np.frombuffer(ids.buffers()[1], dtype=np.uint8, count=len(ids) * BLOCK)[::BLOCK]
        where = first >> (8 - (self.parts.bit_length() - 1))
        order = np.argsort(where, kind="stable")
        table = table.take(pa.array(order))
        ends = np.searchsorted(where[order], np.arange(self.parts), side="right")
        start = 0
        for part, end in enumerate(ends):
            if end > start:
                self.writers[part].write_table(table.slice(start, end - start))
            start = end

    def close(self) -> None:
        for one in (*self.writers, *self.files):
            one.close()

    def write(self, part: int) -> None:
        with pa.OSFile(str(self._path(part)), "rb") as file, pa.ipc.open_stream(file) as rows:
            table = rows.read_all()
        by = [self.frame.columns[0].name, *self.frame.order]
        order = pc.sort_indices(
            _sortable(table, by[0]), sort_keys=[(one, "ascending") for one in ("_", *by[1:])]
        )
        table = _lettered(self.frame, table.take(order))
        target = self.into / f"part-{part:02}.parquet"
        pq.write_table(table, target, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
        target.chmod(0o600)
        self._path(part).unlink()


def _with_pseudonyms(frame: Frame, batch: Any, pseudonyms: Pseudonyms) -> Any:
    columns = [_column(one, batch.column(one.name), pseudonyms) for one in frame.columns]
    return pa.table(columns, names=[one.name for one in frame.columns])


def _column(column: Column, values: Any, pseudonyms: Pseudonyms) -> Any:
    if column.kind is not Kind.ID:
        return values.cast(TYPES[column.kind])
    if values.null_count:
        raise ValueError(f"{column.name} has rows without an id")
    ids = values.cast(ID)
    start = ids.offset * BLOCK
    plain = ids.buffers()[1].to_pybytes()[start : start + len(ids) * BLOCK]
    blocks = pseudonyms.of(column.of, plain).astype(">u8")
    return pa.FixedSizeBinaryArray.from_buffers(ID, len(ids), [None, pa.py_buffer(blocks.tobytes())])


def _sortable(table: Any, first: str) -> Any:
    """The table with the beginning of its first pseudonym as a number: eight bytes order millions of rows."""
    return table.append_column("_", pa.array(_blocks(table.column(first))[:, 0]))


def _lettered(frame: Frame, table: Any) -> Any:
    """The same rows with pseudonyms as letters."""
    for place, one in enumerate(frame.columns):
        if one.kind is Kind.ID:
            table = table.set_column(place, one.name, _strings(_blocks(table.column(place))))
    return table.cast(schema_of(frame))


def _blocks(column: Any) -> Blocks:
    ids = column.combine_chunks()
    if isinstance(ids, pa.ChunkedArray):
        ids = pa.concat_arrays(ids.chunks) if ids.num_chunks else pa.array([], ID)
    found = np.frombuffer(ids.buffers()[1] or b"", dtype=">u8", count=2 * (len(ids) + ids.offset))
    return found[2 * ids.offset :].reshape(-1, 2).astype(np.uint64)


def _strings(blocks: Blocks) -> Any:
    letters = np.ascontiguousarray(as_letters(blocks))
    ends = np.arange(len(blocks) + 1, dtype=np.int32) * LENGTH
    return pa.StringArray.from_buffers(len(blocks), pa.py_buffer(ends), pa.py_buffer(letters))
