"""XLSX: values from calamine, formulas from the markup, after the archive was unpacked safely."""

import posixpath

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from homeward.exchange.workbooks.archive import repack, unpack
from homeward.exchange.workbooks.grid import Block, Book, Grid
from homeward.exchange.workbooks.markup import Attributes, SheetMarkup, read_elements, read_sheet_markup
from homeward.exchange.workbooks.refusals import TooManyCells, UnreadableWorkbook, UnsupportedWorkbook

MOST_SHEETS = 60
WORKBOOK, WORKBOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def read_xlsx(content: bytes) -> Book:
    """Every worksheet of the file, hidden ones too."""
    parts = unpack(content)
    if WORKBOOK not in parts or WORKBOOK_LINKS not in parts:
        raise UnsupportedWorkbook
    markup = {
        name: read_sheet_markup(parts[path])
        for name, path in _sheet_paths(parts).items()
        if path in parts and "/worksheets/" in path
    }
    if len(markup) > MOST_SHEETS:
        raise TooManyCells
    return Book(_grids(parts, markup))


def _grids(parts: dict[str, bytes], markup: dict[str, SheetMarkup]) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_filelike(repack(parts)) as book:
            return tuple(
                _grid(
                    book.get_sheet_by_name(about.name),
                    markup[about.name],
                    hidden=_is_hidden(about.visible),
                )
                for about in book.sheets_metadata
                if about.name in markup
            )
    except (CalamineError, ValueError, OSError) as broken:
        raise UnreadableWorkbook from broken
    except BaseException as broken:
        # A panic inside calamine is no Exception, yet means only that the file is broken.
        if type(broken).__name__ != "PanicException":
            raise
        raise UnreadableWorkbook from broken


def _is_hidden(visible: SheetVisibleEnum) -> bool:
    return visible is not SheetVisibleEnum.Visible


def _grid(sheet: CalamineSheet, markup: SheetMarkup, *, hidden: bool) -> Grid:
    merged = tuple(
        Block(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), error in markup.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return Grid(sheet.name, rows, markup.formulas, merged, hidden)


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    links: dict[str, str] = {}
    names: dict[str, str] = {}

    def link(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            links[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            key = next((value for at, value in attributes.items() if at.endswith(":id")), "")
            names[attributes.get("name", "")] = key

    read_elements(parts[WORKBOOK_LINKS], link)
    read_elements(parts[WORKBOOK], sheet)
    return {name: links[key] for name, key in names.items() if key in links}
