"""The codebook: every frame and column in words, made from the table that defines them."""

from collections.abc import Iterator

from homeward.extracts.frames import FRAMES, Column, Frame, Kind

KINDS = {
    Kind.ID: "pseudonym, 26 signs, another one in each extract that is not linked",
    Kind.CODE: "code",
    Kind.MONTH: "month, as its first day",
    Kind.COUNT: "whole number",
    Kind.NUMBER: "number",
    Kind.FLAG: "true or false",
}
OPENING = """# Codebook

Frames of an extract: what each holds, column by column. No names, no days, no free text: when something was
is told by the month, how long a stage lasted by the week. An empty cell means that it is not known, or not
shown to the organisation that asked; it never means zero or no.

Left out: people whose records are restricted by anybody and people who object and were not refused, under
every record that was joined with theirs; and everybody whose data was erased.
"""


def codebook() -> str:
    """The codebook as Markdown."""
    return "\n".join([OPENING, *(line for frame in FRAMES for line in _of_frame(frame))])


def _of_frame(frame: Frame) -> Iterator[str]:
    yield f"## {frame.name}\n\n{frame.words}\n\n| column | holds | in words |\n|---|---|---|"
    yield from (_row(one) for one in frame.columns)
    yield ""


def _row(column: Column) -> str:
    holds = KINDS[column.kind] + (f" ({column.unit})" if column.unit else "")
    values = f" One of: {', '.join(column.values)}." if column.values else ""
    return f"| `{column.name}` | {holds} | {column.words}{values} |"
