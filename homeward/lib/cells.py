"""Text in cells of CSV files and workbooks, so that no spreadsheet program takes it for a formula.

A text that begins like a formula gets an apostrophe in front, and so does one that begins with an
apostrophe; taking one leading apostrophe away gives every text back. Numbers are not text and stay numbers.
"""

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'")


def safe_cell(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if text.startswith(BEGINNINGS) else text


def plain_cell(cell: str) -> str:
    """The text that safe_cell was given."""
    return cell[1:] if cell.startswith("'") else cell
