"""The annex that says where each number comes from, and what every section's writer is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from homeward.reports.documents import Block, BlockKind, Cell, Trace
from homeward.reports.gathering import Sources

SHORT = 12  # letters of a hash in the printed annex; the whole stands in the workbook and in JSON


@dataclass
class Annex:
    """Lines that say where numbers come from, numbered in the order in which they are needed."""

    sources: Sources
    lines: list[Trace] = field(default_factory=list)

    def line(self, what: str, *, spec: str, inputs: str, code: str) -> tuple[int, ...]:
        """A new line, or the one that says the same."""
        extract = self.sources.extract
        known = next((one for one in self.lines if (one.what, one.spec_sha256) == (what, spec)), None)
        if known is None:
            known = Trace(
                len(self.lines) + 1, what, str(extract.id), extract.manifest_sha256, spec, inputs, code
            )
            self.lines.append(known)
        return (known.number,)

    def told(self) -> Iterator[Block]:
        """The annex as it is printed."""
        if not self.lines:
            return
        yield Block(BlockKind.CHAPTER, _("Where each number comes from"))
        head = (_("No."), _("What"), _("Extract"), _("Manifest"), _("Plan"), _("Data"), _("Code"))
        rows = tuple(_row(one) for one in self.lines)
        told = _("Extract, digests and version of the code behind each number, their first signs")
        yield Block(BlockKind.SOURCES, told, head=head, rows=rows)


@dataclass(frozen=True)
class Writing:
    """What every section's writer is given."""

    sources: Sources
    annex: Annex
    code_version: str
    drawn: set[str] = field(default_factory=set)  # figures that stand in it already

    @property
    def language(self) -> str:
        """In which the report is written."""
        return self.sources.report.language


def _row(one: Trace) -> tuple[Cell, ...]:
    digests = (one.extract_id, one.manifest_sha256, one.spec_sha256, one.inputs_sha256, one.code_version)
    return (Cell(str(one.number)), Cell(one.what), *(Cell(each[:SHORT] or "–") for each in digests))
