"""Bytes of an uploaded CSV or XLSX come in, plain grids of cells go out; nothing is ever evaluated."""

from homeward.exchange.workbooks.grid import Book, Cell, Grid
from homeward.exchange.workbooks.reading import read_book

__all__ = ["Book", "Cell", "Grid", "read_book"]
